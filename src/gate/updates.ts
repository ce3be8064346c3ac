import { pairsOf } from '../flux/changes.ts'
import { isGuessed } from '../flux/decrypt.ts'
import { isTrue, nodeAt, textAt } from '../flux/fields.ts'
import { KUSTOMIZE } from '../flux/kinds.ts'
import type { Model } from '../flux/model.ts'
import { formatId, type KubeObject } from '../kube/object.ts'
import { judgeChange } from '../kube/verdict.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'

/** What the API server refuses to change in objects that are applied already; Flux makes some of them anew. */
export function* judgeChanges(base: Model, head: Model, schemas: Schemas): Iterable<Finding> {
  for (const { before, after, owner } of pairsOf(base, head)) {
    const isForced = isTrue(nodeAt(owner.spec, 'force')) || asksForForce(after)
    for (const { help: _, ...found } of judgeChange(before, after, schemas))
      if (!isGuessed(found.at))
        yield {
          ...found,
          ...(isForced ? FORCED : REFUSED),
          code: 'immutable-field',
          message: isForced
            ? `${found.message}; force is set, so Flux deletes the object and makes it anew`
            : found.message,
          object: formatId(after.id),
          ...(owner.directory === undefined ? {} : { seenIn: [owner.directory] }),
        }
  }
}

const FORCED = { level: 'warning' } as const
const REFUSED = {
  help: `leave the field as it is, give the object another name, or annotate it with ${KUSTOMIZE}/force: enabled, and Flux deletes it and makes it anew`,
}

function asksForForce({ root }: KubeObject): boolean {
  return ['labels', 'annotations'].some(
    field => textAt(root, 'metadata', field, `${KUSTOMIZE}/force`).toLowerCase() === 'enabled',
  )
}
