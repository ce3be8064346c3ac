import type { Finding } from '../text/diagnostic.ts'
import type { MapNode, Scalar } from '../yaml/node.ts'
import { looksEncrypted } from './cipher.ts'
import { fingerprintOf } from './fingerprint.ts'
import { textOf } from './metadata.ts'

/** The member that only a private or symmetric key has, by the type of key (RFC 7518 6.2.2, 6.3.2, 6.4.1; RFC 8037 2). */
const PRIVATE: Readonly<Record<string, string>> = { RSA: 'd', EC: 'd', OKP: 'd', oct: 'k' }

/** At least 128 bits in base64url. */
const MATERIAL = /^[A-Za-z0-9_-]{22,}$/

/** A private key as a JSON Web Key, alone or in a set of them. */
export function* judgeJwk(map: MapNode, field: string): Iterable<Finding> {
  const type = textOf(map.get('kty'))
  const member = Object.hasOwn(PRIVATE, type) ? PRIVATE[type] : undefined
  const value = member === undefined ? undefined : map.get(member)
  if (value?.kind !== 'scalar' || !isMaterial(value)) return
  yield {
    code: 'private-key',
    message: `${type} private key as a JSON Web Key: whoever reads it can use it`,
    at: value,
    field: field === '' ? `${member}` : `${field}.${member}`,
    fingerprint: fingerprintOf('key', value.text),
    help: 'rotate first: make a new key, replace the public half everywhere, and only then delete this one',
  }
}

/** The examples of handbooks repeat one letter. */
function isMaterial({ text }: Scalar): boolean {
  return MATERIAL.test(text) && !looksEncrypted(text) && new Set(text).size > 7
}
