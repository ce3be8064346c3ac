import type { Finding } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import type { Context } from './context.ts'
import type { RawDocument } from './documents.ts'
import { judgeEnvelope } from './envelope.ts'
import { fieldOf } from './leaves.ts'
import { meaningsOf, OBJECT } from './meaning.ts'
import { judgeMap } from './places.ts'
import { isMetadata } from './metadata.ts'
import { isSecret, judgeSecret } from './object.ts'

/** Depth and number of maps that are looked at; the reader of YAML refuses deeper ones. */
const MAX_MAPS = 400_000

const EXAMPLE = /(?:^|\.)examples?(?:$|[.[])/

/** Judges one document: its envelope, its Secrets wherever they are nested, and every place that may hold a secret. */
export function judgeDocument(document: RawDocument, depth = 0, kind = ''): readonly Finding[] {
  const nodes = [document.root]
  const contexts: Context[] = [
    { kind, isEnveloped: false, depth, field: '', key: '', isExample: false, judge: judgeDocument },
  ]
  const found: Finding[] = []
  const isSeen = reminder(document)
  // Said by the envelope already.
  const leaves = new Set<Span>()
  let count = 0
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const context = contexts.pop()
    if (context === undefined || node.kind === 'scalar' || isSeen(node)) continue
    if (++count > MAX_MAPS) break
    if (node.kind === 'list') {
      for (const [i, item] of node.items.entries()) {
        if (item.kind === 'scalar') continue
        nodes.push(item)
        contexts.push({ ...context, field: `${context.field}[${i}]` })
      }
      continue
    }
    const meanings = meaningsOf(node)
    const isObject = (meanings & OBJECT) !== 0
    const here = isObject ? entered(node, context) : context
    const sops = isObject ? node.get('sops') : undefined
    if (isMetadata(sops) && isEnvelopeRoot(node, context))
      for (const one of judgeEnvelope({ ...document, root: node }, sops)) {
        leaves.add(one.at)
        found.push(one)
      }
    const isPlace = (isObject && isSecret(node)) || isItem(context) || isSecretTemplate(context)
    if (isPlace && context.key !== 'properties')
      for (const one of judgeSecret({ ...here, map: node, field: context.field })) {
        if (!leaves.has(one.at)) found.push(one)
      }
    else judgeMap(node, meanings, here, found)
    for (let i = 0; i < node.keys.length; i++) {
      const value = node.values[i]
      if (value === undefined || value.kind === 'scalar' || value === sops) continue
      nodes.push(value)
      contexts.push(below(here, node.keys[i]?.text ?? ''))
    }
  }
  return found
}

/** Remembers nodes, where a document has anchors: without them no node stands in two places. */
function reminder({ source, start, end }: RawDocument): (node: Node) => boolean {
  if (!source.text.slice(start, end).includes('&')) return () => false
  const seen = new Set<Node>()
  return node => seen.has(node) || !seen.add(node)
}

function below(context: Context, key: string): Context {
  const { kind, isEnveloped, depth, judge } = context
  const field = fieldOf(context.field, key)
  const isExample = context.isExample || (key.includes('example') && EXAMPLE.test(field))
  return { kind, isEnveloped, depth, field, key, isExample, judge }
}

function entered(map: MapNode, context: Context): Context {
  const kind = map.get('kind')
  const isObject = kind?.kind === 'scalar' && (map.has('apiVersion') || context.field === '')
  const sops = map.get('sops')
  const enveloped = context.isEnveloped || (isMetadata(sops) && isEnvelopeRoot(map, context))
  return { ...context, kind: isObject ? kind.text : context.kind, isEnveloped: enveloped }
}

/** An item of a SecretList needs no kind of its own. */
function isItem({ kind, field }: Context): boolean {
  return kind === 'SecretList' && /^items\[\d+\]$/.test(field)
}

/** The operator for SopsSecrets makes a Secret of each of these. */
function isSecretTemplate({ kind, field }: Context): boolean {
  return kind === 'SopsSecret' && /^spec\.secretTemplates\[\d+\]$/.test(field)
}

/** SOPS writes its block at the root of a document; Flux decrypts the items of a list one by one. */
function isEnvelopeRoot(map: MapNode, { field }: Context): boolean {
  return field === '' || (map.has('kind') && /^items\[\d+\]$/.test(field))
}
