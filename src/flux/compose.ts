import type { KubeObject } from '../kube/object.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { readEmbedded } from './embed.ts'
import { emptyMap, itemsAt, mapAt, scalarAt, textAt } from './fields.ts'
import type { Lookup } from './lookup.ts'
import { setPath } from './strvals.ts'

export interface Composed {
  readonly values: MapNode
  /** Sources of values whose content cannot be read from here. */
  readonly unknown: readonly string[]
}

/**
 * The values of a release in the order of helm-controller 1.6: `valuesFrom` one by one, then `values`.
 * Maps merge, anything else replaces. Each leaf is the node that set it.
 */
export function composeValues(release: KubeObject, lookup: Lookup): Composed {
  let values = emptyMap(release.root)
  const unknown: string[] = []
  const inline = mapAt(release.root, 'spec', 'values')
  for (const item of itemsAt(release.root, 'spec', 'valuesFrom')) {
    const kind = textAt(item, 'kind')
    const name = textAt(item, 'name')
    const key = textAt(item, 'valuesKey') || 'values.yaml'
    const source = lookup.find('', kind, release.id.namespace, name)?.object
    const text = source && contentOf(source, key)
    if (text === undefined) {
      unknown.push(`${kind} ${release.id.namespace}/${name}, key ${key}`)
      continue
    }
    const target = scalarAt(item, 'targetPath')
    if (target !== undefined) {
      if (inline) values = mergeMaps(values, inline)
      const literal = textAt(item, 'literal') === 'true'
      values = setPath(values, target.text, text.value, text.at, literal)
    } else {
      const root = readEmbedded(text.value, text.at)
      if (root?.kind === 'map') values = mergeMaps(values, root)
    }
  }
  return { values: inline ? mergeMaps(values, inline) : values, unknown }
}

/** A key of a ConfigMap or Secret as text; undefined where it is not there or encrypted. */
function contentOf({ id, root }: KubeObject, key: string): { value: string; at: Node } | undefined {
  const plain = scalarAt(root, id.kind === 'Secret' ? 'stringData' : 'data', key)
  if (plain && !plain.text.startsWith('ENC[')) return { value: plain.text, at: plain }
  const coded = id.kind === 'Secret' ? scalarAt(root, 'data', key) : undefined
  if (coded === undefined || coded.text.startsWith('ENC[')) return undefined
  return { value: Buffer.from(coded.text, 'base64').toString('utf8'), at: coded }
}

export function mergeMaps(base: MapNode, over: MapNode): MapNode {
  let out = base
  for (const [i, key] of over.keys.entries()) {
    const value = over.values[i]
    const old = out.get(key.text)
    if (value === undefined) continue
    out = out.with(key, value.kind === 'map' && old?.kind === 'map' ? mergeMaps(old, value) : value)
  }
  return out
}
