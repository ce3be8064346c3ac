import type { KubeObject } from '../kube/object.ts'
import type { MapNode, Scalar } from '../yaml/node.ts'
import { isGuessed } from './decrypt.ts'
import { readEmbedded } from './embed.ts'
import { emptyMap, itemsAt, mapAt, scalarAt, textAt } from './fields.ts'
import type { Lookup } from './lookup.ts'
import { loosen, mergeLoose, tighten } from './loose.ts'
import { setPath } from './strvals.ts'

export interface Composed {
  readonly values: MapNode
  /** Sources of values whose content cannot be read from here. */
  readonly unknown: readonly string[]
}

/**
 * The values of a release in the order of helm-controller 1.6 (fluxcd/pkg/chartutil 1.27): `valuesFrom` one
 * by one, then `values`. Maps merge, anything else replaces. Each leaf is the node that set it; what comes
 * from a Secret is marked as secret.
 */
export function composeValues(release: KubeObject, lookup: Lookup): Composed {
  const inline = loosen(mapAt(release.root, 'spec', 'values') ?? emptyMap(release.root))
  let values = loosen(emptyMap(release.root))
  const unknown: string[] = []
  for (const item of itemsAt(release.root, 'spec', 'valuesFrom')) {
    const kind = textAt(item, 'kind')
    const name = textAt(item, 'name')
    const key = textAt(item, 'valuesKey') || 'values.yaml'
    const source = lookup.find('', kind, release.id.namespace, name)?.object
    const content = source && contentOf(source, key)
    if (content === undefined) {
      unknown.push(`${kind} ${release.id.namespace}/${name}, key ${key}`)
      continue
    }
    const { value, at } = content
    const secret = kind === 'Secret' || at.made?.secret === true
    const made = { by: 'values-from', from: at, ...(secret ? { secret } : {}) }
    const path = scalarAt(item, 'targetPath')?.text ?? ''
    if (path !== '') {
      values = mergeLoose(values, inline)
      const literal = textAt(item, 'literal') === 'true'
      setPath(values, { path, value, literal, at, made })
    } else {
      const root = readEmbedded(value, at, secret ? made : undefined)
      if (root?.kind === 'map') values = mergeLoose(values, loosen(root))
    }
  }
  return { values: tighten(mergeLoose(values, inline)), unknown }
}

/** A key of a ConfigMap or Secret as text; undefined where it is not there or encrypted. */
function contentOf(
  { id, root }: KubeObject,
  key: string,
): { readonly value: string; readonly at: Scalar } | undefined {
  const isHidden = (one: Scalar) => one.text.startsWith('ENC[') || isGuessed(one)
  const plain = scalarAt(root, id.kind === 'Secret' ? 'stringData' : 'data', key)
  if (plain) return isHidden(plain) ? undefined : { value: plain.text, at: plain }
  const coded = id.kind === 'Secret' ? scalarAt(root, 'data', key) : undefined
  if (coded === undefined || isHidden(coded)) return undefined
  return { value: Buffer.from(coded.text, 'base64').toString('utf8'), at: coded }
}
