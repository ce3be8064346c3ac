import { createCipheriv, randomBytes } from 'node:crypto'
import { armor, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'

/** A data key made for this run, wrapped for an identity made for this run. */
export interface Seal {
  readonly identity: string
  readonly recipient: string
  readonly key: Uint8Array
  readonly enc: string
}

export async function makeSeal(): Promise<Seal> {
  const identity = await generateIdentity()
  const recipient = await identityToRecipient(identity)
  const key = randomBytes(32)
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return { identity, recipient, key, enc: armor.encode(await encrypter.encrypt(key)) }
}

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain }

/** An object with the given top-level fields encrypted as SOPS does it, as JSON (which is YAML). */
export function sealed(
  object: Readonly<Record<string, Plain>>,
  fields: readonly string[],
  { key, recipient, enc }: Seal,
): string {
  const entries = Object.entries(object).map(([name, value]) => [
    name,
    fields.includes(name) ? sealNode(value, [name], key) : value,
  ])
  const sops = {
    age: [{ recipient, enc }],
    lastmodified: '2026-01-02T03:04:05Z',
    mac: sealText(randomBytes(64).toString('hex'), 'str', '2026-01-02T03:04:05Z', key),
    encrypted_regex: `^(${fields.join('|')})$`,
    version: '3.13.2',
  }
  return JSON.stringify({ ...Object.fromEntries(entries), sops }, null, 2)
}

function sealNode(value: Plain, path: readonly string[], key: Uint8Array): unknown {
  const aad = path.map(part => `${part}:`).join('')
  if (typeof value === 'string') return sealText(value, 'str', aad, key)
  if (typeof value === 'boolean') return sealText(value ? 'True' : 'False', 'bool', aad, key)
  if (typeof value === 'number')
    return sealText(String(value), Number.isInteger(value) ? 'int' : 'float', aad, key)
  if (isList(value)) return value.map(item => sealNode(item, path, key))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, sealNode(one, [...path, name], key)]),
  )
}

function isList(value: object): value is readonly Plain[] {
  return Array.isArray(value)
}

/** One value as SOPS writes it; `aad` is the path of its keys. */
export function sealText(text: string, type: string, aad: string, key: Uint8Array): string {
  const iv = randomBytes(32)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(aad))
  const data = Buffer.concat([cipher.update(text), cipher.final()])
  const [data64, iv64, tag64] = [data, iv, cipher.getAuthTag()].map(one => one.toString('base64'))
  return `ENC[AES256_GCM,data:${data64},iv:${iv64},tag:${tag64},type:${type}]`
}
