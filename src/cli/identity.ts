import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { MASKED, type Tell } from '../flux/mask.ts'
import { type DataKeys, wrappedKeysIn } from '../secrets/datakeys.ts'
import type { Tree } from '../tree/tree.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** How secret values are shown: not at all, or by an HMAC under `FLUXGATE_MASK_KEY`. */
export function tellSecrets(identity: string | undefined, shell: Shell): Tell {
  if (identity === undefined) return () => MASKED
  const key = shell.env['FLUXGATE_MASK_KEY']
  if (!key)
    throw new UsageError(
      '--identity needs FLUXGATE_MASK_KEY: values are printed as HMAC-SHA256 under it, so choose any secret text',
    )
  return bytes => `hmac-sha256:${createHmac('sha256', key).update(bytes).digest('hex')}`
}

/** The data keys in a tree that the identities in a file (as `age-keygen` writes it) unwrap. */
export async function unwrapKeys(path: string, tree: Tree, shell: Shell): Promise<DataKeys> {
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  const lines = readLines(path, shell)
  for (const line of lines)
    try {
      decrypter.addIdentity(line)
    } catch {
      throw new UsageError(`--identity ${path}: a line is no age identity`)
    }
  if (lines.length === 0) throw new UsageError(`--identity ${path}: holds no age identity`)
  const keys = new Map<string, Uint8Array>()
  for (const wrapped of wrappedKeysIn(tree))
    try {
      keys.set(wrapped, await decrypter.decrypt(Buffer.from(wrapped, 'base64')))
    } catch {
      // Wrapped for somebody else: what it encrypts stays masked.
    }
  return keys
}

function readLines(path: string, shell: Shell): string[] {
  try {
    const text = readFileSync(resolve(shell.cwd, path), 'utf8')
    return text
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '' && !line.startsWith('#'))
  } catch {
    throw new UsageError(`--identity ${path}: cannot be read`)
  }
}
