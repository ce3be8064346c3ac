import { type ListNode, MapNode, type Node } from '../yaml/node.ts'
import { isNull } from '../yaml/value.ts'
import { walkCustom } from './custom.ts'
import { optional, pointers } from './facts.ts'
import { issue, type Issue, type Issues, none, under } from './issue.ts'
import { walkKeys } from './keys.ts'
import { nearest } from './nearest.ts'
import { formOf, mistyped, walkScalar } from './scalar.ts'
import type { Type } from './type.ts'
import { helpFor, unsupported } from './words.ts'

/** Structs by value inside structs by value: a schema that holds itself must not keep us busy. */
const DEEPEST = 12

/** Smaller maps are judged again sooner than they are looked up. */
const WORTH_KEEPING = 4

/**
 * Judges a node by a type as server-side apply does: typing (structured-merge-diff 6), Go's decoder,
 * then for custom resources the CRD's schema. Paths of the issues start at the node.
 */
export function walk(node: Node, type: Type): Issues {
  const found = walkShape(node, type)
  if (type.custom) return found.length === 0 ? walkCustom(node, type) : found
  return type.enum === undefined ? found : [...found, ...walkEnum(node, type)]
}

function walkShape(node: Node, type: Type): Issues {
  const { shape } = type
  if (shape === 'any') return none
  if (shape === 'struct' || shape === 'map') {
    if (node.kind !== 'map') return isNull(node) ? none : mistyped(node, 'map')
    return shape === 'struct' ? walkStruct(node, type) : walkMap(node, type)
  }
  if (shape !== 'list') return walkScalar(node, type)
  if (node.kind === 'list') return walkList(node, type)
  return isNull(node) ? none : mistyped(node, 'list')
}

/** Fields of a Go struct or of a schema with `properties`. */
export function walkStruct(node: MapNode, type: Type): Issues {
  const known = node.keys.length >= WORTH_KEEPING ? type.memo?.get(node) : undefined
  if (known !== undefined) return known
  const found: Issue[] = []
  for (let i = 0; i < node.keys.length; i++) {
    const key = node.keys[i]
    const value = node.values[i]
    if (key === undefined || value === undefined) continue
    const member = type.member(key.text)
    if (member === undefined) {
      if (!type.open) found.push(unknown(key, type))
      continue
    }
    if (type.custom && prunesNull(value, member, type, key.text)) continue
    const issues = walk(value, member)
    if (issues.length > 0) found.push(...under(`.${key.text}`, issues, key))
  }
  found.push(...absent(node, type))
  const issues = found.length === 0 ? none : found
  if (node.keys.length >= WORTH_KEEPING) type.memo?.set(node, issues)
  return issues
}

/** Defaulting drops a null that the schema does not allow and has a default for. */
function prunesNull(value: Node, member: Type, owner: Type, name: string): boolean {
  return !member.nullable && 'default' in owner.memberRaw(name) && isNull(value)
}

function unknown(key: Node & { readonly text?: string }, type: Type): Issue {
  const near = nearest(key.text ?? '', type.names)
  const help = near === undefined ? undefined : `did you mean ${near}?`
  return { code: 'unknown-field', path: `.${key.text ?? ''}`, detail: '', at: key, help }
}

/**
 * Required fields that are not there. A Go struct held by value is never absent: what is missing
 * inside it is missing even when nobody wrote it.
 */
function absent(node: MapNode, type: Type, depth = 0): Issues {
  const found: Issue[] = []
  for (const name of type.required) {
    const value = node.get(name)
    if (value !== undefined && (type.custom || !isZero(value, type, name))) continue
    if (type.custom ? 'default' in type.memberRaw(name) : isOptional(type, name)) continue
    if (!type.custom && holdsStruct(type, name)) continue
    found.push(missing(name, value, node))
  }
  if (type.custom || depth > DEEPEST) return found
  for (const name of type.structs) {
    const value = node.get(name)
    if (value !== undefined && !isNull(value)) continue
    const member = type.member(name)
    if (member !== undefined && member.shape === 'struct')
      found.push(...under(`.${name}`, emptyIssues(member, value ?? node, depth + 1)))
  }
  return found
}

function missing(name: string, value: Node | undefined, owner: Node): Issue {
  const at = value ?? owner
  const onKey = value === undefined
  return { code: 'missing-field', path: `.${name}`, detail: 'Required value', at, onKey }
}

function isOptional(type: Type, name: string): boolean {
  return optional.has(`${type.name}.${name}`)
}

function holdsStruct(type: Type, name: string): boolean {
  return type.structs.includes(name)
}

/** Go cannot tell an empty string from none where the field is not a pointer. */
function isZero(value: Node, type: Type, name: string): boolean {
  if (isNull(value)) return true
  if (value.kind !== 'scalar' || value.text !== '') return false
  return type.memberRaw(name)['default'] === ''
}

/** What a struct of zero values lacks. */
function emptyIssues(type: Type, at: Node, depth = 0): Issues {
  return absent(new MapNode([], [], at), type, depth)
}

function walkMap(node: MapNode, type: Type): Issues {
  const { values } = type
  if (values === undefined) return none
  let found: Issue[] | undefined
  for (let i = 0; i < node.keys.length; i++) {
    const value = node.values[i]
    if (value === undefined) continue
    const issues = walk(value, values)
    if (issues.length > 0)
      (found ??= []).push(...under(`.${node.keys[i]?.text}`, issues, node.keys[i]))
  }
  return found ?? none
}

function walkList(node: ListNode, type: Type): Issues {
  const keyed = walkKeys(node, type)
  if (keyed.length > 0) return keyed
  let found: Issue[] | undefined
  for (let i = 0; i < node.items.length; i++) {
    const item = node.items[i]
    if (item === undefined) continue
    const issues = !type.custom && isNull(item) ? zero(item, type.items) : walk(item, type.items)
    if (issues.length > 0) (found ??= []).push(...under(`[${i}]`, issues, item))
  }
  return found ?? none
}

/** A null in a list is a zero value: a struct without fields, an empty word. */
function zero(item: Node, type: Type): Issues {
  if (type.shape === 'struct') return emptyIssues(type, item)
  if (type.enum === undefined || type.enum.includes('')) return none
  return [issue('invalid-value', unsupported('', type.enum), item)]
}

/** The closed lists of words that API types carry. */
function walkEnum(node: Node, type: Type): Issues {
  if (node.kind !== 'scalar' || type.enum === undefined || formOf(node) !== 'string') return none
  if (type.enum.includes(node.text)) return none
  if (node.text === '' && !isPointer(type)) return none
  return [
    issue('invalid-value', unsupported(node.text, type.enum), node, helpFor(node.text, type.enum)),
  ]
}

function isPointer(type: Type): boolean {
  return type.name.endsWith('[]') || pointers.has(type.name)
}
