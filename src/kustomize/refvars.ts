import { isTagless } from '../kube/cell.ts'
import { fixFloat, formatFloat } from '../kube/float.ts'
import { Refusal } from '../kube/refusal.ts'
import type { SharedWrites } from '../kube/shared.ts'
import { ListNode, type Made, MapNode, type Node, plainNode, stringNode } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { editFields, type FieldSpec } from './fieldspec.ts'
import type { ResourceMap } from './resourcemap.ts'
import { type Var, type VarValue, valuesOf } from './vars.ts'

type Values = ReadonlyMap<string, VarValue>

/** Writes the values of vars into the fields of the table `varReference` (api/filters/refvar). */
export function resolveVars(
  map: ResourceMap,
  vars: readonly Var[],
  specs: readonly FieldSpec[],
): void {
  const values = valuesOf(map, vars)
  if (values.size === 0) return
  for (const resource of map.resources)
    resource.root = editFields(resource.root, specs, {
      set: (node, writes) => expand(node, values, writes),
    })
}

function expand(node: Node, values: Values, writes: SharedWrites): Node {
  const expandIn = (one: Node): Node => {
    const fresh = expandText(writes.now(one), values)
    writes.write(one, fresh)
    return fresh
  }
  if (node.kind === 'scalar') return isText(node) ? expandText(node, values) : node
  if (node.kind === 'list') {
    const items = node.items.map(item => {
      if (isText(item)) return expandIn(item)
      throw new Refusal('invalid value type expect a string', item)
    })
    return new ListNode(items, node, node.flow, node.made)
  }
  for (const key of node.keys)
    if (!isText(key)) throw new Refusal(`invalid map key: value='${key.text}'`, key)
  const changed = node.values.map(value => (isText(value) ? expandIn(value) : value))
  return new MapNode(node.keys, changed, node, node.flow, node.made)
}

function isText(node: Node): boolean {
  return node.kind === 'scalar' && (typeOf(node) === 'string' || isTagless(node))
}

/** `$(NAME)` alone keeps the type of its value; inside a text it becomes text; `$$` is `$`. */
function expandText(node: Node, values: Values): Node {
  if (node.kind !== 'scalar' || !node.text.includes('$')) return plainStyle(node)
  const whole = /^\$\(([^)]*)\)$/.exec(node.text)
  const known = whole ? values.get(whole[1] ?? '') : undefined
  if (known?.value !== undefined) {
    const made: Made = { by: 'var', from: known.node }
    const { value } = known
    if (typeof value === 'string') return stringNode(value, node, made)
    return plainNode(typeof value === 'number' ? fixFloat(value) : String(value), node, made)
  }
  let from: Node | undefined
  const text = node.text.replace(/\$(?:\$|\(([^)]*)\))/g, (match, name: string | undefined) => {
    if (name === undefined) return match === '$$' ? '$' : match
    const found = values.get(name)
    if (found?.value === undefined) return match
    from ??= found.node
    return typeof found.value === 'number' ? formatFloat(found.value) : String(found.value)
  })
  if (text === node.text) return plainStyle(node)
  return stringNode(text, node, from ? { by: 'var', from } : { by: 'var', from: node })
}

/** What passes through the table loses its style, and with it what folding would do to it; it is a text. */
function plainStyle(node: Node): Node {
  if (node.kind !== 'scalar' || (node.style !== 'folded' && !isTagless(node))) return node
  return stringNode(node.text, node, node.made)
}
