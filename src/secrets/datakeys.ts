import type { Tree } from '../tree/tree.ts'
import type { MapNode } from '../yaml/node.ts'
import { itemsOf, textOf } from './metadata.ts'

/** Data keys of SOPS by the age file that wraps each (`wrappedKey`), as the shell unwrapped them. */
export type DataKeys = ReadonlyMap<string, Uint8Array>

const ARMOR =
  /-----BEGIN AGE ENCRYPTED FILE-----([A-Za-z0-9+/=\s\\|]{1,20000}?)-----END AGE ENCRYPTED FILE-----/g

const MAX_BYTES = 5 * 1024 * 1024

/**
 * The age files in a text, whatever it is written in (YAML, JSON, dotenv, INI): their base64 without
 * line breaks, which is what `DataKeys` knows them by.
 */
export function wrappedKeys(text: string): string[] {
  return [...text.matchAll(ARMOR)].map(([, body = '']) =>
    body.replaceAll('\\n', '').replace(/[^A-Za-z0-9+/=]/g, ''),
  )
}

/** The age files in all files of a tree that SOPS may have written. */
export function wrappedKeysIn(tree: Tree): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { path, kind, size } of tree.entries()) {
    if (kind !== 'file' || size > MAX_BYTES) continue
    const bytes = Buffer.from(tree.read(path))
    if (!bytes.includes('-----BEGIN AGE ENCRYPTED FILE-----')) continue
    for (const key of wrappedKeys(bytes.toString('utf8'))) found.add(key)
  }
  return found
}

/** The key that encrypts the values of a document with this `sops` block; undefined where none is known. */
export function dataKeyOf(sops: MapNode, keys: DataKeys): Uint8Array | undefined {
  for (const entry of itemsOf(sops.get('age')))
    for (const wrapped of wrappedKeys(textOf(entry.get('enc')))) {
      const key = keys.get(wrapped)
      if (key?.length === 32) return key
    }
  return undefined
}
