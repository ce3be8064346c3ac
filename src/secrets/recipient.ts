import { createHash } from 'node:crypto'
import { parse, payloadOf } from './bech32.ts'
import { dearmor, type Header, readHeader, type Stanza } from './stanza.ts'

/** What is wrong with the text of an age recipient, undefined where it is one. */
export function recipientProblem(recipient: string): string | undefined {
  if (/age-secret-key-|age-plugin-/i.test(recipient)) return 'is a private key, not a recipient'
  if (/^ssh-(ed25519|rsa) [A-Za-z0-9+/]+=*( .*)?$/.test(recipient)) return undefined
  const parsed = parse(recipient)
  if (parsed === undefined || recipient !== recipient.toLowerCase()) return 'has a wrong checksum'
  if (!parsed.prefix.startsWith('age')) return 'is no age recipient'
  const length = payloadOf(parsed.data)?.length
  const expected = { age: 32, age1pq: 1216, age1tag: 33, age1tagpq: 1249 }[parsed.prefix]
  return expected !== undefined && length !== expected ? 'has a wrong length' : undefined
}

/**
 * What is wrong with the data key that SOPS wrapped for one age recipient: it must be one age file with
 * exactly one stanza of the recipient's kind. A second stanza is a second reader whom nobody named.
 */
export function wrappedKeyProblem(recipient: string, armor: string): string | undefined {
  const bytes = dearmor(armor)
  if (bytes === undefined) return 'is no age file in strict armor'
  const header = readHeader(bytes)
  if (header === undefined) return 'has no header of an age file'
  return stanzaProblem(recipient, header)
}

function stanzaProblem(recipient: string, { stanzas, payload }: Header): string | undefined {
  const real = stanzas.filter(stanza => !stanza.type.endsWith('-grease'))
  const [stanza] = real
  if (stanza === undefined) return 'is encrypted for nobody'
  const isPlugin = kindOf(recipient) === undefined
  if (real.length > 1 && !isPlugin)
    return `is encrypted for ${real.length} recipients, and one is named`
  if (real.some(one => one.type === 'scrypt')) return 'is encrypted with a passphrase'
  if (payload !== 64 && payload !== 65) return 'does not hold a data key of SOPS'
  return isPlugin ? undefined : formProblem(recipient, stanza)
}

const FORMS = {
  age: { type: 'X25519', args: [32], body: 32 },
  age1pq: { type: 'mlkem768x25519', args: [1120], body: 32 },
  age1tag: { type: 'p256tag', args: [4, 65], body: 32 },
  age1tagpq: { type: 'mlkem768p256tag', args: [4, 1153], body: 32 },
  'ssh-ed25519': { type: 'ssh-ed25519', args: [4, 32], body: 32 },
  'ssh-rsa': { type: 'ssh-rsa', args: [4], body: undefined },
} as const

type Kind = keyof typeof FORMS

function kindOf(recipient: string): Kind | undefined {
  const kind = recipient.startsWith('ssh-') ? recipient.split(' ')[0] : parse(recipient)?.prefix
  return kind !== undefined && isKind(kind) ? kind : undefined
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(FORMS, kind)
}

function formProblem(recipient: string, stanza: Stanza): string | undefined {
  const kind = kindOf(recipient)
  if (kind === undefined) return undefined
  const form = FORMS[kind]
  if (stanza.type !== form.type)
    return `is encrypted by ${stanza.type}, and the recipient is of ${form.type}`
  const args = stanza.args.map(arg => Buffer.from(arg, 'base64').length)
  if (args.length !== form.args.length || args.some((n, i) => n !== form.args[i]))
    return 'has a stanza of a wrong form'
  if (form.body !== undefined && stanza.body.length !== form.body)
    return 'has a stanza of a wrong size'
  const tag = sshTag(recipient)
  return tag !== undefined && stanza.args[0] !== tag
    ? 'is encrypted for another key than the one named'
    : undefined
}

/** The first four bytes of the SHA-256 of an SSH key's wire form, as age writes them. */
function sshTag(recipient: string): string | undefined {
  if (!recipient.startsWith('ssh-')) return undefined
  const wire = Buffer.from(recipient.split(' ')[1] ?? '', 'base64')
  const digest = createHash('sha256').update(wire).digest()
  return digest.subarray(0, 4).toString('base64').replace(/=+$/, '')
}
