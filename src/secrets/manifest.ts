import type { Finding } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import type { Context } from './context.ts'
import type { RawDocument } from './documents.ts'
import { judgeEnvelope } from './envelope.ts'
import { judgeMap, namesAny } from './places.ts'
import { isMetadata } from './metadata.ts'
import { isSecret, judgeSecret } from './object.ts'

/** Without one of these a map is no object of its own. */
const OBJECT_KEYS = new Set(['kind', 'sops', 'stringData'])

/** Depth and number of maps that are looked at; the reader of YAML refuses deeper ones. */
const MAX_MAPS = 400_000

/** Judges one document: its envelope, its Secrets wherever they are nested, and every place that may hold a secret. */
export function* judgeDocument(document: RawDocument, depth = 0, kind = ''): Iterable<Finding> {
  const start = { kind, isEnveloped: false, depth, field: '', key: '', judge: judgeDocument }
  const stack: { node: Node; context: Context }[] = [{ node: document.root, context: start }]
  const seen = new Set<Node>()
  // Said by the envelope already.
  const leaves = new Set<Span>()
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, context } = top
    if (node.kind === 'scalar' || seen.has(node)) continue
    seen.add(node)
    if (seen.size > MAX_MAPS) return
    if (node.kind === 'list') {
      node.items.forEach((item, i) => {
        if (item.kind !== 'scalar')
          stack.push({ node: item, context: { ...context, field: `${context.field}[${i}]` } })
      })
      continue
    }
    const isObject = namesAny(node, OBJECT_KEYS)
    const here = isObject ? entered(node, context) : context
    const sops = isObject ? node.get('sops') : undefined
    if (isMetadata(sops) && isEnvelopeRoot(node, context))
      for (const one of judgeEnvelope({ ...document, root: node }, sops)) {
        leaves.add(one.at)
        yield one
      }
    const isPlace = (isObject && isSecret(node)) || isItem(context) || isSecretTemplate(context)
    if (isPlace && context.key !== 'properties')
      for (const one of judgeSecret({ ...here, map: node, field: context.field })) {
        if (!leaves.has(one.at)) yield one
      }
    else yield* judgeMap(node, here)
    node.keys.forEach((key, i) => {
      const value = node.values[i]
      if (value === undefined || value.kind === 'scalar' || value === sops) return
      const field = here.field === '' ? key.text : `${here.field}.${key.text}`
      stack.push({ node: value, context: { ...here, field, key: key.text } })
    })
  }
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
