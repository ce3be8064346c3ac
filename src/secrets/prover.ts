import { createPrivateKey, createPublicKey } from 'node:crypto'
import { encode } from './bech32.ts'
import type { Prover } from './scan.ts'

/** PKCS #8 in front of the 32 bytes of an X25519 key, and SPKI in front of a public one. */
const PRIVATE = Buffer.from('302e020100300506032b656e04220420', 'hex')
const PUBLIC_PREFIX = 12

/** Derivations that are made at most: each costs about a tenth of a millisecond. */
export const MAX_TRIES = 4000

/** A prover with a budget: `exhausted` once a candidate was not tried; `tries` so far. */
export type ExhaustibleProver = Prover & { readonly exhausted: boolean; readonly tries: number }

/** Finds identities without their prefix: 32 bytes whose public key is one of the recipients. */
export function createProver(recipients: Iterable<string>): ExhaustibleProver {
  const known = new Set(recipients)
  const tried = new Map<string, string | undefined>()
  let exhausted = false
  return {
    get exhausted() {
      return exhausted
    },
    get tries() {
      return tried.size
    },
    prove(bytes) {
      if (known.size === 0) return undefined
      const id = Buffer.from(bytes).toString('latin1')
      if (tried.has(id)) return tried.get(id)
      if (tried.size >= MAX_TRIES) {
        exhausted = true
        return undefined
      }
      const recipient = recipientOf(bytes)
      const found = known.has(recipient) ? recipient : undefined
      tried.set(id, found)
      return found
    },
  }
}

/** The recipient of an X25519 identity. */
export function recipientOf(bytes: Uint8Array): string {
  const key = createPrivateKey({
    key: Buffer.concat([PRIVATE, bytes]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return encode('age', spki.subarray(PUBLIC_PREFIX))
}
