import type { KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Tree } from '../tree/tree.ts'
import type { MapNode } from '../yaml/node.ts'

export interface BuildOptions {
  /** kustomize's `--load-restrictor`; Flux uses `LoadRestrictionsNone` inside the artifact. */
  readonly loadRestrictor: 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone'
  /** `legacy`, `none` (= order of reading, what Flux does), or undefined = the command's default. */
  readonly reorder: 'legacy' | 'none' | undefined
}

/** How Flux changes one build: its own root file and a lax reading of it. */
export interface RootOverride {
  /** Stands in for the kustomization file of the directory (present or not). */
  readonly file: MapNode
  /** Flux decodes the root file without refusing unknown fields. */
  readonly lax: boolean
}

/** What a directory renders to. `error` is kustomize's own sentence where it refuses to build. */
export interface Build {
  readonly directory: string
  readonly objects: readonly KubeObject[]
  readonly error: string | undefined
  /** Why it refuses, and what it passes over in silence, each on the line that causes it. */
  readonly findings: readonly Finding[]
  /** Every file that was read, by path in the tree. */
  readonly files: ReadonlySet<string>
}

/** Builds directories of one tree; files and bases are read once for all builds. */
export interface Builder {
  build(directory: string, override?: RootOverride): Build
}

export type CreateBuilder = (tree: Tree, options: BuildOptions) => Builder
