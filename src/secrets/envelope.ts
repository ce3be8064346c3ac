import type { Finding } from '../text/diagnostic.ts'
import type { MapNode, Scalar } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { type Commented, withComments } from './comments.ts'
import { disguisedText, looksEncrypted, readCipher } from './cipher.ts'
import type { RawDocument } from './documents.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { type Leaf, leavesOf, placeComments } from './leaves.ts'
import { type Metadata, readMetadata } from './metadata.ts'
import { compileRe2 } from './regex.ts'
import { isSelected } from './selector.ts'

export const CHANGE_VALUE =
  'change the value where it is used: this one is known to whoever reads the repository; then sops --encrypt --in-place the file'

/** Judges one document with SOPS metadata: every leaf against its own rule, and the metadata. */
export function* judgeEnvelope(document: RawDocument, sops: MapNode): Iterable<Finding> {
  const metadata = readMetadata(sops)
  for (const { at, message, level } of metadata.flaws)
    yield {
      code: 'sops-metadata',
      message: `SOPS metadata: ${message}`,
      at,
      ...(level ? { level } : {}),
    }
  const isBinary = document.source.path !== '' && isBinaryStore(document)
  const seen = new Map<string, Scalar>()
  let encrypted = 0
  let plain = 0
  const byComment = metadata.selector.name.includes('comment')
  const stacked = byComment ? withComments(document, sops) : undefined
  for (const leaf of stacked?.leaves ?? leavesOf(document.root, sops)) {
    if (looksEncrypted(leaf.node.text)) encrypted++
    else if (!isEmpty(leaf.node)) plain++
    const wanted = isBinary || isSelected(metadata.selector, leaf.path, leaf.comments)
    yield* judgeLeaf(leaf, wanted)
    yield* judgeCopy(leaf, seen)
  }
  if (encrypted === 0 && plain > 0)
    yield {
      code: 'unencrypted-leaf',
      message: 'SOPS metadata, and not one encrypted value: its selector matches nothing here',
      at: document.root.kind === 'map' ? (document.root.key('sops') ?? sops) : sops,
      fingerprint: fingerprintOfPlace(document.source.path, '', 'sops'),
      help: CHANGE_VALUE,
    }
  if (stacked === undefined) yield* judgeComments(document, metadata)
  else yield* judgeStacked(document, metadata, stacked)
}

/** What SOPS makes of a file that is neither YAML, JSON, dotenv nor INI: one key `data`. */
function isBinaryStore({ root, source }: RawDocument): boolean {
  if (/\.(?:ya?ml|json|env|ini)$/.test(source.path) || root.kind !== 'map') return false
  return root.size === 2 && root.has('data') && root.get('data')?.kind === 'scalar'
}

function* judgeLeaf(leaf: Leaf, wanted: boolean): Iterable<Finding> {
  const { node, field, path } = leaf
  const encrypted = looksEncrypted(node.text)
  const place = { at: node, field, fingerprint: fingerprintOfPlace(node.source.path, '', field) }
  if (encrypted) yield* judgeCipher(leaf)
  if (encrypted && !wanted && !isListComment(node))
    yield {
      ...place,
      code: 'stray-ciphertext',
      message: `${field}: encrypted where the selector of this file leaves values alone: it stays ciphertext`,
    }
  if (encrypted || !wanted || isEmpty(node)) return
  yield {
    ...place,
    code: 'unencrypted-leaf',
    message: `${path.at(-1) ?? 'a value'}: plain text where the selector of this file encrypts`,
    help: CHANGE_VALUE,
  }
}

/** SOPS leaves empty strings and null as they are. */
export function isEmpty(node: Scalar): boolean {
  return node.text === '' || typeOf(node) === 'null'
}

/** A comment inside a sequence becomes an element of it. */
function isListComment(node: Scalar): boolean {
  return node.text.endsWith(',type:comment]')
}

