import { randomBytes } from 'node:crypto'
import { armor, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'

/** A recipient made for this run, with an age file as SOPS stores the data key in. */
export interface Wrapped {
  readonly identity: string
  readonly recipient: string
  readonly enc: string
}

export async function wrapKey(others: readonly string[] = []): Promise<Wrapped> {
  const identity = await generateIdentity()
  const recipient = await identityToRecipient(identity)
  const encrypter = new Encrypter()
  for (const one of [recipient, ...others]) encrypter.addRecipient(one)
  const enc = armor.encode(await encrypter.encrypt(randomBytes(32))).trimEnd()
  return { identity, recipient, enc }
}

/** An encrypted value of the shape that SOPS writes; nobody can decrypt it. */
export function sealed(length = 12, type = 'str'): string {
  const part = (bytes: number) => randomBytes(bytes).toString('base64')
  return `ENC[AES256_GCM,data:${part(length)},iv:${part(32)},tag:${part(16)},type:${type}]`
}

/** The metadata block of SOPS in YAML. */
export function metadata(
  { recipient, enc }: Wrapped,
  selector = 'encrypted_regex: ^(data|stringData)$',
): string {
  const armored = enc
    .split('\n')
    .map(line => `        ${line}`)
    .join('\n')
  return `sops:
  age:
    - recipient: ${recipient}
      enc: |
${armored}
  lastmodified: "2026-01-02T03:04:05Z"
  mac: ${sealed(128)}
  ${selector}
  version: 3.13.2
`
}
