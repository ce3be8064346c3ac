import { formatId, type KubeObject } from '../kube/object.ts'
import { labelValue, qualifiedName } from '../kube/rules/format.ts'
import type { Finding } from '../text/diagnostic.ts'
import { itemsAt, mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { isKustomization, isRelease } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { FluxKustomization } from './model.ts'
import type { Scalar } from '../yaml/node.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }

/** A duration as Go writes it, in seconds; undefined where it is none. */
export function seconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined
  let sum = 0
  for (const [, number = '0', unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    sum += Number(number) * (UNITS[unit] ?? 1)
  return sum
}

/** Names and times that the schema accepts and Flux or Kubernetes does not make sense of. */
export function* checkLimits(lookup: Lookup): Iterable<Finding> {
  const seen = new Set<KubeObject>()
  for (const { object } of lookup.all()) {
    if (seen.has(object) || !(isKustomization(object) || isRelease(object))) continue
    seen.add(object)
    yield* longName(object)
    yield* shortInterval(object)
  }
}

function* longName(object: KubeObject): Iterable<Finding> {
  const name = scalarAt(object.root, 'metadata', 'name')
  if (name === undefined || name.text.length <= 63) return
  yield {
    code: 'long-name',
    message: `the name has ${name.text.length} characters, and Flux writes it into a label of every object, which takes 63`,
    at: name,
    object: formatId(object.id),
    field: 'metadata.name',
  }
}

function* shortInterval(object: KubeObject): Iterable<Finding> {
  const interval = scalarAt(object.root, 'spec', 'interval')
  const length = interval && seconds(interval.text)
  if (interval === undefined || length === undefined || length >= 60) return
  yield {
    code: 'short-interval',
    message: `every ${interval.text} the whole of it is built and compared with the cluster; Flux recommends 60s and more`,
    at: interval,
    object: formatId(object.id),
    field: 'spec.interval',
  }
}

/** Labels of `commonMetadata` that the API server takes on no object. */
export function* checkCommonLabels(all: readonly FluxKustomization[]): Iterable<Finding> {
  for (const { spec, objects } of all) {
    const [first] = objects
    const labels = mapAt(spec, 'commonMetadata', 'labels')
    if (first === undefined || labels === undefined) continue
    for (const [i, key] of labels.keys.entries()) {
      const value = labels.values[i]
      const about = { code: 'invalid-value', object: formatId(first.id), field: 'metadata.labels' }
      for (const complaint of qualifiedName(key.text)) yield { ...about, ...wrong(key, complaint) }
      if (value?.kind === 'scalar')
        for (const complaint of labelValue(value.text))
          yield { ...about, ...wrong(value, complaint) }
    }
  }
}

function wrong(at: Scalar, complaint: string) {
  return { message: `metadata.labels: Invalid value: ${JSON.stringify(at.text)}: ${complaint}`, at }
}

/** Patches of a Flux Kustomization whose empty target means every object. */
export function* checkTargets(all: readonly FluxKustomization[]): Iterable<Finding> {
  for (const one of all)
    for (const item of itemsAt(one.spec, 'patches')) {
      const target = mapAt(item, 'target')
      if (target === undefined || target.size > 0) continue
      const removes = /\$patch:\s*delete/.test(textAt(item, 'patch'))
      yield {
        code: 'empty-target',
        message: `an empty target selects every object of the build${removes ? ', so this patch deletes them all' : ''}`,
        at: (item.kind === 'map' ? item.key('target') : undefined) ?? target,
        object: formatId(one.object.id),
        field: 'spec.patches',
        level: removes ? 'error' : 'warning',
        help: 'name a kind and a name, or leave target out for a patch that names its object itself',
      }
    }
}

/** Objects that a build gives and Flux leaves aside without a word. */
export function* checkDropped(all: readonly FluxKustomization[]): Iterable<Finding> {
  for (const one of all)
    for (const object of one.dropped)
      yield {
        code: 'dropped-object',
        message: `Flux drops objects of kustomize.config.k8s.io without a word: this ${object.id.kind} is never applied`,
        at: nodeAt(object.root, 'apiVersion') ?? object.root,
        object: formatId(object.id),
        field: 'apiVersion',
        help: 'a Flux Kustomization has apiVersion: kustomize.toolkit.fluxcd.io/v1',
      }
}
