// Encodings that hardly anybody uses, written here so that what reads them has something to be compared with.
import { brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS = '0123456789'
const alphabets = {
  base32hex: `${DIGITS}${LETTERS.slice(0, 22)}`,
  crockford: `${DIGITS}ABCDEFGHJKMNPQRSTVWXYZ`,
  zbase32: 'ybndrfg8ejkmcpqxot1uwisza345h769',
  base58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  ascii85: Array.from({ length: 85 }, (_, i) => String.fromCharCode(33 + i)).join(''),
  base85: `${DIGITS}${LETTERS}${LETTERS.toLowerCase()}!#$%&()*+-;<=>?@^_\`{|}~`,
  z85: `${DIGITS}${LETTERS.toLowerCase()}${LETTERS}.-:+=^!/*?&<>()[]{}@%$#`,
}

const base32 = (text: string, alphabet: string) =>
  (
    [...Buffer.from(text)]
      .map(byte => byte.toString(2).padStart(8, '0'))
      .join('')
      .match(/.{1,5}/g) ?? []
  )
    .map(five => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')

function base85(text: string, alphabet: string): string {
  let out = ''
  for (let at = 0; at < text.length; at += 4) {
    const group = Buffer.from(text.slice(at, at + 4))
    let value = Buffer.concat([group, Buffer.alloc(4 - group.length)]).readUInt32BE(0)
    let five = ''
    for (let i = 0; i < 5; i++) {
      five = `${alphabet[value % 85]}${five}`
      value = Math.floor(value / 85)
    }
    out += five.slice(0, group.length + 1)
  }
  return out
}

function base58(text: string): string {
  let value = BigInt(`0x${Buffer.from(text).toString('hex')}`)
  let out = ''
  for (; value > 0n; value /= 58n) out = `${alphabets.base58[Number(value % 58n)]}${out}`
  return out
}

function uuencode(text: string): string {
  const bytes = Buffer.from(text)
  const sign = (value: number) => (value === 0 ? '`' : String.fromCharCode(32 + value))
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 45) {
    const line = bytes.subarray(at, at + 45)
    let out = sign(line.length)
    for (let i = 0; i < line.length; i += 3) {
      const [a = 0, b = 0, c = 0] = line.subarray(i, i + 3)
      out += [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63]
        .map(sign)
        .join('')
    }
    lines.push(out)
  }
  return `begin 644 k\n${lines.join('\n')}\n\`\nend\n`
}

const turned = (text: string) => text.split('').reverse().join('')
const each = (text: string, put: (code: number) => string) =>
  text
    .split('')
    .map(char => put(char.charCodeAt(0)))
    .join('')
const hex = (code: number, width: number) => code.toString(16).padStart(width, '0')

/** Ways to hide a key that take some knowledge: name → what the file holds. */
export function rareDisguises(key: string): Readonly<Record<string, Uint8Array | string>> {
  const b64 = (data: string | Uint8Array) => Buffer.from(data).toString('base64')
  const [a, b, c] = [key.slice(0, 20), key.slice(20, 44), key.slice(44)]
  const stream = deflateSync(
    `BT [${(key.match(/.{1,5}/g) ?? []).map(x => `(${x})`).join(' -20 ')}] TJ`,
  )
  return {
    base32hex: base32(key, alphabets.base32hex),
    'Crockford base32': base32(key, alphabets.crockford),
    'z-base-32': base32(key, alphabets.zbase32),
    base58: base58(key),
    'ascii85 at each alignment': ['', 'x', 'xy', 'xyz']
      .map(before => `<~${base85(before + key, alphabets.ascii85)}~>`)
      .join('\n\n'),
    'ascii85, wrapped': base85(`ab${key}`, alphabets.ascii85).replace(/.{40}/g, '$&\n'),
    base85: base85(key, alphabets.base85),
    z85: base85(key, alphabets.z85),
    uuencode: uuencode(key),
    'base64, reversed': turned(b64(key)),
    'hex, reversed': turned(Buffer.from(key).toString('hex')),
    'hex in words': Buffer.from(key).toString('hex').replace(/.{8}/g, '$& '),
    bits: each(key, code => `${code.toString(2).padStart(8, '0')} `),
    'base64 in a list': `parts:\n${(b64(key).match(/.{1,20}/g) ?? []).map(x => `- ${x}\n`).join('')}`,
    'base64 in an array': JSON.stringify(b64(key).match(/.{1,16}/g)),
    'base64 of bare deflate': `k: ${b64(deflateRawSync(`some words before ${key}`))}\n`,
    'base64 of brotli': `k: ${b64(brotliCompressSync(`some words before ${key}`))}\n`,
    'long escapes': `"${each(key, code => `\\U${hex(code, 8)}`)}"`,
    'escapes of CSS': `"${each(key, code => `\\${hex(code, 6)}`)}"`,
    'escapes of RTF': `{\\rtf1 ${each(key, code => `\\'${hex(code, 2)}`)}}`,
    'entities without an end': each(key, code => `&#${code}`),
    'comments of XML': `<k>${a}<!-- one -->${b}<!-- two -->${c}</k>`,
    'sections of XML': `<k><![CDATA[${a}]]><![CDATA[${b}${c}]]></k>`,
    'colours of a terminal': `${a}\u001b[0m\u001b[1;31m${b}\u001b[K${c}`,
    'signs that were deleted': `${a}x\b${b}y\b${c}`,
    tags: `hi ${each(key, code => String.fromCodePoint(0xe0000 + code))}`,
    'a numbered list': `1. ${a}\n2. ${b}\n3. ${c}\n`,
    remarks: `REM ${a}\r\nREM ${b}\r\nREM ${c}\r\n`,
    'a list with remarks': `k:\n- ${a} # one\n# next\n- ${b}\n- ${c} # three\n`,
    'numbered fields': JSON.stringify({ 0: a, 1: b, 2: c }),
    'a template of a string': `const a = "${a}"; const k = \`\${a}${b}${c}\`\n`,
    'moves in a PDF': Buffer.concat([
      Buffer.from(`%PDF-1.4\n4 0 obj\n<</Length ${stream.length}/Filter/FlateDecode>>\nstream\n`),
      stream,
      Buffer.from('\nendstream\n'),
    ]),
  }
}
