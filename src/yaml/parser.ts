import type { Composer } from './compose.ts'
import { peekToken, skipToken } from './fetch.ts'
import { type Scanner, refusal } from './scanner.ts'
import * as token from './token.ts'
import type { Token } from './token.ts'

const BlockSequenceEntry = 0
const IndentlessEntry = 1
const BlockMappingKey = 2
const BlockMappingValue = 3
const FlowSequenceFirst = 4
const FlowSequenceEntry = 5
const FlowPairKey = 6
const FlowPairValue = 7
const FlowPairEnd = 8
const FlowMappingFirst = 9
const FlowMappingKey = 10
const FlowMappingValue = 11
const FlowMappingEmpty = 12

/**
 * libyaml's parser: one stack of states, so depth costs no call stack. What it meets goes to the
 * composer; what it refuses is thrown as a Refusal.
 */
export class Parser {
  readonly s: Scanner
  readonly composer: Composer
  readonly #tags: ReadonlyMap<string, string>
  readonly #states: number[] = []
  /** Where the open collections begin, for errors. */
  readonly #marks: Token[] = []

  constructor(s: Scanner, composer: Composer, tags: ReadonlyMap<string, string>) {
    this.s = s
    this.composer = composer
    this.#tags = tags
  }

  /** Reads the node that a document consists of. */
  document(): void {
    this.#node(true, false)
    for (let state = this.#states.pop(); state !== undefined; state = this.#states.pop())
      this.#step(state)
  }

  #step(state: number): void {
    switch (state) {
      case BlockSequenceEntry:
        return this.#blockEntry()
      case IndentlessEntry:
        return this.#indentlessEntry()
      case BlockMappingKey:
        return this.#blockKey()
      case BlockMappingValue:
        return this.#blockValue()
      case FlowSequenceFirst:
      case FlowSequenceEntry:
        return this.#flowEntry(state === FlowSequenceFirst)
      case FlowPairKey:
        return this.#pairKey()
      case FlowPairValue:
        return this.#pairValue()
      case FlowPairEnd:
        this.composer.close()
        this.#states.push(FlowSequenceEntry)
        return
      case FlowMappingFirst:
      case FlowMappingKey:
        return this.#flowKey(state === FlowMappingFirst)
      default:
        return this.#flowValue(state === FlowMappingEmpty)
    }
  }

