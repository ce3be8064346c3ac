import type { Finding } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import type { Scalar } from '../yaml/node.ts'
import { looksEncrypted } from './cipher.ts'
import type { RawDocument, RawDocuments } from './documents.ts'
import { CHANGE_VALUE } from './envelope.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { leavesOf } from './leaves.ts'
import { isMetadata } from './metadata.ts'

/**
 * What stands beside the documents that SOPS knows: text behind the closing brace of a JSON file, which
 * SOPS ignores, and documents whose metadata is not that of the first.
 */
export function* judgeTail(
  source: Source,
  { documents, unreadable }: RawDocuments,
): Iterable<Finding> {
  if (source.path.endsWith('.json') && /"sops"\s*:/.test(source.text)) yield* judgeJson(source)
  const blocks = documents.map(({ root }) => (root.kind === 'map' ? root.get('sops') : undefined))
  const [first] = blocks
  if (!isMetadata(first) || documents.length < 2 || unreadable.length > 0) return
  const text = source.text.slice(first.start, first.end)
  for (const block of blocks.slice(1))
    if (isMetadata(block) && source.text.slice(block.start, block.end) !== text)
      yield {
        code: 'sops-metadata',
        message:
          'SOPS metadata: not that of the first document: files were joined, and sops decrypts the first only',
        at: block,
      }
  yield* judgeCopies(documents)
}

/** A value with its IV stands in one place; in another document it opens at the same path only. */
function* judgeCopies(documents: readonly RawDocument[]): Iterable<Finding> {
  const seen = new Map<
    string,
    { readonly at: Scalar; readonly document: number; readonly path: string }
  >()
  for (const [document, { root }] of documents.entries()) {
    const sops = root.kind === 'map' ? root.get('sops') : undefined
    for (const { node: at, path: parts, field } of leavesOf(root, sops)) {
      if (!looksEncrypted(at.text)) continue
      const path = parts.join(':')
      const known = seen.get(at.text)
      if (known === undefined) seen.set(at.text, { at, document, path })
      else if (known.document !== document && known.path !== path)
        yield {
          code: 'malformed-ciphertext',
          message: `${field}: the same encrypted value stands at another place, and its path is part of it`,
          at,
          field,
          related: [{ span: known.at, text: 'the same value' }],
        }
    }
  }
}

function* judgeJson(source: Source): Iterable<Finding> {
  const end = endOfValue(source.text)
  if (end === -1 || source.text.slice(end).trim() === '') return
  yield {
    code: 'unencrypted-leaf',
    message: 'text behind the closing brace, which SOPS ignores and everybody can read',
    at: source.span(end, source.text.length),
    fingerprint: fingerprintOfPlace(source.path, '', 'tail'),
    help: CHANGE_VALUE,
  }
}

/** Where the first JSON value of a text ends; -1 where it does not. */
function endOfValue(text: string): number {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1
  }
  return -1
}
