import { Source } from '../text/source.ts'
import { readDocuments } from './documents.ts'
import type { Leak } from './leak.ts'
import { judgeDocument } from './manifest.ts'
import { placeOf, type View } from './view.ts'

const MAX_MANIFEST = 1 << 20
const KIND = /kind["']?\s*:\s*["']?Secret\b/

/** Secrets in plain text in a manifest that a file holds encoded or packed. */
export function packedSecret(view: View, name: string): Leak | undefined {
  const { bytes, covers, hidden } = view
  if (covers === undefined || bytes.length > MAX_MANIFEST || !bytes.includes('Secret'))
    return undefined
  const text = bytes.toString('utf8')
  if (!KIND.test(text) || text.includes('\0')) return undefined
  const { documents } = readDocuments(new Source(name, text))
  const found = documents
    .flatMap(document => judgeDocument(document))
    .find(one => one.code === 'plaintext-secret' && one.level === undefined)
  if (found === undefined) return undefined
  return {
    code: found.code,
    message: found.message,
    ...placeOf(view, 0, bytes.length),
    hidden,
    fingerprint: found.fingerprint ?? '',
    help: found.help ?? '',
  }
}
