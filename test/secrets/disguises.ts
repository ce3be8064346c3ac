import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'

/** Ways to hide a key in a file: name → the file's bytes. Keys are made at run time, none is committed. */
export function disguises(key: string): Readonly<Record<string, Uint8Array | string>> {
  const b64 = (data: string | Uint8Array) => Buffer.from(data).toString('base64')
  const wrap = (text: string, width: number, glue = '\n') =>
    (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(glue)
  const hex = Buffer.from(key).toString('hex')
  const half = Math.floor(key.length / 2)
  const [front, back] = [key.slice(0, half), key.slice(half)]
  return {
    plain: `# created: today\n${key}\n`,
    'yaml comment': `a: 1 # ${key}\n`,
    markdown: `Use \`${key}\` to decrypt.\n`,
    'lower case': `key=${key.toLowerCase()}\n`,
    base64: `data: ${b64(key)}\n`,
    'base64 of base64': `data: ${b64(b64(key))}\n`,
    'base64 at offset 1': `data: ${b64(`x${key}`)}\n`,
    'base64 at offset 2': `data: ${b64(`xy${key}`)}\n`,
    'base64 wrapped': `data: |\n  ${wrap(b64(`xy${key}\n`), 40, '\n  ')}\n`,
    'base64 wrapped at 20': wrap(b64(key), 20),
    'base64 behind a path': `path/to/${b64(`secret=${key}`)}\n`,
    'base64 url': b64(`??>>~~${key}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    'base64 in strings': `a = "${b64(key).slice(0, 50)}" +\n  "${b64(key).slice(50)}"`,
    hex,
    'hex upper': hex.toUpperCase(),
    'hex wrapped': wrap(hex, 32),
    'hex spaced': wrap(hex, 2, ' '),
    'hex escapes': `"${wrap(hex, 2, '').replaceAll(/../g, '\\x$&')}"`,
    'decimal bytes': `[${[...Buffer.from(key)].join(', ')}]`,
    base32: base32(key),
    'base32 wrapped': wrap(base32(key), 32),
    gzip: gzipSync(key),
    zlib: deflateSync(key),
    'base64 of gzip': b64(gzipSync(`# k\n${key}\n`)),
    zstd: zstdCompressSync(Buffer.from(key)),
    'brotli.br': brotliCompressSync(key),
    'png text': png(key),
    'png packed text': png(deflateSync(key)),
    folded: `key: >-\n  ${front}\n  ${back}\n`,
    'backslash at the end': `key="${front}\\\n${back}"\n`,
    concatenated: `const k = "${front}" + "${back}"\n`,
    'concatenated thrice': `a = '${key.slice(0, 4)}' + '${key.slice(4, 11)}' + '${key.slice(11)}'\n`,
    'two variables': `first = "${front}"\nsecond = "${back}"\nkey = first + second\n`,
    'two fields': `first: ${front}\nsecond: ${back}\n`,
    'blanks every 8': wrap(key, 8, ' '),
    'UTF-16LE': Buffer.from(`\ufeff${key}`, 'utf16le'),
    'UTF-16BE': Buffer.from(`\ufeffx: ${key}`, 'utf16le').swap16(),
    'base64 of UTF-16LE': b64(Buffer.from(key, 'utf16le')),
    'UTF-16 with base64': Buffer.from(`\ufeffkey: ${b64(key)}\n`, 'utf16le'),
    'between NULs': Buffer.from(`\0\0\x01\x02${key}\0\xff\xfe`, 'latin1'),
    'percent-encoded': [...Buffer.from(key)].map(b => `%${b.toString(16)}`).join(''),
    'percent-encoded dashes': key.replaceAll('-', '%2D'),
    'JSON escapes': `{"k": "${key
      .split('')
      .map(c => `\\u00${c.charCodeAt(0).toString(16)}`)
      .join('')}"}`,
    'HTML entities': key
      .split('')
      .map(c => `&#${c.charCodeAt(0)};`)
      .join(''),
    'HTML hex entities': key
      .split('')
      .map(c => `&#x${c.charCodeAt(0).toString(16)};`)
      .join(''),
    'quoted-printable': wrap(key, 20, '=\r\n'),
    'JSON with line breaks': JSON.stringify({ keys: `# public\n${front}\n${back}` }),
    'zero-width spaces': key.split('').join('\u200b'),
    'soft hyphens': wrap(key, 10, '\u00ad'),
    'look-alike letters': key.replaceAll('A', '\u0410').replaceAll('E', '\u0395'),
    'full width': key
      .split('')
      .map(c => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
      .join(''),
    'diff lines': `+${wrap(key, 20, '\n+')}\n`,
    'end of a large file': `${'lorem ipsum dolor sit amet\n'.repeat(120_000)}${key}\n`,
    'minified line': `{"a":"${'x y'.repeat(500_000)}","k":"${key}"}`,
    notebook: JSON.stringify({ cells: [{ outputs: [{ text: [`${key}\n`] }] }] }),
    reversed: key.split('').reverse().join(''),
    rot13: key.replace(/[A-Za-z]/g, c =>
      String.fromCharCode(
        (c <= 'Z' ? 90 : 122) >= c.charCodeAt(0) + 13 ? c.charCodeAt(0) + 13 : c.charCodeAt(0) - 13,
      ),
    ),
    'tar in gzip': gzipSync(tar('keys.txt', key)),
    zip: zip('keys.txt', key),
    'zip in base64': b64(zip('k', key)),
    'file name in a zip': zip(`${key}.txt`, 'nothing'),
  }
}

export function base32(text: string): string {
  const bits = [...Buffer.from(text)].map(b => b.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

export function tar(name: string, content: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('0000644\0', 100)
  header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0ustar\0', 156)
  header.write(
    `${header
      .reduce((a, b) => a + b, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512)
  body.write(content)
  return Buffer.concat([header, body, Buffer.alloc(1024)])
}

/** A zip of one stored file; `flags` 1 says that it is encrypted. */
export function zip(name: string, content: string, flags = 0): Buffer {
  const data = Buffer.from(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(flags, 6)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt32LE(data.length, 22)
  local.writeUInt16LE(Buffer.byteLength(name), 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(flags, 8)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt32LE(data.length, 24)
  central.writeUInt16LE(Buffer.byteLength(name), 28)
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name)])
}

function png(text: string | Uint8Array): Buffer {
  const chunk = Buffer.concat([Buffer.from('Comment\0'), Buffer.from(text)])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(chunk.length)
  const head = Buffer.from(
    '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde',
    'latin1',
  )
  return Buffer.concat([
    head,
    length,
    Buffer.from('tEXt'),
    chunk,
    Buffer.alloc(4, 0xff),
    Buffer.from('IEND'),
  ])
}
