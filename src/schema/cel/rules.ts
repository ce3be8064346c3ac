import type { Node } from '../../yaml/node.ts'
import { isRecord, type Raw, readList, readText } from '../bundle.ts'
import { issue, type Issue, type Issues, none, under } from '../issue.ts'
import type { Type } from '../type.ts'
import { isTooCostly, weigh } from './cost.ts'
import { compile, type Program } from './environment.ts'
import { celValue } from './value.ts'

/** A rule of `x-kubernetes-validations`, compiled on first use. */
interface Rule {
  readonly raw: Raw
  readonly text: string
  /** Compares with what the cluster has: says nothing of a new object. */
  readonly isTransition: boolean
  program?: Program | undefined
}

const rulesOf = new WeakMap<Type, readonly Rule[]>()
const isRuled = new WeakMap<Type, boolean>()
const judged = new WeakMap<Type, WeakMap<Node, Issues>>()

/**
 * What CEL rules say of a custom resource whose structure is in order (apiextensions-apiserver
 * pkg/apiserver/schema/cel). A rule that we cannot run says nothing.
 */
export function walkRules(node: Node, type: Type, old?: Node): Issues {
  if (!hasRules(type)) return none
  const memo = judged.get(type) ?? new WeakMap<Node, Issues>()
  judged.set(type, memo)
  const known = old === undefined ? memo.get(node) : undefined
  if (known !== undefined) return known
  const found = [...runRules(node, type, old), ...walkInside(node, type, old)]
  const issues = found.length === 0 ? none : found
  if (old === undefined) memo.set(node, issues)
  return issues
}

/** What only rules over `oldSelf` say of a custom resource that is stored as `old`. */
export function walkChange(old: Node, node: Node, type: Type): Issues {
  const known = new Set(walkRules(node, type).map(one => `${one.path} ${one.detail}`))
  return walkRules(node, type, old).filter(one => !known.has(`${one.path} ${one.detail}`))
}

/** Whether a type or anything in it has rules; most parts of most schemas have none. */
function hasRules(type: Type, depth = 0): boolean {
  const known = isRuled.get(type)
  if (known !== undefined || depth > 60) return known ?? false
  const members = type.names.map(name => type.member(name))
  const inner = [...members, type.values, type.shape === 'list' ? type.items : undefined]
  const answer =
    readRules(type).length > 0 ||
    inner.some(one => one !== undefined && one.custom && hasRules(one, depth + 1))
  isRuled.set(type, answer)
  return answer
}

function readRules(type: Type): readonly Rule[] {
  const known = rulesOf.get(type)
  if (known !== undefined) return known
  const rules = readList(type.raw, 'x-kubernetes-validations')
    .filter(isRecord)
    .map(raw => {
      const text = readText(raw, 'rule')
      const isTransition = /\boldSelf\b/.test(text) && raw['optionalOldSelf'] !== true
      return { raw, text, isTransition }
    })
  rulesOf.set(type, rules)
  return rules
}

function walkInside(node: Node, type: Type, old: Node | undefined): Issue[] {
  if (node.kind === 'list')
    return node.items.flatMap((item, i) => under(`[${i}]`, walkRules(item, type.items), item))
  if (node.kind !== 'map') return []
  return node.keys.flatMap((key, i) => {
    const value = node.values[i]
    const member = type.shape === 'map' ? type.values : type.member(key.text)
    if (value === undefined || member === undefined || !member.custom) return []
    const before = old?.kind === 'map' ? old.get(key.text) : undefined
    return under(`.${key.text}`, walkRules(value, member, before), key)
  })
}

function runRules(node: Node, type: Type, old: Node | undefined): Issue[] {
  const rules = readRules(type).filter(rule => !rule.isTransition || old !== undefined)
  if (rules.length === 0) return []
  const self = celValue(node, type)
  const before = old === undefined ? undefined : celValue(old, type)
  const weight = weigh(self)
  return rules.flatMap(rule => {
    const failed = runRule(rule, { self, oldSelf: before }, weight)
    return failed === undefined ? [] : [sayRule(rule, failed, node)]
  })
}

/** Undefined where the rule holds or cannot be run, else the sentence to say. */
function runRule(rule: Rule, scope: Scope, weight: number): string | undefined {
  try {
    rule.program ??= compile(rule.text)
    if (isTooCostly(rule.program, weight)) return undefined
    const answer: unknown = rule.program({ ...scope })
    return answer === false ? messageOf(rule.raw, scope) : undefined
  } catch (error) {
    return isOurs(error) ? undefined : `${rule.text}: ${messageOfError(error)}`
  }
}

type Scope = Readonly<Record<'self' | 'oldSelf', unknown>>

/** What the evaluator lacks is no fault of the object's. */
function isOurs(error: unknown): boolean {
  return /overload|Unsupported|Unknown (?:function|variable)|expected|ParseError/i.test(
    messageOfError(error),
  )
}

function messageOfError(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
}

function messageOf(raw: Raw, scope: Scope): string {
  const expression = readText(raw, 'messageExpression')
  if (expression !== '') {
    const text = evaluateText(expression, scope)
    if (text !== undefined) return text
  }
  const message = readText(raw, 'message')
  return message === '' ? `failed rule: ${readText(raw, 'rule').trim()}` : message
}

function evaluateText(expression: string, scope: Scope): string | undefined {
  try {
    const value: unknown = compile(expression)({ ...scope })
    return typeof value === 'string' && value.trim() !== '' && !value.includes('\n')
      ? value
      : undefined
  } catch {
    return undefined
  }
}

const sentences: Readonly<Record<string, string>> = {
  FieldValueRequired: 'Required value: ',
  FieldValueForbidden: 'Forbidden: ',
  FieldValueDuplicate: 'Duplicate value: ',
}

function sayRule({ raw }: Rule, message: string, node: Node): Issue {
  const prefix = sentences[readText(raw, 'reason')] ?? 'Invalid value: '
  const path = readText(raw, 'fieldPath')
  const found = { ...issue('cel-rule', prefix + message, node), onKey: true }
  return path === '' ? found : { ...found, path, at: target(node, path) }
}

/** The node a rule's `fieldPath` names, as far as it is there. */
function target(node: Node, path: string): Node {
  let at = node
  for (const [, name, quoted] of path.matchAll(/\.([A-Za-z_]\w*)|\['([^']+)'\]/g)) {
    const next = at.kind === 'map' ? at.get(name ?? quoted ?? '') : undefined
    if (next === undefined) return at
    at = next
  }
  return at
}
