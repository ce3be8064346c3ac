import type { Source } from '../text/source.ts'
import { Anchors } from './anchors.ts'
import { type Frame, closeFrame, openFrame } from './frame.ts'
import { ListNode, MapNode, type Node, type Reader, Scalar } from './node.ts'
import type { Scanner } from './scanner.ts'
import { refusal } from './scanner.ts'
import { Refusal, type Token } from './token.ts'

/**
 * How deep a document may nest, aliases followed. go-yaml stops at 10,000; every reader of nodes
 * here recurses, and no object of the API nests a hundredth of this.
 */
export const maxNesting = 1500

/** Builds the nodes of one document from what the parser meets in it. */
export class Composer {
  readonly source: Source
  readonly reader: Reader
  readonly scanner: Scanner
  readonly anchors = new Anchors()
  readonly frames: Frame[] = []
  root: Node | undefined
  /** What go-yaml refuses once the syntax is right: the first such thing. */
  problem: Refusal | undefined

  constructor(source: Source, scanner: Scanner) {
    this.source = source
    this.reader = scanner.reader
    this.scanner = scanner
  }

  /** A scalar; `tag` and `anchor` as parsed. */
  scalar(token: Token, start: number, tag: string | undefined, anchor: string): void {
    const at = { source: this.source, start, end: token.end }
    const node = new Scalar(token.text, token.style, tag, this.reader, at)
    this.anchors.add(anchor, node)
    this.attach(node, 1, 1)
  }

  /** A scalar that nobody wrote, or of which only the properties are written. */
  empty(start: number, end: number, tag?: string, anchor = ''): void {
    const node = new Scalar('', 'plain', tag, this.reader, { source: this.source, start, end })
    this.anchors.add(anchor, node)
    this.attach(node, 1, 1)
  }

  alias(token: Token): void {
    const target = this.anchors.get(token.text)
    if (target === undefined)
      throw refusal(`unknown anchor '${token.text}' referenced`, 0, token.start, this.scanner)
    if (target === 'open') {
      this.refuse(`anchor '${token.text}' value contains itself`, token)
      return this.empty(token.start, token.end)
    }
    const { node, size, depth } = target
    if (this.anchors.expand(size)) this.refuse('document contains excessive aliasing', token)
    if (this.frames.length + depth > maxNesting) this.tooDeep(token.start)
    this.attach(node, size, depth)
  }

  open(list: boolean, flow: boolean, start: number, end: number, anchor: string): void {
    if (this.frames.length >= maxNesting) this.tooDeep(start)
    this.anchors.open(anchor)
    this.frames.push(openFrame(list, flow, start, end, anchor))
  }

  /** Ends the innermost collection; `end` is given where a bracket closes it. */
  close(end?: number): void {
    const frame = this.frames.pop()
    if (frame === undefined) return
    if (end !== undefined) frame.end = end
    const node = this.finish(frame)
    this.anchors.close(frame.anchor, node, frame.size, frame.depth)
    this.attach(node, frame.size, frame.depth)
  }

  private finish(frame: Frame): Node {
    const at = { source: this.source, start: frame.start, end: frame.end }
    if (frame.list) return new ListNode(frame.values, at, frame.flow)
    const merged = frame.merge
      ? closeFrame(frame, this.reader, (problem, at) => this.refuse(problem, at))
      : frame
    return new MapNode(merged.keys, merged.values, at, frame.flow)
  }

  private attach(node: Node, size: number, depth: number): void {
    const frame = this.frames[this.frames.length - 1]
    if (frame === undefined) {
      this.root = node
      return
    }
    this.anchors.count(size)
    frame.size += size
    if (depth >= frame.depth) frame.depth = depth + 1
    if (node.end > frame.end) frame.end = node.end
    if (frame.list || frame.key !== undefined) {
      frame.values.push(node)
      frame.key = undefined
    } else this.key(frame, node)
  }

  private key(frame: Frame, node: Node): void {
    if (node.kind === 'scalar') {
      frame.key = node
      if (node.text === '<<') frame.merge = true
    } else {
      this.refuse('invalid map key', node)
      frame.key = new Scalar('', 'double', undefined, this.reader, node)
    }
    frame.keys.push(frame.key)
  }

  refuse(problem: string, at: { start: number; end: number }): void {
    this.problem ??= new Refusal(`yaml: ${problem}`, at.start, at.end)
  }

  private tooDeep(start: number): never {
    throw refusal(`exceeded max depth of ${maxNesting}`, 0, start, this.scanner)
  }
}
