import { duplicateProblem } from './duplicate.ts'
import { easyOrder, isEasy } from './easy.ts'
import { type Tree, emit } from './emitter.ts'
import { goString } from './json.ts'
import { compareKeys } from './natural.ts'
import type { ListNode, MapNode, Node, Scalar, Style, YamlProblem } from './node.ts'
import { fitsInteger } from './number.ts'
import { resolvePlain, resolveScalar } from './resolve.ts'
import { settle } from './settle.ts'
import { Refusal } from './token.ts'
import { keyText } from './value.ts'

/** What kustomize prints, or the place it cannot print and why (never with a value of the document). */
export type Printed = { readonly text: string } | { readonly problem: YamlProblem }

/**
 * Prints an object as kustomize does: go-yaml v3 → JSON → go-yaml v2 (`Resource.AsYAML`). Integer keys,
 * duplicate keys, `.inf`, control characters … are what it refuses here, and only here.
 */
export function tryPrint(node: Node): Printed {
  try {
    return { text: emit(treeOf(node, false, true)) }
  } catch (error) {
    if (!(error instanceof Placed)) throw error
    const { message, node: at } = error
    return { problem: { source: at.source, start: at.start, end: at.end, message } }
  }
}

/** Why an object cannot be printed, without printing it; what was asked once is not asked again. */
export function findUnprintable(node: Node): YamlProblem | undefined {
  try {
    verify(node, false, true)
    return undefined
  } catch (error) {
    if (!(error instanceof Placed)) throw error
    const { message, node: at } = error
    return { source: at.source, start: at.start, end: at.end, message }
  }
}

/** Texts that every reader and printer takes, whatever their type. */
const PRINTABLE = /^[A-Za-z][\w./-]*$/

const verified = { root: new WeakSet<Node>(), inner: new WeakSet<Node>() }

function verify(node: Node, inFlow: boolean, root: boolean): void {
  if (node.kind === 'scalar') {
    if (node.tag !== undefined || !PRINTABLE.test(node.text)) scalarTree(node, inFlow)
    return
  }
  const seen = root ? verified.root : verified.inner
  if (!inFlow && seen.has(node)) return
  const isOrdered = node.kind === 'map' && easyOrder(node.keys, compareKeys) !== undefined
  const written = node.kind === 'map' ? node.values : node.items
  const children = node.kind === 'map' && !isOrdered ? entriesOf(node, root).values() : written
  for (const child of children) verify(child, inFlow || node.flow, false)
  if (!inFlow) seen.add(node)
}

/** The printed object; empty where it cannot be printed. Ask `tryPrint` for the reason. */
export function print(node: Node): string {
  const printed = tryPrint(node)
  return 'text' in printed ? printed.text : ''
}

/** A refusal that knows its node, for nodes come from many sources. */
class Placed extends Refusal {
  readonly node: Node

  constructor(message: string, node: Node) {
    super(message, node.start, node.end)
    this.node = node
  }
}

function treeOf(node: Node, inFlow: boolean, root: boolean): Tree {
  if (node.kind === 'scalar') return scalarTree(node, inFlow)
  if (node.kind === 'list') return listTree(node, inFlow || node.flow)
  return mapTree(node, inFlow || node.flow, root)
}

function listTree(node: ListNode, inFlow: boolean): Tree {
  const items: Tree[] = []
  for (const item of node.items) items.push(treeOf(item, inFlow, false))
  return { kind: 'list', items }
}

/** Values by the text of their key; refuses keys that are doubled or no texts. */
function entriesOf(node: MapNode, root: boolean): Map<string, Node> {
  const entries = new Map<string, Node>()
  const written = new Map<string, Scalar>()
  for (const [i, key] of node.keys.entries()) {
    const value = node.values[i]
    const first = written.get(key.text)
    if (first && key.reader === 'v3')
      throw new Placed(duplicateProblem({ key, first }).message, key)
    written.set(key.text, key)
    const name = keyName(key, root)
    if (value) entries.set(name, value)
  }
  return entries
}

function mapTree(node: MapNode, inFlow: boolean, root: boolean): Tree {
  const order = easyOrder(node.keys, compareKeys)
  return order ? orderedTree(node, order, inFlow) : sortedTree(node, inFlow, root)
}

