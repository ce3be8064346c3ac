import type { Config } from '../tree/config.ts'
import type { Tree } from '../tree/tree.ts'
import type { Model } from './model.ts'

/** What Flux would make of a tree, from every entry point under `scope` (`''` = all). */
export function buildModel(_tree: Tree, config: Config, _scope: string): Model {
  return {
    entryPoints: config.entryPoints,
    kustomizations: [],
    findings: [],
    skipped: [],
    incomplete: undefined,
  }
}
