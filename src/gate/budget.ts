import type { Model } from '../flux/model.ts'
import type { Tree } from '../tree/tree.ts'

/** The API server takes requests of 3 MiB at most: no file of manifests that Flux applies comes near. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024

const MANIFEST_NAME = /\.(ya?ml|json)$/i

/** Renders a tree whose oversized manifests read as empty; that one was reached makes the verdict incomplete. */
export function renderWithinBudget(tree: Tree, render: (tree: Tree) => Model): Model {
  let over: string | undefined
  const read = (path: string): Uint8Array => {
    const size = tree.entry(path)?.size ?? 0
    if (size <= MAX_MANIFEST_BYTES || !MANIFEST_NAME.test(path)) return tree.read(path)
    over ??= `${path} has ${Math.round(size / 1024 / 1024)} MiB: over the budget of 16 MiB for a file of manifests`
    return new Uint8Array()
  }
  const model = render({ ...tree, read })
  return over === undefined ? model : { ...model, incomplete: model.incomplete ?? over }
}
