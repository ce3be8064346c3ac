/** What a value of a Secret is, when it is not the secret itself. */
export type Harmless = 'empty' | 'placeholder' | 'public' | 'masked'

/** A reference that something fills in later, without a literal default. */
const PLACEHOLDER =
  /\$\{\{[^{}]*\}\}|\$\{[A-Za-z_]\w*(?::?[=-])?\}|\$\([A-Za-z_][\w.-]*\)|\{\{[^{}]*\}\}|<no value>/g

/** The masked value that `flux build` prints; it is base64 of `**SOPS**`. */
const MASKED = /^(?:KipTT1BTKio=|\*\*SOPS\*\*)$/

/** Whether a text of a Secret gives nothing away. */
export function harmless(text: string): Harmless | undefined {
  const bare = text.trim()
  if (bare === '') return 'empty'
  if (MASKED.test(bare)) return 'masked'
  if (isPlaceholder(bare)) return 'placeholder'
  return isPublic(bare) ? 'public' : undefined
}

/** Whether a text consists of references only, or is a text of several words with references for its values. */
export function isPlaceholder(text: string): boolean {
  const rest = text.replace(PLACEHOLDER, found => literalOf(found) ?? '')
  if (rest === text) return false
  if (!/[A-Za-z0-9]/.test(rest)) return true
  const isTemplate = /\{\{[-\s]*(?:if|range|with|end|else|define|include|template)\b/.test(text)
  return isTemplate || /[\s:/@=]/.test(rest.trim())
}

/** An action of a Go template that is a text, given or encoded: nobody fills that in. */
const LITERAL =
  /^\{\{-?\s*(?:(?:b64enc|quote|squote|toString|trim)\s+)?(["'`])([^"'`{}\n]{1,1000})\1\s*(?:\||-?\}\})/

/** The text that stands in an action `{{ … }}` as it is. */
export function literalOf(action: string): string | undefined {
  return LITERAL.exec(action)?.[2] ?? DEFAULT.exec(action)?.[2]
}

/** The same behind `default`, where nothing else is given. */
const DEFAULT = /^\{\{[^{}]*\bdefault\s+(["'`])([^"'`{}\n]{1,1000})\1/

/** Certificates, public keys and certificate requests, and nothing else. */
function isPublic(text: string): boolean {
  if (!text.startsWith('-----BEGIN ')) return text.split('\n').every(isPublicLine)
  const blocks =
    /-----BEGIN ((?:TRUSTED )?CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE REQUEST|X509 CRL|PGP PUBLIC KEY BLOCK)-----[A-Za-z0-9+/=\s]+-----END \1-----\s*/g
  return text.replace(blocks, '').trim() === ''
}

/** A line of `authorized_keys` or `known_hosts`, an age recipient, a comment. */
const PUBLIC_LINE =
  /^(?:#.*|age1[02-9ac-hj-np-z]{58,}|(?:[^\s"'=]+ )?(?:sk-)?(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-[\w-]+)(?:@openssh\.com)? AAAA[A-Za-z0-9+/]+=*(?: [^"'=]*)?)$/

function isPublicLine(line: string): boolean {
  return line.trim() === '' || PUBLIC_LINE.test(line.trim())
}

/** The text that a base64 value of `data` holds; undefined where it is none. */
export function decodeData(text: string): string | undefined {
  const bare = text.replace(/\s+/g, '')
  const end = bare.endsWith('==') ? -2 : bare.endsWith('=') ? -1 : bare.length
  const core = bare.slice(0, end)
  // A search for what does not belong goes back nowhere, so megabytes of text need no stack.
  if (core === '' || bare.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(core)) return undefined
  return Buffer.from(bare, 'base64').toString('utf8')
}
