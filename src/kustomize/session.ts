import { builtinMergeType, type FindMergeType, type MergeType } from '../kube/mergekeys.ts'
import { readOpenApi } from '../kube/openapi.ts'
import { Refusal } from '../kube/refusal.ts'
import type { Finding, Related } from '../text/diagnostic.ts'
import type { Source, Span } from '../text/source.ts'
import type { MapNode, Scalar } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import type { Accumulation } from './accumulation.ts'
import { mapAt, scalarAt } from './file.ts'
import type { BuildMetadata } from './finish.ts'
import { setScopes } from './resid.ts'
import type { Store } from './store.ts'

/** What a base came to, kept for the next build that needs it. */
export interface KnownBase {
  readonly accumulation: Accumulation
  readonly findings: readonly Finding[]
  readonly files: ReadonlySet<string>
  /** Every directory it is made of. */
  readonly roots: ReadonlySet<string>
  readonly hasMerged: boolean
  readonly hasUnknown: boolean
}

/** What outlives a build: the tree's files and the bases that were built. */
export interface Caches {
  readonly store: Store
  readonly bases: Map<string, KnownBase>
}

/** The state of one build that all its directories share. */
export class Session {
  readonly caches: Caches
  findings: Finding[] = []
  files = new Set<string>()
  roots = new Set<string>()
  /** The lines that led to the directory which failed, the innermost first. */
  chain: Related[] = []
  /** What `buildMetadata` of the root asks for; undefined: nothing at all. */
  metadata: BuildMetadata | undefined
  #find: FindMergeType = builtinMergeType
  /** Whether a schema was chosen: the first one counts for the rest of the build. */
  #hasSchema = false
  /** Whether a merge has asked for the builtin schema: then a custom one only adds to it. */
  hasMerged: boolean
  /** Whether a kind was read that kustomize does not know: then the builtin schema comes second. */
  hasUnknown = false

  /** `isLoaded`: the builtin schema is there from the start, as in Flux. */
  constructor(caches: Caches, isLoaded: boolean) {
    this.caches = caches
    this.hasMerged = isLoaded
  }

  /** Bases are only shared between builds where nothing from outside changes what they come to. */
  get sharesBases(): boolean {
    return this.metadata === undefined && !this.#hasSchema
  }

  /** `openapi` of one kustomization file (kyaml openapi.SetSchema). */
  setSchema(root: MapNode, load: (path: Scalar) => Source): void {
    const openapi = mapAt(root, 'openapi')
    const path = scalarAt(openapi, 'path')
    const version = scalarAt(openapi, 'version')
    const source = openapi?.has('path') && path ? load(path) : undefined
    if (this.#hasSchema) return
    if (source && version)
      throw new Refusal('builtin version and custom schema provided, cannot use both', version)
    if (source) this.#setCustom(source, path ?? root)
    if (version === undefined) return
    if (version.text !== 'v1.21.2')
      throw new Refusal('the specified OpenAPI version is not built in', version)
    this.#hasSchema = true
  }

  #setCustom(source: Source, at: Span): void {
    this.#hasSchema = true
    const { documents, problem } = parse(source, 'v2')
    const root = documents[0]?.root
    if (problem || root?.kind !== 'map')
      throw new Refusal(`invalid schema file: ${problem?.message ?? 'no map'}`, problem ?? at)
    const custom = readOpenApi(root)
    const [first, second] = this.hasMerged
      ? [custom.find, builtinMergeType]
      : [this.hasUnknown ? builtinMergeType : custom.find, custom.find]
    this.#find = (apiVersion, kind) => first(apiVersion, kind) ?? second(apiVersion, kind)
    setScopes((apiVersion, kind) => custom.isNamespaced(apiVersion, kind))
  }

  findMergeType(apiVersion: string, kind: string): MergeType | undefined {
    this.hasMerged = true
    return this.#find(apiVersion, kind)
  }
}
