import type { MapNode } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value.ts'
import {
  type Bundle,
  isRecord,
  type KindEntry,
  type Raw,
  readList,
  readRecord,
  readText,
} from '../bundle.ts'

/** The kinds that CustomResourceDefinitions define, as a bundle; what is no CRD of `v1` is passed over. */
export function crdBundle(crds: readonly MapNode[], name = 'crds'): Bundle {
  const kinds: KindEntry[] = []
  const types: Record<string, Raw> = {}
  for (const crd of crds) {
    const spec = specOf(crd)
    if (spec === undefined) continue
    for (const version of readList(spec, 'versions').filter(isRecord)) {
      if (version['served'] !== true) continue
      const entry = entryOf(spec, version)
      kinds.push(entry)
      types[entry.type] = readRecord(readRecord(version, 'schema'), 'openAPIV3Schema')
    }
  }
  return { format: 1, name, version: '', complete: false, kinds, types }
}

/** Whether an object is a CRD of the version that servers take. */
export function isCrd(root: MapNode): boolean {
  const [apiVersion, kind] = [root.get('apiVersion'), root.get('kind')]
  return (
    kind?.kind === 'scalar' &&
    kind.text === 'CustomResourceDefinition' &&
    apiVersion?.kind === 'scalar' &&
    apiVersion.text === 'apiextensions.k8s.io/v1'
  )
}

function specOf(crd: MapNode): Raw | undefined {
  if (!isCrd(crd)) return undefined
  const spec = crd.get('spec')
  const value = spec === undefined ? undefined : numbers(valueOf(spec))
  return isRecord(value) ? value : undefined
}

/** Bounds beyond 2^53 lose their last digits. */
function numbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(numbers)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, numbers(one)]))
}

function entryOf(spec: Raw, version: Raw): KindEntry {
  const names = readRecord(spec, 'names')
  const group = readText(spec, 'group')
  const kind = readText(names, 'kind')
  const name = readText(version, 'name')
  return {
    group,
    version: name,
    kind,
    plural: readText(names, 'plural'),
    namespaced: readText(spec, 'scope') !== 'Cluster',
    status: 'status' in readRecord(version, 'subresources'),
    apply: true,
    custom: true,
    type: `${group}/${name}/${kind}`,
  }
}
