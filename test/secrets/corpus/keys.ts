// Thirty-five ways to carry an age key past a reader.
import { createCipheriv, generateKeyPairSync, randomBytes } from 'node:crypto'
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { b64, type Family, type World } from './world.ts'

const split = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? []

const hex = (text: string) => Buffer.from(text).toString('hex')

const base32 = (text: string, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567') => {
  let [out, bits, held] = ['', 0, 0]
  for (const byte of Buffer.from(text)) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(held >> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  if (bits > 0) out += alphabet[(held << (5 - bits)) & 31]
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=')
}

/** A zip with one packed entry, sizes behind the data, as streams write it. */
function zip(name: string, text: string): Buffer {
  const data = deflateRawSync(text)
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(data.length, 4)
  sizes.writeUInt32LE(text.length, 8)
  const local = Buffer.alloc(30)
  local.write('PK\u0003\u0004', 'latin1')
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 6)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.write('PK\u0001\u0002', 'latin1')
  central.writeUInt16LE(8, 8)
  central.writeUInt16LE(8, 10)
  sizes.copy(central, 16, 0)
  central.writeUInt16LE(name.length, 28)
  const start = 30 + name.length + data.length + 16
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(start, 16)
  const descriptor = Buffer.concat([Buffer.from('PK\u0007\u0008', 'latin1'), sizes])
  return Buffer.concat([
    local,
    Buffer.from(name),
    data,
    descriptor,
    central,
    Buffer.from(name),
    end,
  ])
}

function tar(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const head = Buffer.alloc(512)
    head.write(name)
    head.write('0000600\x000000000\x000000000\x00', 100)
    head.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124)
    head.write('14000000000\x00        0', 136)
    head.write('ustar  \x00', 257)
    const sum = head.reduce((a, b) => a + b, 0)
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512)
    body.write(text)
    return [head, body]
  })
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

const noise = (length: number) => randomBytes(length).map(byte => byte | 0x80)

const one = (path: string, make: (key: string, w: World) => string | Uint8Array) => (w: World) => ({
  [path]: make(w.identity, w),
})

const bech = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** The 32 bytes behind an identity. */
function secretBytes(identity: string): Buffer {
  const five = identity
    .toLowerCase()
    .slice('age-secret-key-1'.length, -6)
    .split('')
    .map(c => bech.indexOf(c))
  const bits = five.map(n => n.toString(2).padStart(5, '0')).join('')
  return Buffer.from(
    split(bits, 8)
      .slice(0, 32)
      .map(byte => Number.parseInt(byte, 2)),
  )
}

const known = (w: World) => ({
  '.sops.yaml': `creation_rules:\n  - path_regex: x\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: ${w.to.ages[0]?.recipient}\n`,
})

