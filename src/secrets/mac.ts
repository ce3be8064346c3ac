import { createHash } from 'node:crypto'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import type { MapNode, Scalar } from '../yaml/node.ts'
import { typeOf, valueOf } from '../yaml/value.ts'
import { looksEncrypted } from './cipher.ts'
import { type DataKeys, dataKeyOf } from './datakeys.ts'
import { decryptText, decryptValue } from './decrypt.ts'
import { type RawDocument, readDocuments } from './documents.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { isSettings } from './kind.ts'
import { leavesOf } from './leaves.ts'
import { isMetadata, textOf } from './metadata.ts'
import { readSettings } from './settings.ts'

/** Larger files are none that Flux decrypts. */
const MAX_BYTES = 5 * 2 ** 20

/** What SOPS puts in front where its MAC covers the encrypted values only. */
const ENCRYPTED_ONLY = createHash('sha256').update('sops').digest()

/** Decrypts every file of a tree whose data key is known, and checks its MAC, as `sops decrypt` does. */
export function* judgeMacs(tree: Tree, keys: DataKeys): Iterable<Finding> {
  for (const { path, kind, size } of tree.entries()) {
    if (kind !== 'file' || size > MAX_BYTES) continue
    const bytes = Buffer.from(tree.read(path))
    if (!bytes.includes('ENC[AES256_GCM') || !bytes.includes('AGE ENCRYPTED FILE')) continue
    const text = decode(bytes)
    if (typeof text === 'string') yield* judgeMac(new Source(path, text), keys)
  }
}

/** The same of one file: all its documents are one message to SOPS. */
export function* judgeMac(source: Source, keys: DataKeys): Iterable<Finding> {
  const documents = documentsOf(source)
  const [first] = documents
  const sops = first?.root.kind === 'map' ? first.root.get('sops') : undefined
  if (!isMetadata(sops)) return
  const key = dataKeyOf(sops, keys)
  if (key === undefined) return
  const onlyEncrypted = textOf(sops.get('mac_only_encrypted')) === 'true'
  const hash = createHash('sha512')
  if (onlyEncrypted) hash.update(ENCRYPTED_ONLY)
  let closed = false
  for (const { root } of documents)
    for (const { node, path, field } of leavesOf(
      root,
      root.kind === 'map' ? root.get('sops') : undefined,
    )) {
      if (!looksEncrypted(node.text)) {
        if (!onlyEncrypted) hash.update(bytesOf(node))
        continue
      }
      const plain = decryptValue(node.text, path, key)
      if (plain === undefined) {
        closed = true
        yield closedValue(node, field)
      } else if (!node.text.endsWith(',type:comment]')) hash.update(plain)
    }
  const mac = decryptText(textOf(sops.get('mac')), stampOf(sops), key)?.toString('latin1')
  if (!closed && mac !== hash.digest('hex').toUpperCase()) yield wrongMac(sops)
}

function documentsOf(source: Source): readonly RawDocument[] {
  if (/\.(?:env|ini)$/.test(source.path) || isSettings(source.path, source.text))
    return [readSettings(source, source.path.endsWith('.ini'))]
  return readDocuments(source).documents
}

/** `lastmodified` as Go prints it: seconds, no fraction. */
function stampOf(sops: MapNode): string {
  return textOf(sops.get('lastmodified')).replace(/\.\d+(?=Z|[+-])/, '')
}

/** What SOPS hashes of a plain value: null and comments nothing, bools in Python's words, numbers plain. */
function bytesOf(node: Scalar): string {
  const type = typeOf(node)
  if (type === 'null') return ''
  const value = valueOf(node)
  if (type === 'timestamp' && /^\d{4}-\d\d-\d\d$/.test(node.text)) return `${node.text}T00:00:00Z`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : node.text
}

function closedValue(at: Scalar, field: string): Finding {
  return {
    code: 'malformed-ciphertext',
    message: `${field}: cannot be decrypted: it was changed, or comes from another place or file`,
    at,
    field,
    fingerprint: fingerprintOfPlace(at.source.path, 'closed', field),
  }
}

function wrongMac(sops: MapNode): Finding {
  return {
    code: 'sops-metadata',
    message:
      'SOPS metadata: mac does not fit the values: the file was edited or merged without sops, which refuses it',
    at: sops.get('mac') ?? sops,
    fingerprint: fingerprintOfPlace(sops.source.path, 'mac', ''),
    help: 'compare it with the last version that sops decrypts, then edit it with sops',
  }
}