function orderedTree(node: MapNode, order: readonly number[], inFlow: boolean): Tree {
  const keys: Tree[] = []
  const values: Tree[] = []
  for (const at of order) {
    const key = node.keys[at]
    const value = node.values[at]
    if (key === undefined || value === undefined) continue
    keys.push({ kind: 'scalar', text: key.text, style: 'plain', easy: true })
    values.push(treeOf(value, inFlow, false))
  }
  return { kind: 'map', keys, values }
}

function sortedTree(node: MapNode, inFlow: boolean, root: boolean): Tree {
  const entries = entriesOf(node, root)
  const names = [...entries.keys()].sort(compareKeys)
  const keys: Tree[] = []
  const values: Tree[] = []
  for (const name of names) {
    const value = entries.get(name)
    if (value === undefined) continue
    keys.push(textTree(name))
    values.push(treeOf(value, inFlow, false))
  }
  return { kind: 'map', keys, values }
}

/** The longest key that JSON may have on its way through go-yaml v2, quotes and escapes counted. */
const keyReach = 1024

/** A key as a key of JSON. Only the outermost map is decoded into string keys whatever they look like. */
function keyName(key: Scalar, root: boolean): string {
  const { type } = resolveScalar(key)
  if (type === 'null' && (key.text !== '' || key.reader === 'v2')) {
    // kyaml adds a null key once more when it expands aliases, and go-yaml then finds it twice.
    const both = key.reader === 'v3' ? duplicateProblem({ key, first: key }).message : undefined
    throw new Placed(both ?? 'unsupported map key of type: null', key)
  }
  const named = type === 'string' || type === 'null'
  if (key.reader === 'v3' && !root && (!named || hasForeignTag(key)))
    throw new Placed(`json: unsupported type: map[interface {}]interface {} (${type} key)`, key)
  const name = textOf(keyText(key), key)
  if (keyText(key).includes('\x85') || goString(name).length > keyReach)
    throw new Placed("yaml: did not find expected ',' or '}'", key)
  return name
}

function hasForeignTag(key: Scalar): boolean {
  return key.tag !== undefined && key.tag !== '!' && key.tag !== 'tag:yaml.org,2002:str'
}

function scalarTree(node: Scalar, inFlow: boolean): Tree {
  if (node.tag === undefined && isEasy(node.text))
    return { kind: 'scalar', text: node.text, style: 'plain', easy: true }
  const { value, problem } = settle(node, inFlow)
  if (problem !== undefined) throw new Placed(`yaml: ${problem}`, node)
  if (typeof value === 'string') return textTree(textOf(value, node))
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Placed(`json: unsupported value: ${goFloat(value)}`, node)
  return { kind: 'scalar', text: plainOf(value), style: 'plain', easy: false }
}

function goFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}

/** What go-yaml's reader refuses to see raw, and JSON does not escape. */
const control = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/

/** What looks like the start or end of a document on the line that NEL begins. */
const marker = /\x85(?:---|\.\.\.)[ \x85]/

/** A text behind its trip through JSON: NEL is a line break there, and folds. */
function textOf(text: string, at: Node): string {
  if (control.test(text)) throw new Placed('yaml: control characters are not allowed', at)
  const whole = text.toWellFormed()
  if (!whole.includes('\x85')) return whole
  if (marker.test(whole)) throw new Placed('yaml: found unexpected document indicator', at)
  return whole.replace(/ *\x85[ \x85]*/g, gap => {
    const breaks = gap.replaceAll(' ', '').length
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
  })
}

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/** A string in the style go-yaml v2 asks for: quoted where it would not stay a string. */
function textTree(text: string): Tree {
  let style: Style = 'plain'
  if (text.includes('\n')) style = 'literal'
  else if (resolvePlain(text, 'v2') !== undefined || base60.test(text)) style = 'double'
  return { kind: 'scalar', text, style, easy: false }
}

/** Null, a boolean, or a number as Go's JSON and go-yaml v2 print it after each other. */
function plainOf(value: null | boolean | number | bigint): string {
  if (typeof value !== 'number') return String(value)
  const json = String(value)
  if (/^-?\d+$/.test(json) && fitsInteger(BigInt(json))) return json === '-0' ? '0' : json
  return shortest(value)
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 64)`. */
function shortest(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  return power < -4 || power >= 6 ? exponential(digits, power) : String(value)
}

function exponential(digits: string, power: number): string {
  const size = String(Math.abs(power)).padStart(2, '0')
  return `${digits}e${power < 0 ? '-' : '+'}${size}`
}
