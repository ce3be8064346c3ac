import type { Finding } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { commandCredential } from './command.ts'
import { connectionPassword, isLiteralCredential, urlCredential } from './credential.ts'
import { CHANGE_VALUE } from './envelope.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { holdsLogin } from './login.ts'
import { namesCredential } from './name.ts'

/** Files that set up machines: what stands beside the name of a credential there is one. */
const SCRIPT =
  /\.(?:sh|bash|zsh|fish|ksh|ps1|psm1|bat|cmd|tf|hcl|tfvars|cue|nix|mk|groovy|gradle|sql|xml|service|vbs|just)$|(?:^|\/)(?:Makefile|GNUmakefile|[\w.-]*Dockerfile[\w.-]*|Containerfile|Jenkinsfile|justfile|Vagrantfile|Procfile)$/i
/** Programs: names of fields and texts for people stand there as well. */
const CODE =
  /\.(?:[mc]?[jt]sx?|go|py|rb|java|kt|kts|rs|c|h|cc|cpp|cs|php|pl|lua|swift|scala|ex|exs|ipynb)$/i
/** Prose is full of examples. */
const PROSE = /\.(?:md|mdx|markdown|rst|adoc|html?|txt|patch|diff)$/i
/** Written by package managers: a URL may carry a login, and nothing else means what it seems to. */
const LOCK = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|[\w.-]+\.lock)$/i

/** Where a value without quotes is an expression. */
const TERMS = /\.(?:tf|hcl|cue|nix|groovy|gradle|xml|sql|vbs)$|(?:^|\/)Jenkinsfile$/i

type Form = 'script' | 'terms' | 'code' | 'prose' | 'lock'

function isScript(form: Form): boolean {
  return form === 'script' || form === 'terms'
}

function formOf({ path, text }: Source): Form | undefined {
  if (LOCK.test(path)) return 'lock'
  if (TERMS.test(path)) return 'terms'
  if (SCRIPT.test(path) || text.startsWith('#!')) return 'script'
  if (CODE.test(path)) return 'code'
  return PROSE.test(path) ? 'prose' : undefined
}

/** Longer lines are generated. */
const MAX_LINE = 4000
const WORD =
  /pass|pwd|secret|token|key|credential|auth|bearer|identified|secure|mysql|mariadb|login|curl|:\/\//i

/** The value that a variable of Terraform has where nobody gives another. */
const DEFAULT = /^\s*default\s*=\s*"([^"$]{3,400})"\s*$/

/** Credentials in the lines of scripts, programs and prose. */
export function* judgeLines(source: Source): Iterable<Finding> {
  const form = formOf(source)
  if (form === undefined) return
  let start = 0
  let count = 0
  let variable = ''
  for (const line of source.text.split('\n')) {
    variable = /^\s*variable\s+"([\w.-]+)"/.exec(line)?.[1] ?? variable
    if (DEFAULT.test(line) && namesCredential(variable) && isScript(form)) {
      const value = DEFAULT.exec(line)?.[1] ?? ''
      if (isLiteralCredential(variable, value))
        yield finding(source, start, line, variable, count++)
    }
    if (line.length <= MAX_LINE && line.length > 7 && WORD.test(line)) {
      const what = lineCredential(line, form)
      if (what !== undefined) yield finding(source, start, line, what, count++)
    }
    start += line.length + 1
  }
}

function finding(source: Source, start: number, line: string, what: string, n: number): Finding {
  const isUrl = what.includes('URL')
  return {
    code: isUrl ? 'credential-in-url' : 'plaintext-credential',
    message: isUrl ? what : `${what}: a credential in plain text`,
    at: source.span(start + line.search(/\S/), start + line.trimEnd().length),
    fingerprint: fingerprintOfPlace(source.path, 'line', `${what} ${n}`),
    help: CHANGE_VALUE,
  }
}

/** What a line says of a credential whose value stands in it; undefined where there is none. */
function lineCredential(line: string, form: Form): string | undefined {
  const url = line.includes('://') ? urlCredential(line) : undefined
  if (url !== undefined && (isScript(form) || form === 'lock' || hasRandomPart(line)))
    return `${url} in a URL`
  if (form === 'lock') return undefined
  for (const { name, value } of assignmentsOf(line, form))
    if (
      namesCredential(name) &&
      isLiteralCredential(name, value) &&
      !isWordOf(name, value) &&
      isLikely(value, form)
    )
      return name
  return isScript(form) ? (connectionPassword(line) ?? statementCredential(line)) : undefined
}

interface Assignment {
  readonly name: string
  readonly value: string
}

