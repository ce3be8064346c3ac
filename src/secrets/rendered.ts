import type { Finding } from '../text/diagnostic.ts'
import { formatId, type KubeObject } from '../kube/object.ts'
import { isMetadata } from './metadata.ts'
import { isSecret, judgeSecret } from './object.ts'

/** Secrets as a build renders them, before Flux decrypts: what only a patch or a generator puts in. */
export function* judgeRendered(objects: readonly KubeObject[]): Iterable<Finding> {
  for (const { id, root } of objects) {
    if (id.kind !== 'Secret' || !isSecret(root)) continue
    const isEnveloped = isMetadata(root.get('sops'))
    yield* judgeSecret({ map: root, field: '', isEnveloped, object: formatId(id) })
  }
}
