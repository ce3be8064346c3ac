import { isLiteralCredential } from '../secrets/credential.ts'
import { looksEncrypted } from '../secrets/cipher.ts'
import { namesCredential } from '../secrets/name.ts'
import { judgeText } from '../secrets/text.ts'
import { Source } from '../text/source.ts'
import type { Node, Scalar } from '../yaml/node.ts'
import { isGuessed } from './decrypt.ts'
import { MASKED } from './mask.ts'

/** Characters of a value that are shown. */
const MAX_SHOWN = 120

/**
 * A value in one line, cut where it is long; of a text of several lines the first that is not in `other`.
 * What is or may be a secret is masked: what was encrypted, what is called a credential, what looks like one.
 */
export function showValue(
  node: Node,
  place: { readonly names: readonly string[] },
  other?: Node,
): string {
  const text = show(node, place.names, other?.kind === 'scalar' ? other.text : undefined)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

function show(node: Node, names: readonly string[], other?: string): string {
  if (node.kind === 'scalar') return isSecret(node, names) ? MASKED : showText(node, other)
  if (node.kind === 'list') {
    const items = node.items.slice(0, MAX_SHOWN).map(item => show(item, names))
    return `[${items.join(', ')}]`
  }
  const label = node.get('name')
  const entries = node.keys.slice(0, MAX_SHOWN).map((key, i) => {
    const value = node.values[i]
    const name = key.text === 'value' && label?.kind === 'scalar' ? label.text : key.text
    return `${key.text}: ${value ? show(value, [...names.slice(-3), name]) : ''}`
  })
  return `{${entries.join(', ')}}`
}

function showText({ text, style }: Scalar, other: string | undefined): string {
  if (!text.includes('\n')) return style === 'plain' ? text : JSON.stringify(text)
  const lines = text.split('\n')
  const known = other?.split('\n') ?? []
  const at = Math.max(
    0,
    lines.findIndex((line, i) => line !== known[i]),
  )
  return `line ${at + 1} of ${lines.length}: ${JSON.stringify(lines[at] ?? '')}`
}

function isSecret(leaf: Scalar, names: readonly string[]): boolean {
  const { text, made } = leaf
  if (made?.secret === true || isGuessed(leaf) || looksEncrypted(text)) return true
  const name = names.at(-1) ?? ''
  if (namesCredential(name) && isLiteralCredential(name, text)) return true
  if (/^(?:data|stringData|substitute|secretGenerator)$/.test(names.at(-2) ?? ''))
    if (/secret|passw|token|credential|private|api.?key/i.test(name)) return true
  for (const _ of judgeText(new Source('', text))) return true
  return false
}
