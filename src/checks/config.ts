import type { Level } from '../text/diagnostic.ts'

/** `.github/fluxgate.yaml`, schema `schemas/config.schema.json`. Every key is optional there; defaults are filled in here. */
export interface Config {
  /** Folders or files where Flux starts; empty = found by themselves. */
  readonly entryPoints: readonly string[]
  /** Level of a check, or `off`; by code. */
  readonly checks: Readonly<Record<string, Level | 'off'>>
  readonly kubernetes: { readonly version: string }
  readonly flux: { readonly version: string }
}

export const defaultConfig: Config = {
  entryPoints: [],
  checks: {},
  kubernetes: { version: '1.36' },
  flux: { version: '2.9' },
}