function* judgeCipher({ node, field }: Leaf): Iterable<Finding> {
  const fingerprint = fingerprintOfPlace(node.source.path, '', field)
  const cipher = readCipher(node.text)
  const place = { at: node, field, fingerprint, code: 'malformed-ciphertext' }
  if (typeof cipher === 'string') {
    yield { ...place, message: `${field}: the encrypted value ${cipher}`, help: CHANGE_VALUE }
    return
  }
  const level = disguisedText(cipher)
  if (level === undefined) return
  const message = `${field}: the data of the encrypted value is readable text`
  yield { ...place, level, message, help: CHANGE_VALUE }
}

/** The IV is random for each value, so the same ciphertext at two places decrypts at one of them at most. */
function* judgeCopy({ node, field }: Leaf, seen: Map<string, Scalar>): Iterable<Finding> {
  if (!looksEncrypted(node.text)) return
  const known = seen.get(node.text)
  seen.set(node.text, known ?? node)
  if (known === undefined || known === node) return
  yield {
    code: 'malformed-ciphertext',
    message: `${field}: the same encrypted value stands at another place, and its path is part of it`,
    at: node,
    field,
    related: [{ span: known, text: 'the same value' }],
  }
}

const SPEAKS =
  /\b(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_ ]?key|credentials?|private[-_ ]?key)s?\b["']?\s*(?:[:=]|\bis\b)\s*["']?(?!(?:see|from|in|the|a|is|must|will|set|todo|none|empty)\b)[^\s"'<{$]{3,}/i

/** Comments inside an encrypted subtree are encrypted as values are; elsewhere they stay plain. */
function* judgeComments(document: RawDocument, metadata: Metadata): Iterable<Finding> {
  for (const { comment, path } of placeComments(document)) {
    const text = document.source.text.slice(comment.start, comment.end)
    if (comment.start >= metadata.node.start || isSealedComment(text)) continue
    const at = document.source.span(comment.start, comment.end)
    const fingerprint = fingerprintOfPlace(document.source.path, 'comment', path.join('.'))
    const wanted = path.length > 0 && isSelected(metadata.selector, path)
    if (!wanted && !SPEAKS.test(text)) continue
    const message = wanted
      ? 'a comment in plain text among encrypted values'
      : 'a comment that seems to name a secret, in plain text'
    yield { code: 'unencrypted-leaf', message, at, fingerprint, help: CHANGE_VALUE }
  }
}

/** An encrypted comment as SOPS writes it in YAML, dotenv (`#ENC[…]`) and INI (`; ENC[…]`). */
function isSealedComment(text: string): boolean {
  const cipher = readCipher(text.trimEnd().replace(/^(?:#|; )/, ''))
  return typeof cipher !== 'string' && disguisedText(cipher) === undefined
}

/** Comments under a selector by comment, and that Flux, which sees none, cannot follow it. */
function* judgeStacked(
  document: RawDocument,
  { selector, node }: Metadata,
  { comments }: Commented,
): Iterable<Finding> {
  const { root, source } = document
  if (root.kind === 'map' && root.has('apiVersion') && root.has('kind'))
    yield {
      code: 'sops-metadata',
      level: 'warning',
      message: `SOPS metadata: ${selector.name} needs the comments, and they are gone when Flux decrypts an object`,
      at: node.get(selector.name) ?? node,
    }
  for (const { comment, text, path, above } of comments) {
    const own = text.replace(/^#/, '')
    const isSign = compileRe2(selector.value)?.matches(own) === true
    if (isSealedComment(text) || isSign || !isSelected(selector, path, above)) continue
    yield {
      code: 'unencrypted-leaf',
      message: 'a comment in plain text among encrypted values',
      at: source.span(comment.start, comment.end),
      fingerprint: fingerprintOfPlace(source.path, 'comment', path.join('.')),
      help: CHANGE_VALUE,
    }
  }
}