  /** A node that goes on in `state` afterwards. */
  #child(state: number, block: boolean, indentless: boolean): void {
    this.#states.push(state)
    this.#node(block, indentless)
  }

  /** An empty scalar at an offset, then `state`. */
  #nothing(state: number, at: number): void {
    this.composer.empty(at, at)
    this.#states.push(state)
  }

  #node(block: boolean, indentless: boolean): void {
    let next = peekToken(this.s)
    if (next.type === token.ScalarToken) {
      this.composer.scalar(next, next.start, undefined, '')
      return skipToken(this.s)
    }
    if (next.type === token.Alias) {
      this.composer.alias(next)
      return skipToken(this.s)
    }
    const first = next
    let anchor = ''
    let tag: Token | undefined
    for (let i = 0; i < 2; i++) {
      if (next.type === token.Anchor && anchor === '') anchor = next.text
      else if (next.type === token.Tag && tag === undefined) tag = next
      else break
      skipToken(this.s)
      next = peekToken(this.s)
    }
    this.#content(next, first, tag, anchor, block, indentless)
  }

  #content(
    next: Token,
    first: Token,
    tagToken: Token | undefined,
    anchor: string,
    block: boolean,
    indentless: boolean,
  ): void {
    const tag = tagToken && this.#tag(tagToken, first)
    const { type } = next
    if (indentless && type === token.BlockEntry) {
      this.composer.open(true, false, first.start, next.end, anchor)
      this.#states.push(IndentlessEntry)
    } else if (type === token.ScalarToken) {
      this.composer.scalar(next, first.start, tag, anchor)
      skipToken(this.s)
    } else if (type === token.FlowSequenceStart) this.#open(next, first, anchor, FlowSequenceFirst)
    else if (type === token.FlowMappingStart) this.#open(next, first, anchor, FlowMappingFirst)
    else if (block && type === token.BlockSequenceStart)
      this.#open(next, first, anchor, BlockSequenceEntry)
    else if (block && type === token.BlockMappingStart)
      this.#open(next, first, anchor, BlockMappingKey)
    else if (first !== next)
      this.composer.empty(first.start, this.#lastEnd(first, tagToken), tag, anchor)
    else this.#fail('did not find expected node content', first, next)
  }

  #lastEnd(first: Token, tag: Token | undefined): number {
    return Math.max(first.end, tag?.end ?? 0)
  }

  #open(next: Token, first: Token, anchor: string, state: number): void {
    const list = state === FlowSequenceFirst || state === BlockSequenceEntry
    const flow = state === FlowSequenceFirst || state === FlowMappingFirst
    this.composer.open(list, flow, first.start, next.end, anchor)
    this.#marks.push(next)
    this.#states.push(state)
    skipToken(this.s)
  }

  #close(next: Token, end?: number): void {
    this.#marks.pop()
    this.composer.close(end)
    skipToken(this.s)
    void next
  }

  #tag(tag: Token, first: Token): string {
    if (tag.text === '') return tag.suffix
    const prefix = this.#tags.get(tag.text)
    if (prefix === undefined || prefix + tag.suffix === '')
      this.#fail('found undefined tag handle', first, tag)
    return (prefix ?? '') + tag.suffix
  }

  #blockEntry(): void {
    const entry = peekToken(this.s)
    if (entry.type === token.BlockEnd) return this.#close(entry)
    if (entry.type !== token.BlockEntry)
      this.#fail("did not find expected '-' indicator", this.#marks[this.#marks.length - 1], entry)
    skipToken(this.s)
    const { type } = peekToken(this.s)
    if (type === token.BlockEntry || type === token.BlockEnd)
      return this.#nothing(BlockSequenceEntry, entry.end)
    this.#child(BlockSequenceEntry, true, false)
  }

  #indentlessEntry(): void {
    const entry = peekToken(this.s)
    if (entry.type !== token.BlockEntry) return this.composer.close()
    skipToken(this.s)
    const { type } = peekToken(this.s)
    if (type === token.BlockEntry || isKeyEnd(type))
      return this.#nothing(IndentlessEntry, entry.end)
    this.#child(IndentlessEntry, true, false)
  }

  #blockKey(): void {
    const key = peekToken(this.s)
    if (key.type === token.BlockEnd) return this.#close(key)
    if (key.type !== token.Key)
      this.#fail('did not find expected key', this.#marks[this.#marks.length - 1], key)
    skipToken(this.s)
    if (isKeyEnd(peekToken(this.s).type)) return this.#nothing(BlockMappingValue, key.end)
    this.#child(BlockMappingValue, true, true)
  }

  #blockValue(): void {
    const value = peekToken(this.s)
    if (value.type !== token.Value) return this.#nothing(BlockMappingKey, value.start)
    skipToken(this.s)
    if (isKeyEnd(peekToken(this.s).type)) return this.#nothing(BlockMappingKey, value.end)
    this.#child(BlockMappingKey, true, true)
  }

  #flowEntry(first: boolean): void {
    let next = peekToken(this.s)
    if (next.type === token.FlowSequenceEnd) return this.#close(next, next.end)
    if (!first) {
      if (next.type !== token.FlowEntry)
        this.#fail("did not find expected ',' or ']'", this.#marks[this.#marks.length - 1], next)
      skipToken(this.s)
      next = peekToken(this.s)
      if (next.type === token.FlowSequenceEnd) return this.#close(next, next.end)
    }
    if (next.type !== token.Key) return this.#child(FlowSequenceEntry, false, false)
    this.composer.open(false, true, next.start, next.end, '')
    this.#states.push(FlowPairKey)
    skipToken(this.s)
  }

  #pairKey(): void {
    const next = peekToken(this.s)
    const { type } = next
    if (type !== token.Value && type !== token.FlowEntry && type !== token.FlowSequenceEnd)
      return this.#child(FlowPairValue, false, false)
    // As libyaml: the token is gone, so a value that follows belongs to nobody.
    skipToken(this.s)
    this.#nothing(FlowPairValue, next.end)
  }

  #pairValue(): void {
    let next = peekToken(this.s)
    if (next.type === token.Value) {
      skipToken(this.s)
      next = peekToken(this.s)
      if (next.type !== token.FlowEntry && next.type !== token.FlowSequenceEnd)
        return this.#child(FlowPairEnd, false, false)
    }
    this.#nothing(FlowPairEnd, next.start)
  }

  #flowKey(first: boolean): void {
    let next = peekToken(this.s)
    if (next.type === token.FlowMappingEnd) return this.#close(next, next.end)
    if (!first) {
      if (next.type !== token.FlowEntry)
        this.#fail("did not find expected ',' or '}'", this.#marks[this.#marks.length - 1], next)
      skipToken(this.s)
      next = peekToken(this.s)
    }
    if (next.type === token.Key) {
      skipToken(this.s)
      next = peekToken(this.s)
      if (isFlowValueEnd(next.type) || next.type === token.Value)
        return this.#nothing(FlowMappingValue, next.start)
      this.#child(FlowMappingValue, false, false)
    } else if (next.type === token.FlowMappingEnd) this.#close(next, next.end)
    else this.#child(FlowMappingEmpty, false, false)
  }

  #flowValue(empty: boolean): void {
    let next = peekToken(this.s)
    if (!empty && next.type === token.Value) {
      const { end } = next
      skipToken(this.s)
      next = peekToken(this.s)
      if (!isFlowValueEnd(next.type)) return this.#child(FlowMappingKey, false, false)
      return this.#nothing(FlowMappingKey, end)
    }
    this.#nothing(FlowMappingKey, next.start)
  }

  /** Parser errors name a line as go-yaml does: 0-based, the context's (v3) or the problem's (v2). */
  #fail(problem: string, context: Token | undefined, at: Token): never {
    const inner = context?.line ?? 0
    const line = this.s.reader === 'v3' ? inner || at.line : at.line || inner
    throw refusal(problem, line, at.start, this.s)
  }
}

function isKeyEnd(type: number): boolean {
  return type === token.Key || type === token.Value || type === token.BlockEnd
}

function isFlowValueEnd(type: number): boolean {
  return type === token.FlowEntry || type === token.FlowMappingEnd
}
