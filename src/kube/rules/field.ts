import type { Finding } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import type { MapNode, Node, Scalar } from '../../yaml/node.ts'
import { isNull, valueOf } from '../../yaml/value.ts'
import { goNumber } from './number.ts'
import { show, textOf } from './show.ts'
import { joinStep, type Step } from './step.ts'

/** What a format test says of a text: the server's complaints, none when it is fine. */
export type Test = (text: string) => readonly string[]

/** Where rules write what they found, and what they need to know of the cluster. */
export interface Report {
  readonly findings: Finding[]
  /** Minor version of the cluster, `36` for 1.36: feature gates differ. */
  readonly minor: number
}

/** `field must be between a and b`, as field.Invalid is given it. */
export function between(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`
}

export function atMost(length: number): string {
  return `must be no more than ${length} characters`
}

/**
 * A place in an object: the node there, if any, and the path to it. Reading never fails: what is
 * absent, null or of another shape reads as Go's zero value. Complaints become findings in the
 * words of `field.Error` (kube-apiserver 1.36 apimachinery/pkg/util/validation/field).
 */
export class Field {
  readonly node: Node | undefined
  readonly report: Report
  readonly #owner: Field | undefined
  readonly #step: Step
  readonly #key: Scalar | undefined
  readonly #span: Span | undefined

  constructor(
    node: Node | undefined,
    report: Report,
    owner?: Field,
    step: Step = '',
    key?: Scalar,
    span?: Span,
  ) {
    this.node = isNull(node) ? undefined : node
    this.report = report
    this.#owner = owner
    this.#step = step
    this.#key = key
    this.#span = span
  }

  get path(): string {
    return joinStep(this.#owner?.path ?? '', this.#step)
  }

  /** The last step of the path as the manifest spells it. */
  get name(): string {
    return this.#key?.text ?? ''
  }

  /** Where a person looks: the value, or the nearest thing above that is written. */
  get at(): Span | undefined {
    return this.#span ?? this.node ?? this.#key ?? this.#owner?.place
  }

  /** The key that names this place, or the nearest key above that somebody wrote. */
  get place(): Span | undefined {
    const written = this.#key?.made === undefined ? this.#key : this.#owner?.place
    return (
      written ??
      this.#key ??
      (joinStep('', this.#step).startsWith('[') ? this.node : undefined) ??
      this.#owner?.place
    )
  }

  /** Whether the key is written, if only as null: in a map of values that is Go's zero value. */
  get isWritten(): boolean {
    return this.has || this.#key !== undefined
  }

  /** Whether anything but null stands here (a pointer that is not nil). */
  get has(): boolean {
    return this.node !== undefined
  }

  get map(): MapNode | undefined {
    return this.node?.kind === 'map' ? this.node : undefined
  }

  /** Number of items or entries; length of a text. */
  get size(): number {
    if (this.node === undefined) return 0
    if (this.node.kind === 'map') return this.node.size
    return this.node.kind === 'list' ? this.node.items.length : this.node.text.length
  }

  /** The text of a string; empty where there is none. */
  get text(): string {
    return this.node?.kind === 'scalar' ? textOf(this.node) : ''
  }

  /** The number as Go's field holds it: what does not fit its 32 or 64 bits wraps round. */
  get number(): number | undefined {
    if (this.node?.kind !== 'scalar') return undefined
    const value = valueOf(this.node)
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
    const small = typeof value === 'number' && Math.abs(value) < 2 ** 31
    return small ? value : goNumber(value, this.path)
  }

  /** The bool here, or undefined. */
  get bool(): boolean | undefined {
    if (this.node?.kind !== 'scalar') return undefined
    const value = valueOf(this.node)
    return typeof value === 'boolean' ? value : undefined
  }

  get isTrue(): boolean {
    return this.bool === true
  }

  /** Whether an int-or-string holds a string. */
  get isText(): boolean {
    return this.node?.kind === 'scalar' && this.number === undefined
  }

  or(fallback: string): string {
    return this.text === '' ? fallback : this.text
  }

  orNumber(fallback: number): number {
    return this.number ?? fallback
  }

  get(name: string): Field {
    const map = this.map
    const at = map === undefined ? -1 : map.indexOf(name)
    return at === -1
      ? new Field(undefined, this.report, this, name)
      : new Field(map?.values[at], this.report, this, name, map?.keys[at])
  }

  /** A place that the server names otherwise than the manifest does. */
  as(step: string): Field {
    return new Field(this.node, this.report, this.#owner, { text: step }, this.#key)
  }

  /** `path[key]`: how the server names an entry of a map. */
  entry(name: string): Field {
    return this.get(name).as(`[${name}]`)
  }

  items(): Field[] {
    if (this.node?.kind !== 'list') return []
    return this.node.items.map((item, i) => new Field(item, this.report, this, i))
  }

  /** This path, but complaints point at an entry inside: the server names only the whole. */
  near(inside: Field): Field {
    const span = inside.#key ?? inside.node
    return new Field(this.node, this.report, this.#owner, this.#step, this.#key, span)
  }

  /** The same step below another place: where the server leaves out a part of the path. */
  under(owner: Field): Field {
    return new Field(this.node, this.report, owner, this.#step, this.#key, this.#span)
  }

  /** This place as if some keys were not there: what the server drops before it judges. */
  without(names: readonly string[]): Field {
    const map = this.map
    if (map === undefined || names.every(name => !map.has(name))) return this
    const left = names.reduce((node, name) => node.without(name), map)
    return new Field(left, this.report, this.#owner, this.#step, this.#key, this.#span)
  }

  /** Texts of a list of strings. */
  texts(): string[] {
    return this.items().map(item => item.text)
  }

  /** Keys and places of a map's entries, null values included (Go keeps them as zero values). */
  entries(): readonly (readonly [string, Field])[] {
    const map = this.map
    if (map === undefined) return []
    return map.keys.map(key => [key.text, this.entry(key.text)] as const)
  }

  #say(code: string, message: string): void {
    const at = this.at
    if (at === undefined) return
    const field = this.path
    this.report.findings.push({ code, message: `${field}: ${message}`, at, field })
  }

  invalid(detail: string, value: unknown = this.node): void {
    const shown = value === undefined ? 'null' : show(value)
    this.#say('invalid-value', `Invalid value: ${shown}${detail === '' ? '' : `: ${detail}`}`)
  }

  /** An invalid value that must not be shown, or that is no single place. */
  wrong(detail: string): void {
    this.#say('invalid-value', `Invalid value: ${detail}`)
  }

  /** What the server of a cluster with default settings would refuse, but others may not. */
  warn(detail: string): void {
    const before = this.report.findings.length
    this.invalid(detail)
    const said = this.report.findings.splice(before)
    this.report.findings.push(...said.map(one => ({ ...one, level: 'warning' as const })))
  }

  required(detail: string = ''): void {
    this.#say('missing-field', `Required value${detail === '' ? '' : `: ${detail}`}`)
  }

  forbidden(detail: string): void {
    this.#say('forbidden-field', `Forbidden: ${detail}`)
  }

  immutable(detail: string = 'field is immutable'): void {
    const shown = this.node === undefined ? 'null' : show(this.node)
    this.#say('immutable-field', `Invalid value: ${shown}: ${detail}`)
  }

  fixed(detail: string): void {
    this.#say('immutable-field', `Forbidden: ${detail}`)
  }

  duplicate(value: unknown = this.node): void {
    this.#say('duplicate-item', `Duplicate value: ${show(value)}`)
  }

  missing(detail: string = '', value: unknown = this.node): void {
    this.#say('invalid-value', `Not found: ${show(value)}${detail === '' ? '' : `: ${detail}`}`)
  }

  tooLong(bytes: number): void {
    this.#say('invalid-value', `Too long: may not be more than ${bytes} bytes`)
  }

  tooMany(count: number, most: number): void {
    this.#say('invalid-value', `Too many: ${count}: must have at most ${most} items`)
  }

  unsupported(values: readonly string[], value: unknown = this.node): void {
    const list = values.map(one => JSON.stringify(one)).join(', ')
    const shown = value === undefined ? '""' : show(value)
    this.#say('invalid-value', `Unsupported value: ${shown}: supported values: ${list}`)
  }

  /** Complains about a text that fails a test. */
  must(test: Test): void {
    for (const complaint of test(this.text)) this.invalid(complaint, this.text)
  }

  /** As `must`, but an absent or empty text is fine. */
  mayBe(test: Test): void {
    if (this.text !== '') this.must(test)
  }

  /** Required, then tested. */
  needs(test: Test): void {
    if (this.text === '') this.required()
    else this.must(test)
  }

  /** A text that is one of `values`; an absent one is fine, an empty one (a null in a list) is not. */
  oneOf(values: readonly string[]): void {
    if (!this.has && typeof this.#step !== 'number') return
    if (!values.includes(this.text)) this.unsupported(values, this.text)
  }

  needsText(detail: string = ''): void {
    if (this.text === '') this.required(detail)
  }

  nonNegative(): void {
    if (this.orNumber(0) < 0) this.invalid('must be greater than or equal to 0')
  }

  positive(): void {
    if (this.orNumber(0) <= 0) this.invalid('must be greater than 0', this.orNumber(0))
  }

  inRange(low: number, high: number): void {
    const value = this.number
    if (value !== undefined && (value < low || value > high)) this.invalid(between(low, high))
  }
}
