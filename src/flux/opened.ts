import { type DataKeys, wrappedKeys } from '../secrets/datakeys.ts'
import { decryptText } from '../secrets/decrypt.ts'

/** The one data key of a text that SOPS wrote; undefined where nobody gave an identity for it. */
function keyOf(text: string, keys: DataKeys): Uint8Array | undefined {
  for (const wrapped of wrappedKeys(text)) {
    const key = keys.get(wrapped)
    if (key?.length === 32) return key
  }
  return undefined
}

/**
 * The value of a name in an encrypted environment file, as kustomize reads it after Flux has decrypted it
 * (SOPS 3.13 stores/dotenv: line breaks are written `\n`); undefined where it cannot be known.
 */
export function openVariable(text: string, name: string, keys: DataKeys): Buffer | undefined {
  const key = keyOf(text, keys)
  const line = text.split('\n').find(one => one.startsWith(`${name}=`))
  if (key === undefined || line === undefined) return undefined
  const value = line.slice(name.length + 1)
  if (!value.startsWith('ENC[AES256_GCM,')) return Buffer.from(value)
  const plain = decryptText(value, `${name}:`, key)
  return plain && Buffer.from(plain.toString('utf8').replaceAll('\n', '\\n'))
}

/** What an encrypted file that is neither YAML, JSON, dotenv nor INI holds; undefined where it cannot be known. */
export function openBinary(text: string, keys: DataKeys): Buffer | undefined {
  const key = keyOf(text, keys)
  if (key === undefined) return undefined
  try {
    const raw: unknown = JSON.parse(text)
    const data = typeof raw === 'object' && raw !== null && 'data' in raw ? raw.data : undefined
    return typeof data === 'string' ? decryptText(data, 'data:', key) : undefined
  } catch {
    return undefined
  }
}
