import type { Level } from '../text/diagnostic.ts'

/** A source that the manifests name, and what it is. */
export interface SourceConfig {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  /** Folder of this repository that the artifact is made from; `.` is the repository. */
  readonly root?: string
  /** It exists, and what it holds is unknown. */
  readonly external?: boolean
}

/** A ConfigMap or Secret that lives only in the cluster. */
export interface ValuesConfig {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly namespace?: string
  readonly name: string
  readonly data?: Readonly<Record<string, string>>
  readonly opaque?: boolean
}

/** A leak that was looked at and is none. */
export interface Allowance {
  readonly path: string
  readonly fingerprint: string
  readonly reason: string
  /** ISO date, the last day it holds. */
  readonly expires?: string
}

/** Where the configuration of a repository is. */
export const CONFIG_PATH = '.github/fluxgate.yaml'

/** `.github/fluxgate.yaml`, schema `schemas/config.schema.json`. Every key is optional there; defaults are filled in here. */
export interface Config {
  /** Folders or files where Flux starts; empty = found by themselves. */
  readonly entryPoints: readonly string[]
  readonly sources: readonly SourceConfig[]
  readonly values: readonly ValuesConfig[]
  /** `schemas`: further schema bundles, by path. */
  readonly kubernetes: { readonly version: string; readonly schemas: readonly string[] }
  /** `isAssumed`: nobody has said so; what the repository shows of a cluster counts before it. */
  readonly flux: { readonly version: string; readonly isAssumed?: boolean }
  /** Level of a check, or `off`; by code. */
  readonly checks: Readonly<Record<string, Level | 'off'>>
  readonly allow: readonly Allowance[]
  /** Policy of the commit lint, as `commits/` reads it. */
  readonly commits: Readonly<Record<string, unknown>>
}

export const defaultConfig: Config = {
  entryPoints: [],
  sources: [],
  values: [],
  kubernetes: { version: '1.36', schemas: [] },
  flux: { version: '2.9', isAssumed: true },
  checks: {},
  allow: [],
  commits: {},
}
