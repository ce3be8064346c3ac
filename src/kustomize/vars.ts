import type { Id } from '../kube/object.ts'
import { Refusal } from '../kube/refusal.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { mapAt, mapsAt, textAt } from './file.ts'
import { lookUp, splitDotted } from './path.ts'
import { effectiveNamespace, parseApiVersion } from './resid.ts'
import type { Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'

/** One entry of `vars`. */
export interface Var {
  readonly name: string
  readonly node: MapNode
  readonly target: Id
  readonly fieldPath: string
}

/** Reads `vars` of a kustomization file. */
export function readVars(root: MapNode): readonly Var[] {
  return mapsAt(root, 'vars').map(node => {
    const reference = mapAt(node, 'objref')
    const apiVersion = textAt(reference, 'apiVersion')
    const written = { group: textAt(reference, 'group'), version: textAt(reference, 'version') }
    const fieldPath = textAt(mapAt(node, 'fieldref'), 'fieldPath')
    return {
      name: textAt(node, 'name'),
      node,
      fieldPath: fieldPath === '' ? 'metadata.name' : fieldPath,
      target: {
        ...(apiVersion === '' ? written : versionOf(apiVersion, written)),
        kind: textAt(reference, 'kind'),
        name: textAt(reference, 'name'),
        namespace: textAt(reference, 'namespace'),
      },
    }
  })
}

interface Version {
  readonly group: string
  readonly version: string
}

function versionOf(apiVersion: string, written: Version): Version {
  const parts = apiVersion.split('/').length
  if (parts === 1) return { group: written.group, version: apiVersion }
  return parts === 2 ? parseApiVersion(apiVersion) : written
}

/**
 * Marks the resource that each var of this level takes its value from (accumulator MergeVars), by
 * its id now or before; a var without a match is only refused once all is built.
 */
export function bindVars(map: ResourceMap, vars: readonly Var[]): void {
  for (const one of vars) {
    const { target } = one
    // A namespace that is written never fits an object that has none.
    const matches = (id: Id) =>
      isSame(id, target) && (target.namespace === '' || target.namespace === effectiveNamespace(id))
    const found = map.resources.filter(resource => resource.allIds.some(matches))
    if (found.length > 1)
      throw new Refusal(
        `found ${found.length} resId matches for var ${one.name} (unable to disambiguate)`,
        one.node,
      )
    const [resource] = found
    if (resource) resource.varNames = [...resource.varNames, one.name]
  }
}

function isSame(a: Id, b: Id): boolean {
  return a.name === b.name && a.kind === b.kind && a.version === b.version && a.group === b.group
}

/** The vars of two levels together; refuses a name that occurs twice (types.VarSet). */
export function joinVars(a: readonly Var[], b: readonly Var[]): readonly Var[] {
  if (b.length === 0) return a
  const joined = [...a]
  for (const one of b) {
    if (joined.some(known => known.name === one.name))
      throw new Refusal(`var '${one.name}' already encountered`, one.node)
    joined.push(one)
  }
  return joined
}

/** A var's value with the node it came from; undefined: a map or a list, which no text can hold. */
export interface VarValue {
  readonly value: string | bigint | number | boolean | undefined
  readonly node: Node
}

/** Looks up every var in the resources that were marked for it. */
export function valuesOf(map: ResourceMap, vars: readonly Var[]): ReadonlyMap<string, VarValue> {
  const values = new Map<string, VarValue>()
  for (const one of vars) {
    const resource = map.resources.find(({ varNames }) => varNames.includes(one.name))
    if (resource === undefined)
      throw new Refusal(
        `var '${one.name}' cannot be mapped to a field in the set of known resources`,
        one.node,
      )
    values.set(one.name, valueIn(resource, one))
  }
  return values
}

function valueIn(resource: Resource, one: Var): VarValue {
  const node = lookUp(resource.root, splitDotted(one.fieldPath).flatMap(splitIndex))
  const value = node && plainValue(node)
  if (node === undefined || value === null)
    throw new Refusal(
      `field specified in var '${one.name}' not found in corresponding resource`,
      one.node,
    )
  return { value, node }
}

/** `ports[0]` is the field `ports` and its index 0. */
function splitIndex(part: string): readonly string[] {
  const [, name = '', index = ''] = /^(.*)\[(\d+)\]$/.exec(part) ?? []
  if (index === '') return [part]
  return name === '' ? [index] : [name, index]
}

/** As RNode GetFieldValue reads it; null where Go's parsers refuse the text. */
function plainValue(node: Node): string | bigint | number | boolean | null | undefined {
  if (node.kind !== 'scalar') return undefined
  const type = typeOf(node)
  if (type === 'int')
    return /^[+-]?\d+$/.test(node.text) ? BigInt(node.text.replace('+', '')) : null
  if (type === 'float') return Number.isFinite(Number(node.text)) ? Number(node.text) : null
  if (type === 'bool') return /^t(?:rue)?$/i.test(node.text)
  return node.text
}
