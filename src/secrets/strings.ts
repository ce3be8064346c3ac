import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { type Scalar, stringNode } from '../yaml/node.ts'
import { isLiteralCredential, urlCredential } from './credential.ts'
import { type RawDocument, readDocuments } from './documents.ts'
import { CHANGE_VALUE } from './envelope.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { embeddedCredential } from './lines.ts'
import { namesCredential } from './name.ts'
import { decodeData } from './value.ts'
import { MIN_TOKEN, tokenKind } from './provider.ts'

/** A finding about a value that can be guessed: its fingerprint names the place only. */
export function found(code: string, message: string, at: Scalar, field: string): Finding {
  const fingerprint = fingerprintOfPlace(at.source.path, code, field)
  return { code, message, at, field, fingerprint, help: CHANGE_VALUE }
}

const MAX_NESTING = 4

/** What any string of any document may give away by itself: URLs, tokens, defaults, settings, documents. */
export function* judgeString(
  node: Scalar,
  field: string,
  depth: number,
  judge: (document: RawDocument, depth: number) => Iterable<Finding>,
): Iterable<Finding> {
  const { text } = node
  if (text.length < 6) return
  const url = text.includes('://') ? urlCredential(text) : undefined
  if (url !== undefined)
    yield found('credential-in-url', `${last(field)}: ${url} in a URL`, node, field)
  const token = tokenKind(text)
  if (token !== undefined)
    yield found('plaintext-credential', `${last(field)}: ${token} in plain text`, node, field)
  if (text.includes('${')) yield* judgeDefaults(node, field)
  if (depth >= MAX_NESTING) return
  const decoded = textInBase64(text)
  if (decoded !== undefined) {
    yield* judgeString(stringNode(decoded, node), field, depth + 1, judge)
    return
  }
  const inner = isDocument(text) ? [...judgeInside(node, field, depth, judge)] : undefined
  if (inner !== undefined) yield* inner
  if (inner !== undefined && inner.length > 0) return
  const settings = [...judgeSettings(node, field)]
  yield* settings
  const argument = settings.length > 0 ? undefined : embeddedCredential(text, last(field))
  if (argument !== undefined)
    yield found(
      'plaintext-credential',
      `${last(field)}: a text with a credential in plain text (${argument})`,
      node,
      field,
    )
}

/** What a string of base64 holds, where that is a text that speaks of secrets. */
function textInBase64(text: string): string | undefined {
  if (!beginsAsText(text)) return undefined
  const inner = decodeData(text)
  if (inner === undefined || NO_TEXT.test(inner)) return undefined
  return /kind|secret|passw|token|auth|:\/\//i.test(inner) ? inner : undefined
}

const NO_TEXT = /[\0-\x08\uFFFD]/

/** As much of a string as tells whether it is base64 of a text. */
const HEAD = 4096

/** Whether a string is base64 of a text as far as its head: long strings are as a rule no text at all. */
function beginsAsText(text: string): boolean {
  if (text.length < 32) return false
  const isWhole = text.length <= HEAD
  const head = text.slice(0, HEAD).replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(head)) return false
  const decoded = Buffer.from(head, 'base64').toString('utf8')
  return !NO_TEXT.test(isWhole ? decoded : decoded.slice(0, -4))
}

/** Defaults of variables that Flux substitutes. */
function* judgeDefaults(node: Scalar, field: string): Iterable<Finding> {
  for (const match of node.text.matchAll(/\$\{(\w{1,100}):?[=-]([^{}]{1,1000})\}/g))
    if (namesCredential(match[1] ?? '') && isLiteralCredential(match[1] ?? '', match[2] ?? ''))
      yield found(
        'plaintext-credential',
        `${last(field)}: the default of a variable is a credential in plain text`,
        node,
        field,
      )
}

/** Whether a string has nothing that `judgeString` looks for, as most have. */
export function isMute(text: string): boolean {
  const { length } = text
  if (length < 6) return true
  let before = 0
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    // `:`, `=`, `[` and `{`: no URL, setting, variable or document is without one.
    if (code === 0x3a || code === 0x3d || code === 0x5b || code === 0x7b) return false
    // `--name`, ` -p`, ` -u` and `Authorization`: no command is without one.
    if (length >= MIN_TOKEN) {
      if (code === 0x7a || code === 0x5a) return false
      // Elements of XML, texts of SQL.
      if (code === 0x3c || code === 0x27) return false
      if (before === 0x2d && (code === 0x2d || code === 0x70 || code === 0x75)) return false
    }
    before = code
  }
  return (
    length < MIN_TOKEN ||
    (!/passw/i.test(text) && !beginsAsText(text) && tokenKind(text) === undefined)
  )
}

function isDocument(text: string): boolean {
  if (!/[:[{]/.test(text)) return false
  return /^\s*(?:- )?[[{]/.test(text) || /^\s*(?:- )?[\w"'.-]+\s*:(?:\s|$)/m.test(text)
}

/** Documents inside a string: what they say is said of the string. */
function* judgeInside(
  node: Scalar,
  field: string,
  depth: number,
  judge: (document: RawDocument, depth: number) => Iterable<Finding>,
): Iterable<Finding> {
  const { documents } = readDocuments(new Source(node.source.path, node.text))
  // `password: rotate it` is a sentence.
  const isLine = /^[^\n{[]+\n?$/.test(node.text)
  for (const document of documents) {
    if (document.root.kind === 'scalar') continue
    for (const one of judge(document, depth + 1)) {
      if (isLine && /\s\S+\s/.test(one.at.source.text.slice(one.at.start, one.at.end))) continue
      const within = one.field === undefined ? field : `${field}: ${one.field}`
      const { related: _, ...rest } = one
      const fingerprint = fingerprintOfPlace(node.source.path, one.code, within)
      yield {
        ...rest,
        at: node,
        field,
        fingerprint: one.fingerprint === undefined ? fingerprint : fingerprint,
      }
    }
  }
}

/** Lines of `NAME=value`, as in a file of settings. */
function* judgeSettings(node: Scalar, field: string): Iterable<Finding> {
  if (!node.text.includes('=')) return
  const settings = [...settingsOf(node.text)]
  const bad = settings.find(
    ({ name, value }) => namesCredential(name) && isLiteralCredential(name, value),
  )
  if (bad !== undefined)
    yield found(
      'plaintext-credential',
      `${last(field)}: a setting that names a credential, in plain text`,
      node,
      field,
    )
}

interface Setting {
  readonly name: string
  readonly value: string
  readonly start: number
  readonly end: number
}

const SETTING =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]{0,100})[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n#]*))/gm

/** The settings of a text in dotenv or INI form, with the place of each value. */
export function* settingsOf(text: string): Iterable<Setting> {
  for (const match of text.matchAll(SETTING)) {
    const value = (match[2] ?? match[3] ?? match[4] ?? '').trim()
    const start = match.index + match[0].indexOf('=') + 1
    yield { name: match[1] ?? '', value, start, end: match.index + match[0].trimEnd().length }
  }
}

export function last(field: string): string {
  return field.split('.').at(-1) ?? field
}
