import type { Level } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { readCipher } from './cipher.ts'
import { recipientProblem, wrappedKeyProblem } from './recipient.ts'
import { compileRe2 } from './regex.ts'
import { DEFAULT_SELECTOR, readSelectors, type Selector, SELECTORS } from './selector.ts'

/** What is wrong, and where. */
export interface Flaw {
  readonly at: Span
  readonly message: string
  readonly level?: Level
}

/** The `sops` block of a document. */
export interface Metadata {
  readonly node: MapNode
  readonly selector: Selector
  /** Age recipients with the node that names each. */
  readonly recipients: ReadonlyMap<string, Node>
  /** Every master key by kind and name: `age:age1…`, `kms:arn…`. */
  readonly keys: ReadonlySet<string>
  readonly flaws: readonly Flaw[]
}

/** Names of the lists of master keys with the field that names a key. */
const PROVIDERS = {
  age: 'recipient',
  pgp: 'fp',
  kms: 'arn',
  gcp_kms: 'resource_id',
  azure_kv: 'name',
  hc_vault: 'key_name',
  hckms: 'key_id',
} as const

/** Reads and judges the metadata of a document (sops 3.13 stores/stores.go) without any key. */
export function readMetadata(node: MapNode): Metadata {
  const flaws: Flaw[] = []
  const recipients = new Map<string, Node>()
  const keys = new Set<string>()
  const selectors = readSelectors(node)
  if (selectors.length > 1)
    flaws.push({ at: node, message: `sets ${selectors.length} selectors, and SOPS takes one` })
  const selector = selectors[0] ?? DEFAULT_SELECTOR
  flaws.push(...selectorFlaws(node, selector), ...stampFlaws(node), ...duplicateFlaws(node))
  for (const group of groupsOf(node))
    for (const [provider, field] of Object.entries(PROVIDERS))
      for (const entry of itemsOf(group.get(provider))) {
        const name = textOf(entry.get(field))
        keys.add(`${provider}:${name}`)
        if (textOf(entry.get('enc')) === '')
          flaws.push({ at: entry, message: `the ${provider} entry has no enc: no data key` })
        else if (provider === 'age') flaws.push(...ageFlaws(entry, name))
        else if (provider === 'pgp') flaws.push(...pgpFlaws(entry))
        if (provider === 'age') recipients.set(name, entry.get('recipient') ?? entry)
      }
  if (keys.size === 0) flaws.push({ at: node, message: 'names no key that can decrypt it' })
  return { node, selector, recipients, keys, flaws }
}

/** Lists at the top win over `key_groups`, as in SOPS. */
function groupsOf(node: MapNode): readonly MapNode[] {
  const hasTop = Object.keys(PROVIDERS).some(name => itemsOf(node.get(name)).length > 0)
  return hasTop ? [node] : itemsOf(node.get('key_groups'))
}

function selectorFlaws(node: MapNode, { name, value }: Selector): Flaw[] {
  if (!name.endsWith('regex') || compileRe2(value) !== undefined) return []
  const at = node.get(name) ?? node
  const effect = name.startsWith('encrypted') ? 'nothing is encrypted' : 'everything is encrypted'
  const message = `${name} is no expression that RE2 compiles, so ${effect}`
  return [{ at, message, level: name.startsWith('encrypted') ? 'error' : 'warning' }]
}

function stampFlaws(node: MapNode): Flaw[] {
  const flaws: Flaw[] = []
  const modified = textOf(node.get('lastmodified'))
  const at = (key: string): Span => node.get(key) ?? node
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(modified))
    flaws.push({ at: at('lastmodified'), message: 'lastmodified is no time of RFC 3339' })
  if (textOf(node.get('version')) === '')
    flaws.push({ at: at('version'), message: 'version is missing' })
  const mac = textOf(node.get('mac'))
  if (mac === '') return [...flaws, { at: at('mac'), message: 'mac is missing' }]
  const cipher = readCipher(mac)
  if (typeof cipher === 'string') flaws.push({ at: at('mac'), message: `mac ${cipher}` })
  else if (cipher.type !== 'str' || cipher.data.length !== 128)
    flaws.push({ at: at('mac'), message: 'mac is not the SHA-512 that SOPS encrypts' })
  return flaws
}

function duplicateFlaws(node: MapNode): Flaw[] {
  const seen = new Set<string>()
  return node.keys.flatMap(key => {
    if (!seen.has(key.text)) return (seen.add(key.text), [])
    return [{ at: key, message: 'the same key stands twice in the metadata' }]
  })
}

function ageFlaws(entry: MapNode, recipient: string): Flaw[] {
  const at = entry.get('recipient') ?? entry
  const problem = recipientProblem(recipient)
  if (problem !== undefined) return [{ at, message: `an age recipient ${problem}` }]
  const enc = entry.get('enc') ?? entry
  const wrong = wrappedKeyProblem(recipient, textOf(enc))
  return wrong === undefined ? [] : [{ at: enc, message: `the data key of a recipient ${wrong}` }]
}

function pgpFlaws(entry: MapNode): Flaw[] {
  const enc = entry.get('enc') ?? entry
  if (textOf(enc).trim().startsWith('-----BEGIN PGP MESSAGE-----')) return []
  return [{ at: enc, message: 'the data key of a PGP key is no PGP message' }]
}

export function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' ? node.text : ''
}

export function itemsOf(node: Node | undefined): readonly MapNode[] {
  return node?.kind === 'list' ? node.items.filter(item => item.kind === 'map') : []
}

/** Whether a map is meant as SOPS's metadata: two of the fields that SOPS always writes. */
export function isMetadata(node: Node | undefined): node is MapNode {
  if (node?.kind !== 'map') return false
  const marks = ['mac', 'lastmodified', 'version', ...Object.keys(PROVIDERS), 'key_groups']
  return [...marks, ...SELECTORS].filter(mark => node.has(mark)).length >= 1
}
