// Ways to break an encrypted file so that it keeps its secrets no more, or nobody can decrypt it.
import { encryptText } from './writer.ts'
import type { Dice } from './corpus/dice.ts'

/** A file as sops wrote it. */
export interface Sealed {
  readonly path: string
  readonly text: string
}

/** The broken text; undefined where the file has nothing to break in this way. */
export type Mutation = (file: Sealed, dice: Dice) => string | undefined

const CIPHER = /ENC\[AES256_GCM,[^\]]*\]/g

const isYaml = ({ path }: Sealed) => /\.ya?ml$/.test(path)

/** Offsets of the encrypted values above the metadata, comments aside. */
function leaves({ path, text }: Sealed): { readonly at: number; readonly cipher: string }[] {
  const meta = path.endsWith('.env')
    ? []
    : [...text.matchAll(/^(?:sops:|\t"sops": |\[sops\])/gm)].map(match => match.index)
  return [...text.matchAll(CIPHER)]
    .map(match => ({ at: match.index, cipher: match[0] }))
    .filter(({ at, cipher }) => {
      const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
      if (/^\s*"?(?:sops_)?mac"?\s*[:=]/.test(line) || cipher.includes('type:comment')) return false
      const block = meta.findLast(start => start < at)
      return block === undefined || (isYaml({ path, text }) && /^---$/m.test(text.slice(block, at)))
    })
}

const nameAt = (text: string, at: number) => text.slice(text.lastIndexOf('\n', at) + 1, at)

const replaceLeaf =
  (make: (cipher: string, dice: Dice, file: Sealed) => string): Mutation =>
  (file, dice) => {
    const all = leaves(file)
    if (all.length === 0) return undefined
    const { at, cipher } = dice.pick(all)
    const put = make(cipher, dice, file)
    return put === cipher
      ? undefined
      : file.text.slice(0, at) + put + file.text.slice(at + cipher.length)
  }

const part = (name: string, make: (bytes: Buffer, dice: Dice) => string) =>
  replaceLeaf((cipher, dice) =>
    cipher.replace(
      new RegExp(`${name}:([^,]*)`),
      (_, value: string) => `${name}:${make(Buffer.from(value, 'base64'), dice)}`,
    ),
  )

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const line =
  (pattern: RegExp, put: string | ((dice: Dice) => string)): Mutation =>
  ({ text }, dice) => {
    const out = text.replace(pattern, typeof put === 'string' ? put : put(dice))
    return out === text ? undefined : out
  }

const yamlOnly =
  (mutation: Mutation): Mutation =>
  (file, dice) =>
    isYaml(file) ? mutation(file, dice) : undefined

