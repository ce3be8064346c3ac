import { innerView, type View } from './view.ts'

/** What every identity of age begins with. */
const PREFIX = Buffer.from('AGE-SECRET-KEY-')
/** Characters behind a prefix that hold the rest of an identity in any of the encodings. */
const BEHIND = 420

/** An encoding by groups: so many bytes are so many characters. */
interface Coding {
  readonly step: string
  readonly bytes: number
  readonly chars: number
  readonly encode: (group: Uint8Array) => string
  readonly decode: (text: string) => Buffer
  readonly isReversed?: true
}

function inBase(step: string, alphabet: string, bytes: number, chars: number): Coding {
  const base = BigInt(alphabet.length)
  const unit = chars === 8 ? 40n : 32n
  const encode = (group: Uint8Array) => {
    let value = BigInt(`0x${Buffer.from(group).toString('hex')}`)
    let text = ''
    for (let i = 0; i < chars; i++) {
      text = `${alphabet[Number(value % base)] ?? ''}${text}`
      value /= base
    }
    return text
  }
  const decode = (written: string) => {
    const parts: Buffer[] = []
    const stop = written.split('').findIndex(char => !alphabet.includes(char))
    const text = stop === -1 ? written : written.slice(0, stop)
    for (let at = 0; at < text.length; at += chars) {
      // The last group is cut off: any signs in place of those that are not there.
      const group = text.slice(at, at + chars).padEnd(chars, alphabet.at(-1))
      let value = 0n
      for (const char of group) value = value * base + BigInt(Math.max(0, alphabet.indexOf(char)))
      const hex = (value % (1n << unit)).toString(16).padStart(bytes * 2, '0')
      parts.push(Buffer.from(hex, 'hex'))
    }
    return Buffer.concat(parts)
  }
  return { step, bytes, chars, encode, decode }
}

const range = (from: string, count: number) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(from.charCodeAt(0) + i)).join('')
const UPPER = range('A', 26)
const LOWER = range('a', 26)
const DIGITS = range('0', 10)

const turned = (text: string) => text.split('').reverse().join('')

const codings: readonly Coding[] = [
  inBase('ascii85', range('!', 85), 4, 5),
  inBase('base85', `${DIGITS}${UPPER}${LOWER}!#$%&()*+-;<=>?@^_\`{|}~`, 4, 5),
  inBase('z85', `${DIGITS}${LOWER}${UPPER}.-:+=^!/*?&<>()[]{}@%$#`, 4, 5),
  inBase('base32hex', `${DIGITS}${UPPER.slice(0, 22)}`, 5, 8),
  inBase('Crockford base32', `${DIGITS}ABCDEFGHJKMNPQRSTVWXYZ`, 5, 8),
  inBase('z-base-32', 'ybndrfg8ejkmcpqxot1uwisza345h769', 5, 8),
  {
    step: 'reversed → base64',
    bytes: 3,
    chars: 4,
    isReversed: true,
    encode: group => Buffer.from(group).toString('base64'),
    decode: text => Buffer.from(text, 'base64'),
  },
]

/** The signs that a prefix is at one of its alignments, and how many of its bytes lie before them. */
interface Sign {
  readonly coding: Coding
  readonly text: string
  readonly skipped: number
}

function signsOf(coding: Coding): Sign[] {
  return Array.from({ length: coding.bytes }, (_, skipped) => {
    let text = ''
    for (let at = skipped; at + coding.bytes <= PREFIX.length; at += coding.bytes)
      text += coding.encode(PREFIX.subarray(at, at + coding.bytes))
    return { coding, text: coding.isReversed ? turned(text) : text, skipped }
  })
}

const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
const MIN_LETTERS = 6

const byLetters = Map.groupBy(
  codings.flatMap(signsOf).filter(({ text }) => letters(text).length >= MIN_LETTERS),
  ({ text }) => letters(text),
)

/** What the search for needles looks for because of encodings that no alphabet shows. */
export const codedLetters: readonly string[] = [...byLetters.keys()]

/** What stands encoded at the letters that end at an offset of a view. */
export function codedAt(view: View, word: string, end: number): View | undefined {
  const [from, to] = [Math.max(0, end - BEHIND), Math.min(view.bytes.length, end + BEHIND)]
  // Line breaks are no part of any of them.
  const text = view.bytes.toString('latin1', from, to).replace(/\s+/g, '')
  for (const { coding, text: sign, skipped } of byLetters.get(word) ?? []) {
    const written = coding.chars === 8 && !text.includes(sign) ? text.toUpperCase() : text
    const at = written.indexOf(sign)
    if (at === -1) continue
    const rest = coding.isReversed ? turned(written.slice(0, at + sign.length)) : written.slice(at)
    const bytes = Buffer.concat([PREFIX.subarray(0, skipped), coding.decode(rest)])
    return innerView(view, coding.step, bytes, from, to)
  }
  return undefined
}
