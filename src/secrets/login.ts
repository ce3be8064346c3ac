import type { Finding } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { isLiteralCredential, urlCredential } from './credential.ts'
import { CHANGE_VALUE } from './envelope.ts'
import { fingerprintOfPlace } from './fingerprint.ts'

/** Files of logins, each with a form of its own. */
const FORMS: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|\/)[._]?netrc$/i, /\bpassword\s+(\S+)/g],
  [/(?:^|\/)\.?pgpass(?:\.conf)?$/i, /^[^#\s:][^\s:]*:[^\s:]*:[^\s:]*:[^\s:]*:(\S+)$/gm],
  [/(?:^|\/)\.?git-credentials$/i, /^(\S+:\/\/\S+)$/gm],
  [/(?:^|\/)\.?[\w.-]*(?:htpasswd|htdigest)$/i, /^[^#\s:]+:(\S{8,})$/gm],
]

/** Whether a file is one of logins by its name. */
export function isLogin(path: string): boolean {
  return FORMS.some(([name]) => name.test(path))
}

/** Whether a text that stands under the name of a file of logins holds a password. */
export function holdsLogin(name: string, text: string): boolean {
  const form = FORMS.find(([path]) => path.test(name))
  if (form === undefined) return false
  return [...text.matchAll(form[1])].some(([, value = '']) =>
    value.includes('://')
      ? urlCredential(value) !== undefined
      : isLiteralCredential('password', value),
  )
}

/** The passwords of a file of logins. */
export function* judgeLogins(source: Source): Iterable<Finding> {
  const form = FORMS.find(([name]) => name.test(source.path))
  if (form === undefined) return
  for (const match of source.text.matchAll(form[1])) {
    const value = match[1] ?? ''
    const isSecret = value.includes('://')
      ? urlCredential(value) !== undefined
      : isLiteralCredential('password', value)
    if (!isSecret) continue
    const end = match.index + match[0].length
    yield {
      code: 'plaintext-credential',
      message: 'a login with its password in plain text',
      at: source.span(end - value.length, end),
      fingerprint: fingerprintOfPlace(source.path, 'login', String(match.index)),
      help: CHANGE_VALUE,
    }
  }
}
