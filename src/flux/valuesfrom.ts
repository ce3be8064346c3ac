import { formatId, type KubeObject } from '../kube/object.ts'
import type { Config } from '../tree/config.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { Source } from '../text/source.ts'
import { isGuessed } from './decrypt.ts'
import { isTrue, itemsAt, mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { namespaceName } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import { nearest } from './nearest.ts'
import { releasesOf } from './releases.ts'
import type { Skipped } from './model.ts'

export interface ValuesFindings {
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skipped[]
}

/** Objects and keys that releases take values from, against what the repository renders. */
export function checkValuesFrom(lookup: Lookup, config: Config): ValuesFindings {
  const findings: Finding[] = []
  const skipped: Skipped[] = []
  for (const release of releasesOf(lookup))
    for (const item of itemsAt(release.root, 'spec', 'valuesFrom')) {
      const found = judgeItem(release, item, lookup, config)
      if (found === undefined) continue
      findings.push(found)
      if (found.code === 'unknown-values')
        skipped.push({ what: found.message, why: found.help ?? '' })
    }
  return { findings, skipped }
}

function judgeItem(
  release: KubeObject,
  item: Node,
  lookup: Lookup,
  config: Config,
): Finding | undefined {
  const kind = textAt(item, 'kind')
  const name = scalarAt(item, 'name')
  if (name === undefined || isTrue(nodeAt(item, 'optional'))) return undefined
  const { namespace } = release.id
  const about = { object: formatId(release.id), field: 'spec.valuesFrom' }
  const source = lookup.find('', kind, namespace, name.text)?.object
  if (source !== undefined) return missingKey(item, source, name, about)
  const isSaid = config.values.some(
    one =>
      one.kind === kind &&
      one.name === name.text &&
      (one.namespace === undefined || one.namespace === namespace),
  )
  if (isSaid || lookup.makerOf(kind, namespace, name.text)) return undefined
  if (lookup.has('', kind, namespace, name.text)) return undefined
  const generated = likely(lookup, kind, namespace, name.text)
  if (generated !== undefined)
    return {
      code: 'missing-values',
      message: `could not find ${kind} '${namespace}/${name.text}'`,
      at: name,
      help: generated,
      ...about,
    }
  return {
    code: 'unknown-values',
    message: `${kind} ${namespace}/${name.text}: nothing in the repository makes it, so it must be in the cluster already`,
    at: name,
    help: `tell fluxgate: values: [{ kind: ${kind}, namespace: ${namespace}, name: ${name.text}, opaque: true }]`,
    ...about,
  }
}

function missingKey(
  item: Node,
  source: KubeObject,
  name: Node,
  about: Pick<Finding, 'object' | 'field'>,
): Finding | undefined {
  const at = scalarAt(item, 'valuesKey')
  const key = at?.text ?? 'values.yaml'
  const keys = ['data', 'stringData', 'binaryData'].flatMap(field =>
    (mapAt(source.root, field)?.keys ?? []).map(one => one.text),
  )
  if (keys.includes(key)) return unreadable(item, source, key, at ?? name, about)
  const held = keys.length === 0 ? 'nothing' : keys.join(', ')
  return {
    code: 'missing-values',
    message: `missing key '${key}' in ${source.id.kind} '${namespaceName(source.id)}', which holds ${held}`,
    at: at ?? name,
    ...about,
  }
}

/** Values are one YAML map; with a `targetPath` they are any text. */
function unreadable(
  item: Node,
  source: KubeObject,
  key: string,
  at: Node,
  about: Pick<Finding, 'object' | 'field'>,
): Finding | undefined {
  const text = scalarAt(source.root, source.id.kind === 'Secret' ? 'stringData' : 'data', key)
  if (text === undefined || scalarAt(item, 'targetPath') || isGuessed(text)) return undefined
  const { documents, problem } = parse(new Source('', text.text), 'v2')
  const root = documents[0]?.root
  const isMap = root === undefined || root.kind === 'map' || /^(|~|null)$/i.test(textOf(root))
  if (isMap && (documents.length > 0 || problem === undefined)) return undefined
  const why = problem && documents.length === 0 ? problem.message : 'it holds no map'
  const { kind } = source.id
  return {
    code: 'missing-values',
    message: `could not resolve ${kind} chart values reference '${namespaceName(source.id)}' with key '${key}': ${why}`,
    at,
    related: [{ span: text, text: 'the values' }],
    ...about,
  }
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? node.text : ' '
}

/** What the name was meant to be: an object of another namespace, one with a hash, one spelled nearly so. */
function likely(lookup: Lookup, kind: string, namespace: string, name: string): string | undefined {
  const all = [...lookup.all()]
    .map(one => one.object.id)
    .filter(id => id.group === '' && id.kind === kind)
  const here = all.filter(id => id.namespace === namespace).map(id => id.name)
  const hashed = here.find(
    one => one.startsWith(`${name}-`) && /^[a-z0-9]{10}$/.test(one.slice(name.length + 1)),
  )
  if (hashed !== undefined)
    return `it is generated as ${hashed}: set disableNameSuffixHash: true, or add a nameReference for HelmRelease to the kustomization's configurations`
  const elsewhere = all.find(id => id.name === name)
  if (elsewhere)
    return `there is one in namespace ${elsewhere.namespace}; values are taken from the release's own`
  const close = nearest(name, here)
  return close && `did you mean ${close}?`
}
