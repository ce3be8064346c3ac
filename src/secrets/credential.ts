import { looksEncrypted } from './cipher.ts'
import { namesCredential, wordsOf } from './name.ts'
import { harmless } from './value.ts'

/** Values that say what, where or whether, and are no credential themselves. */
const HARMLESS_VALUE =
  /^(?:true|false|yes|no|on|off|null|none|nil|redacted|\*+|x+|\.\.\.|<[^<>]*>|@[\w.-]+@|%\(\w+\)s|#\{[^{}]*\}|\d{1,2}[smhd]|(?:~|\.\.?)?\/[\w./-]+|[\w.-]+\.(?:ya?ml|json|env|txt|pem|key|crt))$/i

/** The same for names of tokens and keys, which words describe where they do not make a password. */
const HARMLESS_WORD =
  /^(?:write|read|required|optional|enabled|disabled|default|auto|basic|bearer|oauth2?|jwt|opaque|generated?|string|example|header|cookie|query)$/i

/** Whether a value of a field that names a credential is one: a literal, not a path, switch or reference. */
export function isLiteralCredential(name: string, value: string): boolean {
  const bare = value.trim()
  if (bare.length < 3 || harmless(bare) !== undefined || looksEncrypted(bare)) return false
  if (HARMLESS_VALUE.test(bare) || /^\$\w+$/.test(bare)) return false
  // The name of a variable that holds it.
  if (/^[A-Z]+(?:_[A-Z]+)+$/.test(bare) && namesCredential(bare)) return false
  const words = wordsOf(name)
  if (!isConnection(words, bare)) return false
  if (HARMLESS_WORD.test(bare) && !/(?:pass\w*|pwd?|passwd)$/.test(words)) return false
  // A name of a Secret where a secret could stand: `secret: my-database`.
  const mayBeName =
    /(?:secret|credentials?)$/.test(words) &&
    !/(?:client|app|shared|webhook|jwt|session|cookie|signing|hmac|tunnel|access|consumer|user|db|api)_secret$/.test(
      words,
    )
  if (mayBeName && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(bare) && !/^[a-z]+\d+$/.test(bare))
    return false
  return !/\s/.test(bare) || /^(?:bearer|basic)\s/i.test(bare) || bare.length < 64
}

/** A URL or a connection is a credential by what stands in it, not by the name of its field. */
function isConnection(words: string, value: string): boolean {
  if (/(?:^|_)(?:dsn|connection_?string)$/.test(words))
    return /@|(?:password|pwd|key|secret|token)\s*=/i.test(value)
  if (words.endsWith('webhook_url') || words.endsWith('webhookurl'))
    return /\/(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w.~-]{16,}/.test(value)
  if (words.endsWith('authorization'))
    return /^(?:bearer|basic|token)\s+\S{4,}|(?=\S*\d)\S{16,}/i.test(value)
  return !/^https?:\/\//i.test(value)
}

/** The part of a URL that is a credential; undefined where it carries none. */
export function urlCredential(text: string): string | undefined {
  for (const match of text.matchAll(
    /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/?#@:"'<>]*):([^\s/?#"'<>]{2,}?)@[\w[]/gi,
  )) {
    const password = match[2] ?? ''
    if (
      harmless(password) === undefined &&
      !/^(?:pass(?:word)?|secret|token|x+|\*+|<.*>|\$\w+|\.{2,}|%s)$/i.test(password)
    )
      return 'a password'
  }
  if (/https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T\w{4,}\/[AB]\w{4,}\/\w{8,}/.test(text))
    return 'the token of a Slack webhook'
  if (/https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{8,}\/[\w-]{16,}/.test(text))
    return 'the token of a Discord webhook'
  if (/https:\/\/[\w.-]+\.(?:webhook\.office|logic\.azure)\.com\/\S{24,}/.test(text))
    return 'the token of a Teams webhook'
  if (/https:\/\/api\.telegram\.org\/bot\d+:[\w-]{20,}/.test(text))
    return 'the token of a Telegram bot'
  const query =
    /[?&](?:access_token|api_?key|token|password|secret|sig|code|key)=([^&\s"'#]{6,})/i.exec(text)
  if (
    query !== null &&
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text.trim()) &&
    harmless(query[1] ?? '') === undefined &&
    !/^[<*$]/.test(query[1] ?? '')
  )
    return 'a token in its query'
  return /^https:\/\/([\w-]{20,})@/.test(text.trim()) ? 'a token in place of a user' : undefined
}

/** Tokens that say themselves what they are. */
const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}\b/, 'GitHub token'],
  [/\bglpat-[\w-]{20,}\b/, 'GitLab token'],
  [/\b(?:AKIA|ASIA)(?![A-Z2-7]*EXAMPLE)[A-Z2-7]{16}\b/, 'AWS access key'],
  [/\bxox[abposr]-[\w-]{20,}\b|\bxapp-[\w-]{20,}\b/, 'Slack token'],
  [/\bdop_v1_[0-9a-f]{64}\b/, 'DigitalOcean token'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'npm token'],
  [/\bsk-[A-Za-z0-9_-]{32,}\b/, 'API key'],
  [/\bAIza[\w-]{35}\b/, 'Google API key'],
  [/\bhvs\.[\w-]{24,}\b/, 'Vault token'],
  [/\bSG\.[\w-]{16,}\.[\w-]{32,}\b/, 'SendGrid key'],
]

/** How each of them begins. */
export const TOKEN_START =
  /\b(?:gh[pousr]_|github_pat_|glpat-|A[KS]IA|xox[abposr]-|xapp-|dop_v1_|npm_|sk-|AIza|hvs\.|SG\.|eyJ)[\w-]/

/** No token is shorter. */
export const MIN_TOKEN = 16

/** The kind of token that a text holds. */
export function tokenKind(text: string): string | undefined {
  return text.length < MIN_TOKEN || !TOKEN_START.test(text)
    ? undefined
    : (TOKENS.find(([form]) => form.test(text))?.[1] ?? tunnelToken(text))
}

/** The token of a cloudflared tunnel: base64 of JSON with account, tunnel and secret. */
function tunnelToken(text: string): string | undefined {
  const match = /\beyJ[A-Za-z0-9+/_-]{80,}={0,2}/.exec(text)
  if (match === null) return undefined
  const json = Buffer.from(match[0], 'base64').toString('utf8')
  if (['"a"', '"t"', '"s"'].every(key => json.includes(key))) return 'token of a cloudflared tunnel'
  return json.startsWith('{"alg":') && match[0].length < text.length ? 'JSON web token' : undefined
}
