import { formatId, idOf } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import type { MapNode, Node, Scalar } from '../yaml/node.ts'
import { looksEncrypted } from './cipher.ts'
import { readDocuments } from './documents.ts'
import { CHANGE_VALUE, isEmpty, judgeEnvelope } from './envelope.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { fieldOf, leavesOf } from './leaves.ts'
import { isMetadata } from './metadata.ts'
import { decodeData, harmless } from './value.ts'

/** Where a Secret stands and what is known of it. */
export interface SecretPlace {
  readonly map: MapNode
  /** The field of the map in its document, empty at the root. */
  readonly field: string
  /** Whether a `sops` block answers for it. */
  readonly isEnveloped: boolean
  /** What renders or holds it, where that is not the document itself. */
  readonly object?: string
}

const ENCRYPT = `${CHANGE_VALUE}; or move it to a file that .sops.yaml covers`

/** Judges `data` and `stringData` of one Secret: every value must be encrypted, whatever its metadata says. */
export function* judgeSecret(place: SecretPlace): Iterable<Finding> {
  const { map } = place
  const object = place.object ?? (map.has('kind') ? formatId(idOf(map)) : undefined)
  for (let i = 0; i < map.keys.length; i++) {
    const name = map.keys[i]?.text ?? ''
    const value = map.values[i]
    if ((name !== 'data' && name !== 'stringData') || value === undefined) continue
    if (value.kind === 'map') yield* judgeKeys(value)
    for (const leaf of leavesOf(value)) {
      const field = fieldOf(fieldOf(place.field, name), leaf.field)
      for (const finding of judgeValue(leaf.node, field, name === 'data', place))
        yield object === undefined ? finding : { ...finding, object }
    }
  }
}

/** A name may be a secret as well; the API server takes none that holds other characters. */
function* judgeKeys(map: MapNode): Iterable<Finding> {
  for (const key of map.keys) {
    if (/^[-._a-zA-Z0-9]*$/.test(key.text) || key.text === '<<' || harmless(key.text)) continue
    const message =
      'a key that no Secret may have: names are not encrypted, and this one looks like a value'
    const fingerprint = fingerprintOfPlace(key.source.path, 'key', String(map.indexOf(key.text)))
    yield { code: 'plaintext-secret', message, at: key, fingerprint, help: CHANGE_VALUE }
  }
}

function* judgeValue(
  node: Scalar,
  field: string,
  isData: boolean,
  place: SecretPlace,
): Iterable<Finding> {
  if (isEmpty(node)) return
  const id = place.map.has('kind') ? formatId(idOf(place.map)) : ''
  const fingerprint = fingerprintOfPlace(node.source.path, id, field)
  const found = { at: node, field, fingerprint }
  if (looksEncrypted(node.text)) {
    if (!place.isEnveloped)
      yield {
        ...found,
        code: 'missing-metadata',
        message: `${lastOf(field)}: encrypted, but its document has no SOPS metadata, so Flux applies the ciphertext`,
      }
    return
  }
  const text = isData ? decodeData(node.text) : node.text
  const kind = harmless(node.text) ?? (text === undefined ? undefined : harmless(text))
  if (kind === 'masked')
    yield {
      ...found,
      code: 'plaintext-secret',
      level: 'warning',
      message: `${lastOf(field)}: the mask that flux prints in place of a secret`,
    }
  if (kind !== undefined) return
  const inner = isData && text !== undefined ? judgeInner(node, text) : undefined
  if (inner !== undefined) {
    for (const one of inner) yield { ...one, ...found }
    return
  }
  yield {
    ...found,
    code: place.isEnveloped ? 'unencrypted-leaf' : 'plaintext-secret',
    message: place.isEnveloped
      ? `${lastOf(field)}: plain text in an otherwise encrypted Secret`
      : `${lastOf(field)}: a Secret in plain text`,
    help: ENCRYPT,
  }
}

/** Flux decrypts a value of `data` that is itself a file of SOPS: it must pass as such. */
function judgeInner(at: Scalar, text: string): Finding[] | undefined {
  if (!text.includes('sops') || !text.includes('ENC[')) return undefined
  const { documents } = readDocuments(new Source(at.source.path, text))
  const envelopes = documents.flatMap(document => {
    const sops = document.root.kind === 'map' ? document.root.get('sops') : undefined
    return isMetadata(sops) ? [[...judgeEnvelope(document, sops)]] : []
  })
  return envelopes.length > 0 && envelopes.length === documents.length
    ? envelopes.flat()
    : undefined
}

function lastOf(field: string): string {
  return field.split('.').at(-1) ?? field
}

/** Whether a map is a Secret, or says that it is one: by its kind, or by `stringData`. */
export function isSecret(map: MapNode): boolean {
  const kind: Node | undefined = map.get('kind')
  if (kind?.kind === 'scalar' && kind.text.trim() === 'Secret')
    return map.has('data') || map.has('stringData')
  return map.get('stringData')?.kind === 'map'
}
