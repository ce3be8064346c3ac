import type { Finding } from '../text/diagnostic.ts'
import { type Owner, Source, type Span } from '../text/source.ts'
import { decode } from '../yaml/decode.ts'
import { type RawDocument, readDocuments } from './documents.ts'
import { CHANGE_VALUE } from './envelope.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import type { Role } from './generator.ts'
import { leavesOf } from './leaves.ts'
import { judgeDocument } from './manifest.ts'
import { isMetadata } from './metadata.ts'
import { hasHint } from './needle.ts'
import { hasShortName, isExample, isSettings } from './kind.ts'
import { judgeLines, judgeTable } from './lines.ts'
import { isLogin, judgeLogins } from './login.ts'
import { isPlain } from './places.ts'
import { judgeQuoted } from './quoted.ts'
import { readSettings } from './settings.ts'
import { judgeTail } from './tail.ts'
import { fillTemplate, hidesText, judgeTemplate, withSource } from './template.ts'

/** Files of prose and programs: what looks like a document in them is an example or a string. */
const PROSE =
  /\.(?:md|mdx|markdown|rst|adoc|html?|css|scss|[mc]?[jt]sx?|go|py|rb|java|kt|rs|c|h|cc|cpp|hpp|cs|php|pl|lua|swift|scala|sql|svg|xml|lock|sum|map|snap)$|(?:^|\/)(?:package-lock\.json|LICENSE)$/i
const DOCUMENTS = /\.(?:ya?ml|json|jsonc|json5|dockercfg)$/i
const STARTS =
  /^["']?(?:apiVersion|kind|stringData|sops|data|items|secretGenerator)["']?\s*:|^[{[]|^\?\s*["']?kind/m

