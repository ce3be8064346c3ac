import { createHash } from 'node:crypto'

/** Names a secret of at least 128 bits without revealing it: the start of a SHA-256. */
export function fingerprintOf(kind: string, secret: Uint8Array | string): string {
  return `${kind}:${digest(kind, secret)}`
}

/** Names a guessable secret by where it stands only, so that nobody can try values against it. */
export function fingerprintOfPlace(path: string, object: string, field: string): string {
  return `place:${digest('place', `${path}\0${object}\0${field}`)}`
}

function digest(kind: string, data: Uint8Array | string): string {
  return createHash('sha256').update(`fluxgate ${kind}\0`).update(data).digest('hex').slice(0, 24)
}