export const keys: readonly Family[] = [
  {
    id: 'E01',
    what: 'a file of keys',
    make: one(
      'ops/keys.txt',
      k => `# created: 2026-01-01T00:00:00Z\n# public key: age1x\n${k}\r\n`,
    ),
  },
  { id: 'E02', what: 'a comment', make: one('apps/a.yaml', k => `a:\n  b: 1 #${k}!\n`) },
  { id: 'E03', what: 'base64', make: one('apps/b.yaml', k => `blob: "${b64(`${k}\n`)}"\n`) },
  {
    id: 'E04',
    what: 'base64 thrice',
    make: one('apps/c.json', k => `{"v":"${b64(b64(b64(k)))}"}`),
  },
  {
    id: 'E05',
    what: 'base64 at an offset, wrapped',
    make: one(
      'docs/mail.txt',
      (k, w) =>
        `Hi,\n\n${split(b64(`${'x'.repeat(1 + w.dice.number(5))} ${k} and more`), 30)
          .map(l => `> ${l}`)
          .join('\n')}\n`,
    ),
  },
  {
    id: 'E06',
    what: 'hex',
    make: one('a.hex', (k, w) =>
      w.dice.pick([
        `0x${hex(k)}`,
        `:${split(hex(k), 2).join(':')}\n`,
        `X'${hex(k).toUpperCase()}'`,
      ]),
    ),
  },
  {
    id: 'E06b',
    what: 'a hex dump',
    make: one('dump.txt', k =>
      split(k, 16)
        .map(
          (l, i) =>
            `${(i * 16).toString(16).padStart(8, '0')}: ${split(hex(l), 4).join(' ').padEnd(39)}  ${l}`,
        )
        .join('\n'),
    ),
  },
  {
    id: 'E06u',
    what: 'base32',
    make: one('b.txt', (k, w) =>
      w.dice.pick([
        base32(k),
        base32(k).toLowerCase(),
        base32(`..${k}`).replaceAll('=', ''),
        split(base32(k), 24).join('\n'),
      ]),
    ),
  },
  { id: 'E07', what: 'gzip', make: one('old.bin', k => gzipSync(`junk\n${k}\n`)) },
  {
    id: 'E08',
    what: 'base64 of gzip',
    make: one(
      'cm.yaml',
      k => `release: ${b64(b64(gzipSync(JSON.stringify({ manifest: `a: ${k}` }))))}\n`,
    ),
  },
  { id: 'E09', what: 'zip', make: one('a.jar', k => zip('META-INF/x.properties', `k=${k}\n`)) },
  {
    id: 'E09b',
    what: 'tar.gz',
    make: one('backup.tgz', k => gzipSync(tar({ 'a/readme': 'no\n', 'a/b/keys.txt': `${k}\n` }))),
  },
  {
    id: 'E09c',
    what: 'a zip in a tar',
    make: one('b.tar', k => tar({ x: 'y', 'z.b64': b64(zip('q', k)) })),
  },
  {
    id: 'E09d',
    what: 'zstd',
    make: one('c.zst', k => zstdCompressSync(Buffer.from(`${'pad '.repeat(50)}${k}`))),
  },
  {
    id: 'E10',
    what: 'folded',
    make: one(
      'f.yaml',
      k =>
        `v: >-\n${split(k, 23)
          .map(l => `    ${l}`)
          .join('\n')}\n`,
    ),
  },
  {
    id: 'E10b',
    what: 'a continued line',
    make: one('run.sh', k => `export K=${k.slice(0, 33)}\\\n${k.slice(33)}\n`),
  },
  {
    id: 'E11',
    what: 'concatenated',
    make: one(
      'main.go',
      (k, w) =>
        `var key = ${split(k, 11 + w.dice.number(9))
          .map(s => `"${s}"`)
          .join(w.dice.pick([' +\n\t', ' + ', '"" ', '\n  ']))}\n`,
    ),
  },
  {
    id: 'E11b',
    what: 'a list to join',
    make: one(
      'k.py',
      k =>
        `KEY = "".join([${split(k, 9)
          .map(s => `'${s}'`)
          .join(', ')}])\n`,
    ),
  },
  {
    id: 'E12',
    what: 'mixed case',
    make: one('l.txt', k =>
      k
        .split('')
        .map((c, i) => (i % 2 === 0 ? c.toLowerCase() : c))
        .join(''),
    ),
  },
  { id: 'E13', what: 'blanks', make: one('paper.txt', k => split(k, 6).join('  ')) },
  {
    id: 'E13b',
    what: 'dots and dashes between groups',
    make: one('paper2.txt', (k, w) => split(k, 10).join(w.dice.pick(['_', '.', ' - ', '|', ',']))),
  },
  {
    id: 'E16',
    what: 'UTF-16 without a mark',
    make: one('u.reg', (k, w) => {
      const le = Buffer.from(`[HK]\r\n"k"="${k}"\r\n`, 'utf16le')
      return w.dice.number(2) === 0 ? le : le.swap16()
    }),
  },
  {
    id: 'E17',
    what: 'in a binary',
    make: one('prog', k =>
      Buffer.concat([noise(700), Buffer.from([0]), Buffer.from(k), Buffer.from([0]), noise(300)]),
    ),
  },
  {
    id: 'E18',
    what: 'percent signs',
    make: one('q.url', (k, w) =>
      w.dice.pick([
        `https://x.example/?k=${split(hex(k), 2)
          .map(h => `%${h.toUpperCase()}`)
          .join('')}`,
        `a=${k.replaceAll('-', '%252D')}`,
        `a=${k.replaceAll(/[AEIOUY]/g, c => `%${c.charCodeAt(0).toString(16)}`)}`,
      ]),
    ),
  },
  {
    id: 'E19',
    what: 'escapes',
    make: one(
      'e.js',
      (k, w) =>
        `const k = "${k
          .split('')
          .map(c => w.dice.pick([`\\u00${hex(c)}`, `\\x${hex(c)}`, `\\u{${hex(c)}}`, c]))
          .join('')}"`,
    ),
  },
  {
    id: 'E19b',
    what: 'octal and HTML',
    make: one('h.html', (k, w) =>
      w.dice.pick([
        `<p>${k
          .split('')
          .map(c => `&#${c.charCodeAt(0)};`)
          .join('')}</p>`,
        `<p>${k.replaceAll('-', '&#x2d;').replaceAll('A', '&#65;')}</p>`,
        `printf '${k
          .split('')
          .map(c => `\\${c.charCodeAt(0).toString(8)}`)
          .join('')}'`,
        `<p>${k.replaceAll('-', '&hyphen;')}</p>`,
      ]),
    ),
  },
  {
    id: 'E21',
    what: 'the bytes as hex',
    make: w => ({ ...known(w), 'a/raw.txt': `id = ${secretBytes(w.identity).toString('hex')}\n` }),
  },
  {
    id: 'E21b',
    what: 'the bytes as base64',
    make: w => ({
      ...known(w),
      'a/raw.json': JSON.stringify({
        x:
          w.dice.pick(['base64', 'base64url'] as const) === 'base64'
            ? b64(secretBytes(w.identity))
            : secretBytes(w.identity).toString('base64url'),
      }),
    }),
  },
  {
    id: 'E21c',
    what: 'the bytes among other lines of hex',
    make: w => ({
      ...known(w),
      'a/seeds.txt': `${[randomBytes(32), secretBytes(w.identity), randomBytes(32), randomBytes(32)].map(b => b.toString('hex')).join('\n')}\n`,
    }),
  },
  {
    id: 'E21d',
    what: 'the bytes without the prefix',
    make: w => ({
      ...known(w),
      'a/note.md': `suffix: ${w.identity.slice('AGE-SECRET-KEY-1'.length)}\n`,
    }),
  },
  {
    id: 'E22',
    what: 'OpenSSH',
    make: w => ({
      'id_ed25519.txt': `-----BEGIN OPENSSH PRIVATE KEY-----\n${split(b64(Buffer.concat([Buffer.from('openssh-key-v1\0'), Buffer.from('0000000400000004'.repeat(1), 'hex'), randomBytes(180)])), 70).join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
      x: w.dice.word(),
    }),
  },
  {
    id: 'E23',
    what: 'PKCS8, SEC1',
    make: w => ({
      'tls.pem': w.dice
        .pick([
          generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
            type: 'sec1',
            format: 'pem',
          }),
          generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
        ])
        .toString(),
    }),
  },
  {
    id: 'E24',
    what: 'a PEM in one line',
    make: w => ({
      'sa.yaml': `key: "${generateKeyPairSync('ed25519')
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString()
        .replaceAll('\n', w.dice.pick(['\\n', '\\r\\n', ' ']))}"\n`,
    }),
  },
  {
    id: 'E38',
    what: 'the end of a large file',
    make: one('big.log', k => `${'2026-01-01 INFO served\n'.repeat(140_000)}${k}`),
  },
  {
    id: 'E39',
    what: 'PDF stream',
    make: one('doc.pdf', k =>
      Buffer.concat([
        Buffer.from('%PDF-1.4\n1 0 obj <</Filter /FlateDecode /Length 99>>\nstream\n'),
        deflateSync(`BT (${k}) Tj ET`),
        Buffer.from('\nendstream\nendobj\n%%EOF\n'),
      ]),
    ),
  },
  {
    id: 'E44',
    what: 'inline permission',
    make: one(
      'w.yaml',
      (k, w) =>
        `a: ${k} # ${w.dice.pick(['gitleaks:allow', 'pragma: allowlist secret', 'fluxgate: ignore[age-identity] test', 'nosec', 'noqa'])}\n`,
    ),
  },
  {
    id: 'E45',
    what: 'invisible characters',
    make: one('i.md', (k, w) =>
      split(k, 5).join(
        w.dice.pick(['\u200b', '\u2060', '\u00ad', '\u200d', '\ufeff', '\u180e', '\u034f']),
      ),
    ),
  },
  {
    id: 'E45b',
    what: 'look-alikes',
    make: one('i2.md', (k, w) =>
      k.replaceAll(
        w.dice.pick(['A', 'E', 'K', 'S']),
        c => ({ A: '\u0391', E: '\u0415', K: '\u212a', S: '\u0405' })[c] ?? c,
      ),
    ),
  },
  {
    id: 'E45c',
    what: 'other dashes',
    make: one('i3.md', (k, w) =>
      k.replaceAll('-', w.dice.pick(['\u2010', '\u2011', '\u2013', '\u2212', '\u2014', ' ', '_'])),
    ),
  },
  {
    id: 'E47',
    what: 'a notebook',
    make: one('n.ipynb', k =>
      JSON.stringify(
        { cells: [{ outputs: [{ data: { 'text/plain': [k.slice(0, 40), k.slice(40)] } }] }] },
        undefined,
        1,
      ),
    ),
  },
  {
    id: 'E48',
    what: 'a patch file',
    make: one(
      '0001.patch',
      k =>
        `--- a\n+++ b\n@@ -0,0 +1,3 @@\n${split(k, 25)
          .map(l => `+${l}`)
          .join('\n')}\n`,
    ),
  },
  {
    id: 'E50',
    what: 'vendored and locked',
    make: w => ({
      [w.dice.pick([
        'node_modules/a/package-lock.json',
        'vendor/x/go.sum',
        'yarn.lock',
        'a/img.png',
        'x.svg',
      ])]: `h1: ${w.identity}\n`,
    }),
  },
  {
    id: 'E52j',
    what: 'a JSON Web Key',
    make: w => {
      const key = w.dice
        .pick([
          generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
          generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
          generateKeyPairSync('ed25519').privateKey,
        ])
        .export({ format: 'jwk' })
      const kept = w.dice.pick([key, { keys: [{ ...key, use: 'sig' }] }])
      return w.dice.pick([
        { 'jwks.json': JSON.stringify(kept) },
        { 'config.yaml': `signing:\n  jwk: '${JSON.stringify(kept)}'\n` },
      ])
    },
  },
  { id: 'E51', what: 'a file name', make: w => ({ [`notes/${w.identity}.txt`]: 'nothing\n' }) },
  {
    id: 'E52',
    what: 'a certificate store behind a password',
    make: w => ({
      'k.pem': generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({
          type: 'pkcs8',
          format: 'pem',
          cipher: 'aes-256-cbc',
          passphrase: w.dice.word(),
        })
        .toString(),
    }),
  },
]

/** Ciphertext that is nothing else. */
export const random = (length: number): Buffer => {
  const cipher = createCipheriv('aes-256-ctr', randomBytes(32), randomBytes(16))
  return cipher.update(Buffer.alloc(length))
}