/** A key without which no document of prose is looked at. */
const OBJECT = /(?:apiVersion|kind|stringData|sops)["']?\s*:|\\[ux]00/

/** What the documents of one file give away. `role`: what a kustomization makes of it. */
export function* judgeFile(
  path: string,
  bytes: Uint8Array,
  role?: Role,
  owner: Owner = {},
): Iterable<Finding> {
  const isLogins = role === undefined && isLogin(path)
  if (role === undefined && !isLogins && !hasHint(bytes) && !hasShortName(path, bytes)) return
  const decoded = decode(bytes)
  const text = typeof decoded === 'string' ? decoded : decoded.text
  if (text.includes('\0')) return
  const source = new Source(path, text, owner)
  if (isLogins) yield* judgeLogins(source)
  else if (isExample(path)) yield* withoutExamples(judgeText(source, role), source)
  else yield* judgeText(source, role)
}

/** What stands where a value belongs in a file that shows how another one looks. */
const EXAMPLE_VALUE =
  /^["']?(?:\S*(?:x{5}|example|0{6})\S*|change[-_ ]?(?:me|this|it)?|replace[-_ ]?(?:me|this|with)?|your?[-_ ].*|my[-_ ].*|x{2,}.*|todo|tbd|fixme|dummy|example|sample|placeholder|fake|insert[-_ ].*|secret|password|token|test|redacted|none|\.{3})[\w!-]*["']?$/i

function* withoutExamples(findings: Iterable<Finding>, { text }: Source): Iterable<Finding> {
  for (const one of findings) {
    const value = text.slice(one.at.start, one.at.end).trim()
    if (one.code !== 'plaintext-credential' || !EXAMPLE_VALUE.test(value)) yield one
  }
}

function* judgeText(source: Source, role: Role | undefined): Iterable<Finding> {
  const { path, text } = source
  if (role === 'secret env' || (role !== 'secret patch' && isSettings(path, text))) {
    const before = role === 'secret file' ? [...judgeMaterial(source, role, false)] : []
    yield* before
    if (before.length === 0) yield* judgeSettings(source, role)
    return
  }
  if (role === undefined) {
    yield* /\.[ct]sv$/i.test(path) ? judgeTable(source) : judgeLines(source)
    yield* judgeQuoted(source)
  }
  const isKnown = DOCUMENTS.test(path) || role === 'secret patch'
  if (role !== undefined && role !== 'secret patch') yield* judgeMaterial(source, role, isKnown)
  if (!isKnown && !STARTS.test(text)) return
  const isProse = PROSE.test(path)
  if (isProse && !OBJECT.test(text)) return
  const read = readDocuments(/\.json[c5]?$/i.test(path) ? withoutComments(source) : source)
  if (isProse && (read.unreadable.length > 0 || !read.documents.every(isObject))) return
  for (const document of read.documents)
    yield* judgeDocument(document, 0, role === 'secret patch' ? 'patch of a Secret' : '')
  const whole = source.span(0, text.length)
  const hiding = read.unreadable.length === 0 && hidesText(text) ? fillTemplate(whole) : undefined
  for (const document of hiding ?? []) yield* withSource(judgeDocument(document), source)
  for (const span of read.unreadable) {
    const filled = fillTemplate(span)
    if (filled !== undefined) {
      for (const document of filled) yield* withSource(judgeDocument(document), source)
      continue
    }
    yield* judgeTemplate(span)
    if (DOCUMENTS.test(path) && /secret|sops|ENC\[/i.test(text)) yield unreadable(span)
  }
  yield* judgeTail(source, read)
}

/** JSON with comments, which configuration of programs has: blanks in their place. */
function withoutComments(source: Source): Source {
  if (!/\/[/*]/.test(source.text)) return source
  const text = source.text.replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[^]*?\*\//g,
    found => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found),
  )
  return new Source(source.path, text, source.owner)
}

function unreadable(span: Span): Finding {
  const { source, start } = span
  return {
    code: 'opaque-content',
    level: 'warning',
    message: 'could not be looked into: it speaks of secrets, and no reader of YAML accepts it',
    at: source.span(start),
    fingerprint: fingerprintOfPlace(source.path, 'unreadable', ''),
  }
}

function isObject({ root }: RawDocument): boolean {
  return (
    root.kind === 'map' && ['apiVersion', 'kind', 'stringData', 'sops'].some(key => root.has(key))
  )
}

/** dotenv and INI: with SOPS metadata by its rules, otherwise by the names of the settings. */
function* judgeSettings(source: Source, role: Role | undefined): Iterable<Finding> {
  const document = readSettings(source, /\.(?:ini|cfg|conf|toml)$|\.gitmodules$/.test(source.path))
  const isEnveloped = document.root.kind === 'map' && isMetadata(document.root.get('sops'))
  yield* judgeDocument(document)
  if (role !== 'secret env' || isEnveloped) return
  for (const { node, field } of leavesOf(document.root))
    if (isPlain(node)) yield plainSecret(source, node.start, node.end, field)
}

/** A file that becomes a value of a Secret: it must be an envelope of SOPS. */
function* judgeMaterial(source: Source, role: Role, isKnown: boolean): Iterable<Finding> {
  const isEnvelope = /ENC\[AES256_GCM,/.test(source.text) && /sops/.test(source.text)
  if (role === 'config file') {
    if (isEnvelope && isKnown)
      yield {
        code: 'stray-ciphertext',
        message:
          'an encrypted file becomes a ConfigMap: Flux does not decrypt it and deploys ciphertext',
        at: source.span(0),
      }
    return
  }
  if (isEnvelope || source.text.trim() === '') return
  if (
    /^-----BEGIN (?:CERTIFICATE|PUBLIC KEY|PGP MESSAGE|AGE ENCRYPTED FILE)-----/.test(
      source.text.trim(),
    )
  )
    return
  yield plainSecret(source, 0, source.text.length, 'the file')
}

function plainSecret(source: Source, start: number, end: number, name: string): Finding {
  return {
    code: 'plaintext-secret',
    message: `${name}: a secretGenerator makes a Secret of it, and it is in plain text`,
    at: source.span(start, end),
    fingerprint: fingerprintOfPlace(source.path, 'generator', name),
    help: CHANGE_VALUE,
  }
}
