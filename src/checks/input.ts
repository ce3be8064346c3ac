import type { Commit } from '../commits/commit.ts'
import type { Model } from '../flux/model.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Tree } from '../tree/tree.ts'
import type { Parsed } from '../yaml/node.ts'
import type { Config } from '../tree/config.ts'

/** A YAML file of the tree, parsed as kustomize parses resources. */
export interface YamlFile {
  readonly path: string
  readonly parsed: Parsed
}

/** All that checks see. Stages are made on first use and once. */
export interface Input {
  readonly tree: Tree
  /** The tree compared with (`--base`), at the merge base. */
  readonly base: Tree | undefined
  readonly config: Config
  readonly schemas: Schemas
  /** ISO date, for expiries. */
  readonly today: string
  /** The YAML and JSON files of the tree. */
  readonly yamlFiles: readonly YamlFile[]
  /** What Flux would make of the tree. */
  readonly model: Model
  readonly baseModel: Model | undefined
  /** The commits that head adds, oldest first; empty without `--base`. */
  readonly commits: readonly Commit[]
  /** What the stages found under a code: reading, building, schemas, API-server rules, Flux's model. */
  found(code: string): readonly Finding[]
  /** The codes under which the stages found something: each must have its check. */
  codes(): readonly string[]
}
