import { type Automaton, buildAutomaton, letters } from './automaton.ts'
import { codedLetters } from './coded.ts'
import { nextSign, tokenLetters } from './provider.ts'

/** What to look for, in letters only: everything between the letters of a text is passed over. */
export const needles = {
  agesecretkey: 'identity',
  ageplugin: 'plugin',
  yektercesega: 'reversed identity',
  nigulpega: 'reversed identity',
  ntrfrpergxrl: 'rot13 identity',
  ntrcyhtva: 'rot13 identity',
  privatekey: 'private key',
  puttyuserkeyfile: 'putty key',
  opensshkeyv: 'openssh key',
  ageencryptionorg: 'age file',
} as const

/** What is found: a kind of key, or `token` for the letters of a token of some service. */
export type Needle = (typeof needles)[keyof typeof needles] | 'token' | 'coded'

/** One occurrence: the offset behind its last letter. */
export interface Hit {
  readonly needle: Needle
  readonly word: string
  readonly end: number
}

const keys = buildAutomaton([...Object.keys(needles), ...tokenLetters, ...codedLetters])
const named = new Map<string, Needle>([
  ...Object.entries(needles),
  ...codedLetters.map(word => [word, 'coded'] as const),
])

/** The byte that must follow each accepted word; 0 where any may. */
const follows = Uint8Array.from(keys.accepted, nextSign)

/** Every needle in some bytes, in one pass: case, blanks, quotes, NULs, zero-width marks do not hide it. */
export function* findNeedles(bytes: Uint8Array): Iterable<Hit> {
  const { next, firstAccepting, accepted } = keys
  let state = 0
  for (let at = 0; at < bytes.length; at++) {
    const letter = letters[bytes[at] ?? 0] ?? 0
    if (letter === 0 && state < firstAccepting) continue
    state = next[(state << 5) | letter] ?? 0
    if (state >= firstAccepting) {
      const sign = follows[state - firstAccepting] ?? 0
      if (sign !== 0 && bytes[at + 1] !== sign) continue
      const word = accepted[state - firstAccepting] ?? ''
      yield { needle: named.get(word) ?? 'token', word, end: at + 1 }
    }
  }
}

const HINTS =
  'secret passw passphrase pwd token sops credential apikey accesskey privatekey accountkey stringdata ' +
  'connectionstr authoriz auths webhook bearer dsn sharedkey signingkey encryptionkey ' +
  'masterkey masterauth agekey clientkey encaesgcm hooks apitelegram logicazure binarydata ' +
  'identifiedby mysql mariadb curlu dockerlogin presharedkey routingkey securejsondata securestring'

/** Made when a file is judged: messages need it not. */
let hints: Automaton | undefined

const AT = 0x40
const BACKSLASH = 0x5c

/** Whether a text mentions anything because of which its documents must be read. */
export function hasHint(bytes: Uint8Array): boolean {
  hints ??= buildAutomaton(HINTS.split(' '))
  const { next, firstAccepting } = hints
  let state = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    // `\x53` and `\u0053` may stand for a letter; a user in a URL and the default of a
    // variable need no other word.
    if (byte === BACKSLASH && (bytes[at + 1] === 0x78 || bytes[at + 1] === 0x75)) return true
    if (byte === AT && isBehindScheme(bytes, at)) return true
    if (byte === 0x3d && bytes[at - 1] === 0x3a) return true
    state = next[(state << 5) | (letters[byte] ?? 0)] ?? 0
    if (state >= firstAccepting) return true
  }
  const { buffer, byteOffset, length } = bytes
  const view = Buffer.from(buffer, byteOffset, length)
  return /\bkty["']?\s*:/.test(textAround(view, 'kty'))
}

/** The rest of a text from the first mention of a word on; empty where there is none. */
function textAround(view: Buffer, word: string): string {
  const at = view.indexOf(word)
  return at === -1 ? '' : view.toString('latin1', at)
}

/** Characters of a user and a password that a URL may have at most. */
const MAX_USER = 2048

/** Whether `scheme://` stands before an `@`, in the same word. */
function isBehindScheme(bytes: Uint8Array, at: number): boolean {
  for (let i = at - 1; i > 1 && i > at - MAX_USER; i--) {
    const byte = bytes[i] ?? 0
    if (byte <= 0x20) return false
    if (byte === 0x2f && bytes[i - 1] === 0x2f && bytes[i - 2] === 0x3a) return true
  }
  return false
}
