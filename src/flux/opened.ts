import { goString } from '../kustomize/hash.ts'
import { type DataKeys, wrappedKeys } from '../secrets/datakeys.ts'
import { decryptDocument, decryptText } from '../secrets/decrypt.ts'
import { Source } from '../text/source.ts'
import type { Node } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { formatOf } from './undecrypted.ts'

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

/** What an encrypted file holds that a generator takes under a name, which tells its format. */
export function openFile(text: string, name: string, keys: DataKeys): Buffer | undefined {
  const format = formatOf(name)
  if (format === 'binary') return openBinary(text, keys)
  return format === 'json' ? openJson(text, keys) : undefined
}

/** What an encrypted file that is neither YAML, JSON, dotenv nor INI holds; undefined where it cannot be known. */
function openBinary(text: string, keys: DataKeys): Buffer | undefined {
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

/** An encrypted JSON file as SOPS writes it decrypted (SOPS 3.13 stores/json); undefined where it cannot be known. */
function openJson(text: string, keys: DataKeys): Buffer | undefined {
  const key = keyOf(text, keys)
  const root = parse(new Source('', text), 'v3').documents[0]?.root
  const sops = root?.kind === 'map' ? root.get('sops') : undefined
  if (key === undefined || root?.kind !== 'map' || sops?.kind !== 'map') return undefined
  const plain = decryptDocument(root, sops, key)
  const json = 'failed' in plain ? undefined : printJson(plain.root, '\n')
  return json === undefined ? undefined : Buffer.from(`${json}\n`)
}

/** JSON in the order of the file, with tabs, as Go marshals and indents it. */
function printJson(node: Node, newline: string): string | undefined {
  if (node.kind === 'scalar') return printLeaf(node)
  const inner = `${newline}\t`
  const parts =
    node.kind === 'list'
      ? node.items.map(item => printJson(item, inner))
      : node.values.map((value, i) => {
          const text = printJson(value, inner)
          return text && `${goString(node.keys[i]?.text ?? '')}: ${text}`
        })
  if (parts.some(part => part === undefined)) return undefined
  const [open, close] = node.kind === 'list' ? '[]' : '{}'
  return parts.length === 0
    ? `${open}${close}`
    : `${open}${inner}${parts.join(`,${inner}`)}${newline}${close}`
}

/** Numbers only where Go and JavaScript are sure to write them alike. */
function printLeaf({ text, style }: Node & { readonly kind: 'scalar' }): string | undefined {
  if (style !== 'plain') return goString(text)
  if (/^(?:null|true|false)$/.test(text)) return text
  return /^-?\d{1,15}$/.test(text) ? String(Number(text)) : undefined
}