/** `name = "value"`, `"name": 'value'`, `name := value`, `<name>value</name>`, with quotes escaped or not. */
const QUOTED =
  /(?<![\w.-])\\?["'`]?([A-Za-z_$][\w.:-]{1,80}?)\\?["'`\]]?\s*(?::=|=>|\?=|[:=])\s*(?:[\w.]{1,20}\()?\\?(["'`])((?:(?!\\?\2)[^\\]|\\.){3,400}?)\\?\2/g
const ELEMENT = /<([A-Za-z][\w.:-]{1,60})(?: [^<>]*)?>([^<>]{3,400})<\/\1>/g
/** The same without quotes, as shells and make have it. */
const BARE =
  /^\s*(?:(?:export|declare(?: -\w+)?|readonly|local|set|ENV|ARG|env)\s+)*([A-Za-z_][\w.-]{1,80})\s*[:?+]?=\s*([^\s"'`#;&|()<>]{3,400})\s*(?:[#;&|].*)?$/i
/** `ENV NAME value`, `set -gx NAME value`. */
const SET =
  /^\s*(?:ENV|setx|set(?: -\w+)+)\s+([A-Za-z_]\w{1,80})\s+["']?([^\s"'=$]{3,400})["']?\s*$/i
/** A comparison, not an assignment. */
const TEST = /^\s*(?:if|elif|while|until|test|\[)\b|[=!]=|\[\[? /

function* assignmentsOf(line: string, form: Form): Iterable<Assignment> {
  if (isScript(form) && TEST.test(line)) return
  for (const match of line.matchAll(QUOTED)) {
    const [, name = '', quote = '', value = ''] = match
    if (quote !== "'" && /\$[\w({]/.test(value)) continue
    yield { name: name.replace(/^.*:/, ''), value }
  }
  if (!isScript(form)) return
  for (const [, name = '', value = ''] of line.matchAll(ELEMENT)) yield { name, value }
  if (form === 'terms') return
  for (const bare of [BARE.exec(line), SET.exec(line)])
    if (bare !== null && !/[$%]|^[\w.]+\(|^(?:var|local|module|data)\./.test(bare[2] ?? ''))
      yield { name: bare[1] ?? '', value: bare[2] ?? '' }
}

/** What a text inside a document says of a credential in it: `key` is the name that it stands under. */
export function embeddedCredential(text: string, key: string): string | undefined {
  if (holdsLogin(key.replaceAll('\\', ''), text)) return 'a login'
  const connection = connectionPassword(text)
  if (connection !== undefined) return connection
  if (text.includes('</'))
    for (const [, name = '', value = ''] of text.matchAll(ELEMENT))
      if (namesCredential(name) && isLiteralCredential(name, value)) return name
  return statementCredential(text)
}

const STATEMENTS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:CREATE|ALTER|GRANT|SET)\s[^;]{1,300}?\bIDENTIFIED\s+(?:WITH\s+\w+\s+)?(?:BY|AS)\s+'([^']{3,})'/i,
    'IDENTIFIED BY',
  ],
  [/\bPASSWORD\s+(?:=\s*)?'([^']{3,})'/i, 'PASSWORD'],
  [/ConvertTo-SecureString\s+(?:-String\s+)?["']([^"'$]{3,})["']/i, 'ConvertTo-SecureString'],
]

/** Statements of SQL, cmdlets and commands that take a password. */
export function statementCredential(text: string): string | undefined {
  for (const [form, what] of STATEMENTS)
    if (isLiteralCredential('password', form.exec(text)?.[1] ?? '')) return what
  return commandCredential(text)
}

/** `password = "password"`, `token: 'your token'`: what a label or an example says. */
const EXAMPLE =
  /example|placeholder|change|replace|your|dummy|sample|redacted|insert|todo|foo|bar|test|1234|abc|xxx|secret|passw|token|api.?key|undefined|required|invalid|missing/i

function isWordOf(name: string, value: string): boolean {
  const [a, b] = [name, value].map(text => text.toLowerCase().replace(/[^a-z0-9]/g, ''))
  return (
    a === b ||
    (b !== undefined && a?.endsWith(b) === true) ||
    /^(?:change[-_ ]?me|todo|your\b.*)$/i.test(value)
  )
}

/** How sure a value must look: in prose only what can hardly be anything but a key counts. */
function isLikely(value: string, form: Form): boolean {
  if (isScript(form)) return true
  if (form === 'prose') return isRandom(value)
  return isRandom(value) || (isMixed(value) && !EXAMPLE.test(value))
}

/** One word of letters and digits, as passwords of people are. */
function isMixed(value: string): boolean {
  return /^(?=\D*\d)(?=.*[A-Za-z])[\w!@#%^&*+?~-]{8,}$/.test(value)
}

/** Whether a text can hardly be anything but a key: letters and digits mixed, no words of examples. */
export function isRandom(value: string): boolean {
  if (value.length < 12 || EXAMPLE.test(value) || /[\s(){}[\]<>/\\:,]/.test(value)) return false
  const digits = value.replace(/\D/g, '').length
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter(kind => kind.test(value)).length
  return digits > 1 && new Set(value).size > 8 && (kinds === 3 || /^[0-9a-f]{24,}$/.test(value))
}

function hasRandomPart(line: string): boolean {
  const match = /:\/\/[^\s/:@]*:([^\s/@]+)@|[?&][\w-]{2,20}=([\w%+-]{24,})/.exec(line)
  return isRandom(match?.[1] ?? match?.[2] ?? '')
}

/** Tables whose first line names a column of credentials. */
export function* judgeTable(source: Source): Iterable<Finding> {
  const [head = '', ...rows] = source.text.split('\n', 2000)
  const sign = /[,;\t]/.exec(head)?.[0] ?? ','
  const cells = (line: string) =>
    line.split(sign).map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
  const columns = cells(head).flatMap((name, i) => (namesCredential(name) ? [{ name, i }] : []))
  let start = head.length + 1
  for (const row of rows) {
    const values = cells(row)
    for (const { name, i } of columns)
      if (isLiteralCredential(name, values[i] ?? '')) yield finding(source, start, row, name, start)
    start += row.length + 1
  }
}
