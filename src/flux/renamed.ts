import { formatId } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { scalarAt } from './fields.ts'
import { namespaceName } from './kinds.ts'
import type { FluxKustomization } from './model.ts'

/** Namespaces that `targetNamespace` gives another name: the one that is written is never created. */
export function* checkRenamed(all: readonly FluxKustomization[]): Iterable<Finding> {
  for (const one of all) {
    const target = scalarAt(one.spec, 'targetNamespace')
    if (target === undefined) continue
    for (const { id, root } of one.objects) {
      if (id.group !== '' || id.kind !== 'Namespace') continue
      const name = scalarAt(root, 'metadata', 'name')
      const from = name?.made?.from
      if (name === undefined || from === undefined || name.source !== target.source) continue
      const was = from.source.text.slice(from.start, from.end).replaceAll(/^["']|["']$/g, '')
      // `_` and the like say that the name does not matter.
      if (was === name.text || !/^[a-z0-9][a-z0-9-]*$/.test(was) || was === 'not-used') continue
      yield {
        code: 'renamed-namespace',
        message: `targetNamespace of Kustomization ${namespaceName(one.object.id)} makes ${name.text} of this Namespace: ${was} is not created`,
        at: from,
        object: formatId(id),
        field: 'metadata.name',
        related: [{ span: target, text: 'the name comes from here' }],
      }
    }
  }
}
