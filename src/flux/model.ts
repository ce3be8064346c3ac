import type { Build } from '../kustomize/build.ts'
import type { KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import type { Artifact } from './artifact.ts'
import type { VariableUse, Variables } from './variables.ts'

/** A thing that was not judged, with the reason and what settles it. */
export interface Skipped {
  readonly what: string
  readonly why: string
}

/** What a `sourceRef` leads to. */
export type Origin =
  /** A folder of this repository, `''` = all of it; `moved` is where it stands in the artifact, if not at its root. */
  | {
      readonly kind: 'here'
      readonly root: string
      readonly artifact: Artifact
      readonly moved?: string
    }
  /** It exists, or may exist, and what it holds cannot be known from here. */
  | { readonly kind: 'external'; readonly why: string }
  /** No such object anywhere. */
  | { readonly kind: 'missing' }

/** One Flux Kustomization and what it would apply, after substitution. */
export interface FluxKustomization {
  /** As its parent renders it: patched and substituted. */
  readonly object: KubeObject
  readonly spec: MapNode | undefined
  /** Name of the cluster: the entry point that leads here. */
  readonly cluster: string
  /** What applies this one; undefined for what Flux starts with. */
  readonly parent: FluxKustomization | undefined
  readonly origin: Origin
  /** `spec.path` in the tree, undefined where the source is not this repository or has no such folder. */
  readonly directory: string | undefined
  readonly build: Build | undefined
  readonly objects: readonly KubeObject[]
  /** Those that are encrypted, as the build gives them; in `objects` their metadata is gone and their values are made up. */
  readonly encrypted: readonly KubeObject[]
  /** Why Flux applies nothing of it, besides what the build says; the first of them is Flux's. */
  readonly refusals: readonly Finding[]
  /** What Flux leaves aside without a word. */
  readonly dropped: readonly KubeObject[]
  readonly variables: Variables
  /** Every `${…}` that was replaced in its objects. */
  readonly uses: readonly VariableUse[]
  /** Encrypted environment files whose values are made up here, because Flux decrypts them before it builds. */
  readonly locked?: ReadonlySet<string>
}

/** One cluster of the repository: what one entry point leads to. */
export interface Cluster {
  readonly name: string
  /** Whether the entry is not in the repository: sources and parents may live outside. */
  readonly open: boolean
  /** The Flux that it runs: as configured, else as its own manifests say. */
  readonly flux: string
  /** Parents before children. */
  readonly kustomizations: readonly FluxKustomization[]
  /** Objects that no Kustomization of the repository applies: what somebody or something outside does. */
  readonly loose: readonly KubeObject[]
}

/** What Flux would make of a tree. */
export interface Model {
  /** What decrypts, where somebody gave an identity. */
  readonly keys?: DataKeys | undefined
  readonly entryPoints: readonly string[]
  readonly clusters: readonly Cluster[]
  /** Those of all clusters. */
  readonly kustomizations: readonly FluxKustomization[]
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skipped[]
  /** Why the tree could not be judged at all (exit 2): no entry point, over budget. */
  readonly incomplete: string | undefined
}

/** An object and the node that names what it is about. */
export interface Reference {
  readonly at: Node
  readonly kind: string
  readonly namespace: string
  readonly name: string
}
