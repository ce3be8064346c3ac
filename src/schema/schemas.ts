import type { Finding } from '../text/diagnostic.ts'
import type { MapNode } from '../yaml/node.ts'

export type Lookup =
  | { readonly ok: true; readonly namespaced: boolean }
  /** `group`: nobody has shown us this group; `version`, `kind`: the known group does not serve it. */
  | {
      readonly ok: false
      readonly missing: 'group' | 'version' | 'kind'
      readonly nearest?: string | undefined
    }

/** The kinds that one cluster version serves, and what their schemas (CEL included) say of an object. */
export interface Schemas {
  readonly kubernetesVersion: string
  lookup(group: string, version: string, kind: string): Lookup
  /** Findings of structure and CEL, in the API server's words; the object's kind must be known. */
  check(root: MapNode, group: string, version: string, kind: string): readonly Finding[]
}
