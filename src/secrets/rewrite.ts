import { movedView, rewrittenView, type View } from './view.ts'

const ESCAPE =
  /\\u\{([0-9a-fA-F]{1,6})\}|\\[uU](?:0000)?([0-9a-fA-F]{4})|\\(?:x|')([0-9a-fA-F]{2})|%([0-9a-fA-F]{2})|&#[xX]([0-9a-fA-F]{1,6});?|&#(\d{1,7});?|&(quot|amp|lt|gt|apos|nbsp|shy|hyphen|dash|plus|sol);|=([0-9A-F]{2})|=\r?\n|\\\r?\n|\\([nrt"'\\/])|\\0000([2-7][0-9a-fA-F])[ \t]?|\\0?([0-3][0-7]{2}|[4-7][0-7])|<!--[^]{0,400}?-->|<!\[CDATA\[|\]\]>|<[a-zA-Z/][^<>]{0,40}>|\x1b\[[\d;]{0,12}[A-Za-z]|[^\n\x08]\x08/g

const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: ' ',
  shy: '',
  hyphen: '-',
  dash: '-',
  plus: '+',
  sol: '/',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Whether a text holds enough escapes to hide something. */
const WORTH = /(?:\\[uU]|\\x|\\'|%[2-7]|&#|=[46]|\\[nrt0-7]|\\\r?\n|=\r?\n|<[a-z/!]|[\x1b\x08])/

/** What is left of escapes that were escaped themselves. */
const AGAIN = /%(?:25)?[2-7][0-9a-fA-F]|\\u00[2-7]|\\x[2-7]|&#|&amp;/

/** Whether a text, once unescaped, is worth doing so again; never more than three times. */
export function isEscapedAgain({ hidden }: View, text: string): boolean {
  return hidden.at(-3) !== 'escapes' && AGAIN.test(text)
}

/** The text with every escape of JSON, URLs, HTML, quoted-printable and strings resolved. */
export function unescapedView(view: View, text: string): View | undefined {
  if (!WORTH.test(text)) return undefined
  return rewrite(view, text, 'escapes', ESCAPE, match => {
    const code = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? match[8] ?? match[10]
    if (code !== undefined) return character(Number.parseInt(code, 16))
    if (match[6] !== undefined) return character(Number(match[6]))
    if (match[11] !== undefined) return character(Number.parseInt(match[11], 8))
    const name = match[7] ?? match[9]
    return name === undefined ? '' : (NAMED[name] ?? name)
  })
}

/** Bytes of a code point; format characters vanish. The text is Latin-1, so each byte is a character. */
function character(code: number): string {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return ''
  return code < 0x80 ? String.fromCharCode(code) : foldCharacter(String.fromCodePoint(code))
}

/** Letters of other scripts that look like those of a key, and what they look like. */
const CONFUSABLE = new Map(
  'АаВеЕКкМНОоРрСсТтУуХхѕЅіІјЈԛԚԝԜһԍɡΑΒΕΖΗΙΚΜΝΟοΡρΤΥΧν‐‑‒–—−﹣－'
    .split('')
    .map((char, i) => [
      char,
      'AaBeEKkMHOoPpCcTtYyXxsSiIjJqQwWhggABEZHIKMNOoPpTYXv--------'[i] ?? '',
    ]),
)

function foldCharacter(char: string): string {
  const code = char.codePointAt(0) ?? 0
  // Tags: letters that nobody sees.
  if (code >= 0xe0020 && code < 0xe007f) return String.fromCharCode(code - 0xe0000)
  const plain = CONFUSABLE.get(char) ?? char.normalize('NFKD')
  return /^[\u0000-\u007f]+/.exec(plain)?.[0] ?? ''
}

const FOREIGN = /[\u0080-\u{10ffff}]/gu

/** The text with letters of other scripts and widths taken for what they look like. */
export function foldedView(view: View): View | undefined {
  const text = view.bytes.toString('utf8')
  if (
    !/[\u0370-\u052f\u1d00-\u1dbf\u2010-\u2015\u2100-\u214f\u2460-\u24ff\u2c60-\u2c7f\ua4d0-\ua4ff\uff01-\uff5e\ud835\ud83c\udb40]/.test(
      text,
    )
  )
    return undefined
  let from = 0
  let bytes = 0
  const pieces: [number, number][] = []
  let out = ''
  for (const match of text.matchAll(FOREIGN)) {
    bytes += Buffer.byteLength(text.slice(from, match.index))
    out += text.slice(from, match.index) + foldCharacter(match[0])
    from = match.index + match[0].length
    bytes += Buffer.byteLength(match[0])
    pieces.push([out.length, bytes])
  }
  out += text.slice(from)
  return rewrittenView(view, 'look-alike letters', Buffer.from(out, 'latin1'), [[0, 0], ...pieces])
}

/** What a line may begin with that is no part of a value: a name and a sign, a number, a list mark. */
const LABEL =
  /^[ \t>+|*#/;-]*(?:(?:[\w.$@-]+|"[^"\n]{0,60}"|'[^'\n]{0,60}')[ \t]*(?:\+?[:=]|\+=|\|)[ \t]*|\d+[.):]?[ \t]+|rem[ \t]+)?["'`]?|["'`][ \t]*[;,+.)]*[ \t]*$/gim

/** The values of a file without their names: a key that several variables or fields hold. */
export function valuesView(view: View, text: string): View | undefined {
  return rewrite(view, text, 'parts', LABEL, () => ' ')
}

/** What may stand between the parts of a value: comments, names of fields, variables in a text, moves in a PDF. */
const BETWEEN =
  /[ \t]+(?:#|\/\/)[^\n]*$|^[ \t]*(?:#|\/\/)[^\n]*\n|"[\w.-]{1,40}"[ \t]*:|\$\{\w{1,40}\}|\)\s{0,3}-?[\d.]{1,8}\s{0,3}\(/gm

/** A text without what may stand between the parts of a value. */
export function plainView(view: View, text: string): View | undefined {
  return rewrite(view, text, 'parts', BETWEEN, () => '')
}

/** The strings of a program one after another: `"AGE-" + "SECRET-"`, `join("", "AGE-", …)`. */
export function stringsView(view: View, text: string): View | undefined {
  const first = text.search(/["'`]/)
  if (first === -1) return undefined
  let index = 0
  const parts: string[] = []
  const pieces: [number, number][] = []
  let length = 0
  for (const match of text.matchAll(
    /"((?:[^"\\\n]|\\.){1,200})"|'([^'\n]{1,200})'|`([^`\n]{1,200})`/g,
  )) {
    const part = match[1] ?? match[2] ?? match[3] ?? ''
    pieces.push([length, match.index + 1])
    parts.push(part)
    length += part.length
    if (++index > 20_000) break
  }
  return rewrittenView(view, 'parts', Buffer.from(parts.join(''), 'latin1'), pieces)
}

function rewrite(
  view: View,
  text: string,
  step: string,
  pattern: RegExp,
  replace: (match: RegExpExecArray) => string,
): View | undefined {
  const { bytes } = view
  const [here, there] = [[0], [0]]
  let out = Buffer.allocUnsafe(0)
  let from = 0
  let length = 0
  for (const match of text.matchAll(pattern)) {
    const put = replace(match)
    const need = length + match.index - from + put.length
    if (need > out.length) out = Buffer.concat([out], 2 * need + text.length)
    for (; from < match.index; from++) out[length++] = bytes[from] ?? 0
    for (let i = 0; i < put.length; i++) out[length++] = put.charCodeAt(i)
    from = match.index + match[0].length
    here.push(length)
    there.push(from)
  }
  if (from === 0) return undefined
  const rest = Buffer.concat([out.subarray(0, length), bytes.subarray(from)])
  return movedView(view, step, rest, { here, there })
}
