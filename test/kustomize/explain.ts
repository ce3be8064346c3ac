import { createHash } from 'node:crypto'
import { parseDocument } from 'yaml'
import type { Tree } from '../../src/tree/tree.ts'
import type { MapNode, Node, Scalar } from '../../src/yaml/node.ts'
import { parse } from '../../src/yaml/parse.ts'
import { valueOf } from '../../src/yaml/value.ts'
import { textsAt } from './written.ts'

/** What a leaf may be made of, besides its own place. */
export interface Around {
  readonly tree: Tree
  /** The folder that was built. */
  readonly directory: string
  /** The object that holds the leaf, and all of them. */
  readonly root: MapNode
  readonly roots: readonly MapNode[]
}

/**
 * Whether the place of a leaf explains its value: it stands there, or the transformation that `made`
 * names comes to it again when it is done here a second time.
 */
export function explains(leaf: Scalar, around: Around): boolean {
  if (leaf.source.path === '' || leaf.end > leaf.source.text.length) return false
  const { made } = leaf
  if (made === undefined) return isWritten(leaf)
  return rules[made.by]?.(leaf, around) ?? false
}

type Rule = (leaf: Scalar, around: Around) => boolean

const rules: Readonly<Record<string, Rule>> = {
  annotation: (leaf, around) => isWritten(leaf) || isAsBefore(leaf, around),
  base64: isEncoded,
  generator: (leaf, around) => isGenerated(leaf) || isAsBefore(leaf, around),
  hash: (leaf, around) =>
    leaf.text === `${before(leaf)}-${hashOf(around.root)}` &&
    isAt(leaf, leaf.made?.from) &&
    explainsBefore(leaf, around),
  image: (leaf, around) => isImage(leaf) && explainsBefore(leaf, around),
  json: leaf =>
    textsAt(leaf).some(text => isSameValue(text, leaf.text) || isRefolded(text, leaf.text)),
  label: leaf => isWritten(leaf) || isManagedBy(leaf),
  'name-prefix': (leaf, around) =>
    textsAt(leaf).some(text => leaf.text === text + before(leaf)) && explainsBefore(leaf, around),
  'name-suffix': (leaf, around) =>
    textsAt(leaf).some(text => leaf.text === before(leaf) + text) && explainsBefore(leaf, around),
  'name-reference': (leaf, around) => leaf.made?.copied !== undefined && isCopy(leaf, around),
  namespace: isWritten,
  origin: isOrigin,
  // An operation without a value, or an apiVersion that nobody wrote, brings null.
  patch: leaf =>
    isWritten(leaf) || (/^(?:null)?$/.test(leaf.text) && !textsAt(leaf).join().includes('value:')),
  replacement: isReplaced,
  replicas: leaf =>
    textsAt(leaf).some(text => Number(text) === Number(leaf.text)) ||
    (leaf.text === '0' && !leaf.source.text.slice(leaf.start, leaf.end).includes('count')),
  value: leaf => textsAt(leaf).some(text => leaf.text.includes(text)),
  var: isExpanded,
}

/** A folded text that is printed and read again may gain line breaks. */
function isRefolded(text: string, refolded: string): boolean {
  return text.replace(/\n+/g, '\n') === refolded.replace(/\n+/g, '\n')
}

function isWritten(leaf: Scalar): boolean {
  return textsAt(leaf).includes(leaf.text)
}

function before(leaf: Scalar): string {
  const from = leaf.made?.from
  return from?.kind === 'scalar' ? from.text : ''
}

/** What stood there before has its own story; nothing stood where the transformer made the field. */
function explainsBefore({ made }: Scalar, around: Around): boolean {
  const from = made?.from
  if (from?.kind !== 'scalar') return false
  return (from.text === '' && from.made !== undefined) || explains(from, around)
}

function isAsBefore(leaf: Scalar, around: Around): boolean {
  const { made, text } = leaf
  return before(leaf) === text && isAt(leaf, made?.from) && explainsBefore(leaf, around)
}

/** Whether a leaf is said to stand where another node stands. */
function isAt(leaf: Scalar, node: Node | undefined): boolean {
  return leaf.source === node?.source && leaf.start === node.start && leaf.end === node.end
}

/** Words that a generator brings itself. */
function isGenerated(leaf: Scalar): boolean {
  const isOwn = /^(?:v1|ConfigMap|Secret|ServiceAccount|Opaque|true)$/.test(leaf.text)
  return isWritten(leaf) || (isOwn && isEntry(leaf))
}

