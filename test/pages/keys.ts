import { generateKeyPairSync } from 'node:crypto'
import { generateIdentity } from 'age-encryption'

const identity = await generateIdentity()
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
const body = String(pem).split('\n')[1] ?? ''

/** Puts keys made for this run where a page has `…` in place of one: no key is ever committed. */
export function fillKeys(text: string): string {
  return text
    .replaceAll('AGE-SECRET-KEY-1…', identity)
    .replace(/(-----BEGIN PRIVATE KEY-----\n)…/g, `$1${body}`)
}
