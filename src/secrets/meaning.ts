import type { MapNode } from '../yaml/node.ts'
import { namesCredential } from './name.ts'

/** A map with such a key may be an object of its own. */
export const OBJECT = 1
/** It may hold generators or replacements. */
export const GENERATOR = 2
/** It may be an operation of JSON 6902. */
export const OPERATION = 4
/** It may be a variable: a name, and a value beside it. */
export const VARIABLE = 8
/** It may be a JSON Web Key. */
export const KEY_TYPE = 16
/** What stands under the key may be a credential because of the key, or of the one above. */
export const CREDENTIAL = 32

const bits: Readonly<Record<string, number>> = {
  kind: OBJECT | GENERATOR,
  sops: OBJECT,
  stringData: OBJECT,
  secretGenerator: GENERATOR,
  configMapGenerator: GENERATOR,
  replacements: GENERATOR,
  targets: GENERATOR,
  op: OPERATION,
  value: VARIABLE,
  kty: KEY_TYPE,
  auth: CREDENTIAL,
}

/** Trees use the same few thousand names again and again. */
const known = new Map<string, number>()
const MAX_KNOWN = 50_000

/** What a key by its text alone may make of the map that has it: any of the numbers above. */
function meaningOf(key: string): number {
  const before = known.get(key)
  if (before !== undefined) return before
  const isNamed = namesCredential(key) || isValueName(key)
  const meaning = (Object.hasOwn(bits, key) ? (bits[key] ?? 0) : 0) | (isNamed ? CREDENTIAL : 0)
  if (known.size < MAX_KNOWN) known.set(key, meaning)
  return meaning
}

/** Names of a value that say nothing: what it is, is said by the key above. */
export function isValueName(name: string): boolean {
  return /^(?:value|plain|literal|plaintext)$/i.test(name)
}

/** What the keys of a map may make of it. */
export function meaningsOf({ keys }: MapNode): number {
  let all = 0
  for (const key of keys) all |= meaningOf(key.text)
  return all
}