/** Whether a place is where an entry of a list, or a file of its own, begins. */
function isEntry({ source, start }: Scalar): boolean {
  const line = source.line(source.position(start).line).slice(0, source.position(start).column - 1)
  return /^[\s-]*$/.test(line) || /[{[]\s*$/.test(line)
}

function isManagedBy(leaf: Scalar): boolean {
  return leaf.text === 'kustomize-v5.8.1' && textsAt(leaf).includes('managedByLabel')
}

function isEncoded(leaf: Scalar, { tree }: Around): boolean {
  const { source, start, end } = leaf
  const lines = leaf.text.trimEnd().split('\n')
  const bytes = Buffer.from(lines.join(''), 'base64')
  if (lines.length > 1 && lines.slice(0, -1).some(line => line.length !== 70)) return false
  if (start === 0 && end === source.text.length)
    return bytes.equals(Buffer.from(tree.read(source.path)))
  return textsAt(leaf).includes(bytes.toString())
}

/** Ten letters and digits out of what the object holds (`name` is always empty). */
function hashOf(root: MapNode): string {
  const isSecret = textOf(root, 'kind') === 'Secret'
  const content: Record<string, unknown> = {
    kind: textOf(root, 'kind'),
    name: '',
    data: fieldOf(root, 'data') ?? '',
  }
  if (isSecret) content['type'] = textOf(root, 'type')
  const more = isSecret ? 'stringData' : 'binaryData'
  if (fieldOf(root, more) !== undefined) content[more] = fieldOf(root, more)
  const hex = createHash('sha256').update(goJson(content)).digest('hex').slice(0, 10)
  return hex
    .split('')
    .map(digit => ({ 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' })[digit] ?? digit)
    .join('')
}

function goJson(content: object): string {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(content, sorted).replace(/[<>&\u2028\u2029]/g, escaped)
}

function fieldOf(root: MapNode, key: string): unknown {
  const node = root.get(key)
  return node && valueOf(node)
}

function textOf(node: Node | undefined, key: string): string {
  const value = node?.kind === 'map' ? node.get(key) : undefined
  return value?.kind === 'scalar' ? value.text : ''
}

/** `name:tag@digest` of what stood there, changed by the entry of `images` that holds the place. */
function isImage(leaf: Scalar): boolean {
  const entry = entryAround(parse(leaf.source, 'v2').documents[0]?.root, leaf)
  const isSaid = textsAt(leaf).some(text => text !== '' && leaf.text.includes(text))
  if (entry === undefined || !isSaid) return false
  const old = /^((?:[^/]*\/)*[^:@]*)(?::([^@]*))?(?:@(.*))?$/.exec(before(leaf)) ?? []
  const name = textOf(entry, 'newName') || (old[1] ?? '')
  const [newTag, newDigest] = [textOf(entry, 'newTag'), textOf(entry, 'digest')]
  const suffix = textOf(entry, 'tagSuffix')
  const isNew = newTag !== '' || newDigest !== ''
  const tag = isNew ? newTag : (old[2] ?? '') + suffix
  const digest = isNew ? newDigest : suffix === '' ? (old[3] ?? '') : ''
  return leaf.text === `${name}${tag && `:${tag}`}${digest && `@${digest}`}`
}

/** The innermost map with a name that holds a place. */
function entryAround(node: Node | undefined, at: Scalar): MapNode | undefined {
  if (node === undefined || node.kind === 'scalar') return undefined
  for (const child of node.kind === 'map' ? node.values : node.items) {
    const found = entryAround(child, at)
    if (found) return found
  }
  const holds = node.kind === 'map' && node.start <= at.start && at.end <= node.end
  return holds &&
    (node.has('newTag') || node.has('newName') || node.has('digest') || node.has('tagSuffix'))
    ? node
    : undefined
}

/** Numbers by their value, the words of YAML 1.1 by their meaning, a date by its time. */
function isSameValue(a: string, b: string): boolean {
  if (a !== '' && Number(a.replaceAll('_', '')) === Number(b)) return true
  if (/^0[0-7]+$/.test(a) && parseInt(a, 8) === Number(b)) return true
  if (a.startsWith('!!binary ')) return Buffer.from(a.slice(9), 'base64').toString() === b
  if (/^(?:y|yes|on|true)$/i.test(a)) return b === 'true'
  if (/^(?:n|no|off|false)$/i.test(a)) return b === 'false'
  if (/^(?:~|null|)$/i.test(a)) return b === 'null'
  // Folded once more, a text breaks its lines elsewhere.
  return (
    a.trim().split(/\s+/).join() === b.trim().split(/\s+/).join() || Date.parse(a) === Date.parse(b)
  )
}

/** The text is a template whose first `$(NAME)` became the value that was copied, others one of the build. */
function isExpanded(leaf: Scalar, { roots }: Around): boolean {
  const all = new Set([before(leaf), ...roots.flatMap(root => textsIn(root))])
  const known = [...all].filter(text => text !== '' && leaf.text.includes(text))
  return textsAt(leaf).some(text => {
    if (isSameValue(before(leaf), leaf.text) && /^\$\([^)]*\)$/.test(text)) return true
    const source = text.split(/(\$\([^)]*\)|\$\$)/).map((part, at) => {
      if (at % 2 === 0) return escape(part)
      return part === '$$' ? '\\$' : `(?:${[...known, part].map(escape).join('|')})`
    })
    return new RegExp(`^${source.join('')}$`, 's').test(leaf.text)
  })
}

function textsIn(node: Node): readonly string[] {
  if (node.kind === 'scalar') return [node.text]
  return (node.kind === 'map' ? node.values : node.items).flatMap(textsIn)
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The same text as the node it was copied from, which has its own story. */
function isCopy(leaf: Scalar, around: Around): boolean {
  const copied = leaf.made?.copied
  if (copied?.kind !== 'scalar' || !isAt(leaf, copied)) return false
  const root = around.roots.find(one => isMetadataOf(one, copied)) ?? around.root
  return copied.text === leaf.text && explains(copied, { ...around, root })
}

function isMetadataOf(root: MapNode, node: Scalar): boolean {
  const metadata = root.get('metadata')
  return metadata?.kind === 'map' && metadata.values.includes(node)
}

function isReplaced(leaf: Scalar, around: Around): boolean {
  const copied = leaf.made?.copied
  if (copied === undefined) return isMadeByPath(leaf) || isPartOf(leaf, around)
  if (!isAt(leaf, copied)) return false
  const value = copied.kind === 'scalar' ? copied.text : ''
  if (leaf.text !== value && !isPartReplaced(before(leaf), leaf.text, value)) return false
  return copied.kind !== 'scalar' || explains(copied, around)
}

/** The field that a path such as `[name=third]` makes. */
function isMadeByPath(leaf: Scalar): boolean {
  return textsAt(leaf).some(path => path.includes(`=${leaf.text}]`))
}

/** One part of a text that a delimiter separates. */
function isPartOf(leaf: Scalar, around: Around): boolean {
  return (
    before(leaf).includes(leaf.text) && isAt(leaf, leaf.made?.from) && explainsBefore(leaf, around)
  )
}

/** One part of a text was exchanged or added, or a value inside a text that is YAML or JSON. */
function isPartReplaced(old: string, now: string, value: string): boolean {
  for (
    let at = value === '' ? -1 : now.indexOf(value);
    at !== -1;
    at = now.indexOf(value, at + 1)
  ) {
    const [head, tail] = [now.slice(0, at), now.slice(at + value.length)]
    if (old.startsWith(head) && old.endsWith(tail)) return true
    if (now.startsWith(old) || now.endsWith(old)) return true
  }
  const [a, b] = [old, now].map(text => parseDocument(text).toJS() as unknown)
  return differences(a, b).every(([, fresh]) => String(fresh).includes(value))
}

function differences(a: unknown, b: unknown): (readonly [unknown, unknown])[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [[a, b]]
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].flatMap(name => differences(Reflect.get(a, name), Reflect.get(b, name)))
}

/** Each path in the annotation leads to a file or folder of the tree. */
function isOrigin(leaf: Scalar, { tree, directory }: Around): boolean {
  const asked = textsAt(leaf)
  if (!asked.includes('originAnnotations') && !asked.includes('transformerAnnotations'))
    return false
  const paths = [...leaf.text.matchAll(/^[- ]*(?:path|configuredIn): "?([^"\n]*)"?$/gm)]
  return paths.every(([, path = '']) => tree.entry(resolve(directory, path)) !== undefined)
}

function resolve(directory: string, path: string): string {
  const parts: string[] = []
  for (const part of `${directory}/${path}`.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return parts.join('/')
}
