import type { Commit } from '../commits/commit.ts'
import type { Model } from '../flux/model.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Config } from '../tree/config.ts'
import type { Tree } from '../tree/tree.ts'
import type { Past } from './past.ts'

/** What the shells hand to the gate. */
export interface Request {
  readonly tree: Tree
  readonly base: Tree | undefined
  readonly config: Config
  readonly schemas: Schemas
  /** ISO date. */
  readonly today: string
  readonly commits: readonly Commit[]
  /** The paths that each commit touches, by its id, where known. */
  readonly touched?: ReadonlyMap<string, readonly string[]>
  /** Looks for leaks in the files of the tree, where somebody does so already; default: here and now. */
  readonly leaks?: (() => readonly Finding[]) | undefined
  /** The commits whose blobs are looked through for leaks. */
  readonly past?: Past | undefined
  /** What they gave away. */
  readonly elsewhere?: readonly Finding[]
  /** Makes Flux's model of a tree. */
  readonly model: (tree: Tree) => Model
}
