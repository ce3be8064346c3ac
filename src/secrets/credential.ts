import { looksEncrypted } from './cipher.ts'
import { namesCredential, wordsOf } from './name.ts'
import { harmless } from './value.ts'

/** Values that say what, where or whether, and are no credential themselves. */
const HARMLESS_VALUE =
  /^(?:true|false|yes|no|on|off|null|none|nil|redacted|\*+|x+|\.\.\.|<[^<>]*>|@[\w.-]+@|%\(\w+\)s|#\{[^{}]*\}|\$__\w+\{[^{}]*\}|\$\([^()]*\)|\{[^{}"']*\}|\d{1,2}[smhd]|(?:~|\.\.?)?\/[\w./-]+|[\w.-]+\.(?:ya?ml|json|env|txt|pem|key|crt))$/i

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

/** A parameter of a URL that is a credential by its name. */
const QUERY =
  /(?:^|[\s"'=])[a-z][a-z0-9+.:-]{1,40}:\/\/[^\s"'<>?]{1,300}\?(?:[^\s"'<>#]{0,600}&)?(?:access_token|api_?key|token|password|secret|sig|code|key)=([^&\s"'#)]{6,})/gi

/** The part of a URL that is a credential; undefined where it carries none. */
export function urlCredential(text: string): string | undefined {
  for (const match of text.matchAll(
    /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/?#@:"'<>]*):([^\s/?#"'<>]{2,}?)@[\w[]/gi,
  )) {
    const password = match[2] ?? ''
    if (
      harmless(password) === undefined &&
      !/^(?:pass(?:word)?|secret|token|x+|\*+|<.*>|\$\w+|\$\{[^{}]*\}|\.{2,}|%s)$/i.test(password)
    )
      return 'a password'
  }
  // What documentation writes in the place of a token.
  if (/x{8}/i.test(text)) return undefined
  if (/https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T\w{4,}\/[AB]\w{4,}\/\w{8,}/.test(text))
    return 'the token of a Slack webhook'
  if (/https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{8,}\/[\w-]{16,}/.test(text))
    return 'the token of a Discord webhook'
  if (/https:\/\/[\w.-]+\.(?:webhook\.office|logic\.azure)\.com\/\S{24,}/.test(text))
    return 'the token of a Teams webhook'
  if (/https:\/\/api\.telegram\.org\/bot\d+:[\w-]{20,}/.test(text))
    return 'the token of a Telegram bot'
  for (const [, value = ''] of text.matchAll(QUERY))
    if (harmless(value) === undefined && !/^[<*$]|^[A-Z_]+$/.test(value))
      return 'a token in its query'
  return /^https:\/\/([\w-]{20,})@/.test(text.trim()) ? 'a token in place of a user' : undefined
}

/** The password of a connection as .NET and Azure write it: `Server=…;User Id=…;Password=…`. */
export function connectionPassword(text: string): string | undefined {
  if (!/(?:^|[;"'=])\s*(?:server|data source|host|user id|uid|username|endpoint)\s*=/i.test(text))
    return undefined
  const match = /;\s*(password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;"'\n]{3,})/i.exec(text)
  const [, name = '', value = ''] = match ?? []
  return isLiteralCredential('password', value) && !/[$<{]/.test(value) ? name : undefined
}