export const mutations: Readonly<Record<string, Mutation>> = {
  'a word for a leaf': replaceLeaf((_, dice) => dice.word()),
  'a password for a leaf': replaceLeaf((_, dice) => dice.password().replaceAll(/[!: ]/g, '.')),
  'a number for a leaf': yamlOnly(
    replaceLeaf((_, dice) => dice.pick(['739142', '0', '3.5', 'true', 'no', '2026-01-01', '0x10'])),
  ),
  'base64 for a leaf': replaceLeaf((_, dice) => base64(Buffer.from(dice.password()))),
  'a quoted leaf': yamlOnly(replaceLeaf((_, dice) => `"${dice.password()}"`)),
  'a block for a leaf': yamlOnly((file, dice) => {
    const out = file.text.replace(
      /^( +)([\w.-]+): ENC\[(?![^\]]*comment)[^\]]*\]$/m,
      (_, indent: string, key: string) => `${indent}${key}: |\n${indent}    ${dice.word()}`,
    )
    return out === file.text ? undefined : out
  }),
  'a map for a leaf': yamlOnly(replaceLeaf((_, dice) => `{ inner: ${dice.word()} }`)),
  'a tail': replaceLeaf((cipher, dice) => cipher + dice.pick(['x', ' y', '.', ']', ' hunter2'])),
  'a head': replaceLeaf((cipher, dice) => dice.pick(['x', '_', 'key=']) + cipher),
  'no bracket': replaceLeaf(cipher => cipher.slice(0, -1)),
  'lower case mark': replaceLeaf(cipher => cipher.replace('ENC[', 'enc[')),
  'text as data': part('data', (_, dice) =>
    base64(Buffer.from(`${dice.word()} ${dice.word()} ${dice.word()}`)),
  ),
  'no data': part('data', () => ''),
  'a short iv': part('iv', bytes => base64(bytes.subarray(0, 12))),
  'a long tag': part('tag', bytes => base64(Buffer.concat([bytes, bytes]))),
  'an iv of zeros': part('iv', () => base64(Buffer.alloc(32))),
  'loose base64': part('iv', bytes => base64(bytes).replace(/=$/, '')),
  'parts in another order': replaceLeaf(cipher =>
    cipher.replace(/(data:[^,]*),(iv:[^,]*)/, '$2,$1'),
  ),
  'iv and tag exchanged': replaceLeaf(cipher =>
    cipher.replace(/iv:([^,]*),tag:([^,]*)/, 'iv:$2,tag:$1'),
  ),
  'an unknown type': replaceLeaf(cipher => cipher.replace(/type:\w+/, 'type:plain')),
  'a leaf twice': (file, dice) => {
    const all = leaves(file)
    const [from, to] = [dice.pick(all.concat(all)), dice.pick(all.concat(all))]
    if (all.length < 2 || from.cipher === to.cipher) return undefined
    // In another document the same path opens it: no harm is done.
    if (nameAt(file.text, from.at) === nameAt(file.text, to.at)) return undefined
    return file.text.slice(0, to.at) + from.cipher + file.text.slice(to.at + to.cipher.length)
  },
  'no metadata': ({ path, text }) => {
    if (path.endsWith('.env')) return text.replaceAll(/^sops_.*\n?/gm, '')
    if (path.endsWith('.ini')) return text.slice(0, text.indexOf('[sops]'))
    if (path.endsWith('.json') || path.endsWith('.bin'))
      return text.replace(/,\s*"sops": \{[^]*\}\s*\}\s*$/, '\n}\n')
    return text.replaceAll(/^sops:\n(?: .*\n?)*/gm, '')
  },
  'no mac': line(/^\s*"?(?:sops_)?mac"?\s*[:=].*\n/m, ''),
  'an empty mac': line(/^(\s*"?(?:sops_)?mac"?\s*[:=]\s*"?)ENC[^\]]*\]/m, '$1'),
  'a short mac': yamlOnly(line(/^(    mac: ENC\[AES256_GCM,data:)[^,]*/m, '$1aGVsbG8=')),
  'no time': line(/^\s*"?(?:sops_)?lastmodified"?\s*[:=].*\n/m, ''),
  'no version': yamlOnly(line(/^ {4}version: .*\n?/m, '')),
  'a selector that hits nothing': yamlOnly(
    line(/^ {4}(?:un)?encrypted_(?:regex|suffix): .*$/m, dice =>
      dice.pick([
        '    encrypted_regex: ^(nothing)$',
        '    encrypted_suffix: _nothing',
        '    unencrypted_regex: .*',
        '    encrypted_regex: (?=data)',
        "    unencrypted_suffix: ''\n    encrypted_regex: ^( data| stringData)$",
      ]),
    ),
  ),
  'no stanza': yamlOnly(line(/^( +enc: )\|\n(?: +[-A-Za-z0-9+/= ]+\n)+/m, '$1""\n')),
  'the data key itself': yamlOnly(
    line(
      /^( +enc: )\|\n(?: +[-A-Za-z0-9+/= ]+\n)+/m,
      dice => `$1${base64(Buffer.from(dice.token(32)))}\n`,
    ),
  ),
  'no recipients': yamlOnly(line(/^ {4}age:\n(?: {8}.*\n)+/m, '')),
  'a broken recipient': yamlOnly(line(/recipient: age1\w{4}/, 'recipient: age1qqqq')),
  'a new leaf': yamlOnly(
    line(/^((?:string)?[dD]ata|auth|db):\n/m, dice => `$1:\n    extra: ${dice.word()}\n`),
  ),
  'a comment': yamlOnly(
    line(/^((?:string)?[dD]ata|auth|db):\n/m, dice => `$1:\n    # ${dice.password()}\n`),
  ),
  'another document': yamlOnly(
    ({ text }, dice) =>
      `${text}---\napiVersion: v1\nkind: Secret\nmetadata:\n    name: b\nstringData:\n    a: ${dice.word()}\n`,
  ),
  'another document in front': yamlOnly(
    ({ text }, dice) => `kind: Secret\nstringData:\n    a: ${dice.word()}\n---\n${text}`,
  ),
  'ciphertext of nobody where nothing is encrypted': yamlOnly(
    line(
      /^( +name: )(?!ENC).*$/m,
      dice => `$1${encryptText(dice.word(), 'x', Buffer.alloc(32, 7), 'str')}`,
    ),
  ),
  'text behind the end': file =>
    file.path.endsWith('.json') ? `${file.text}password: swordfish\n` : undefined,
  'a line more': (file, dice) =>
    file.path.endsWith('.env') ? `${file.text}TOKEN=${dice.word()}\n` : undefined,
}
