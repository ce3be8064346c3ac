import type { Source } from '../text/source.ts'
import { LF, SPACE } from './chars.ts'
import { type Reader, Scalar } from './node.ts'

/** Where the quick reader stands: a line at a time, with the comments passed so far. */
export class Cursor {
  readonly text: string
  readonly end: number
  readonly source: Source
  readonly reader: Reader
  /** Start and end of every comment, flat. */
  readonly comments: number[] = []
  pos: number
  /** Start of the line of `pos`, and the column of the content that comes next; -1 at the end. */
  line: number
  column = -1

  constructor(source: Source, from: number, to: number, reader: Reader) {
    this.source = source
    this.text = source.text
    this.pos = from
    this.line = from
    this.end = to
    this.reader = reader
  }

  scalar(text: string, style: Scalar['style'], start: number, end: number): Scalar {
    return new Scalar(text, style, undefined, this.reader, { source: this.source, start, end })
  }

  code(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : LF
  }

  /** From the start of a line to the next content: over blank lines and comments. */
  nextLine(): void {
    const { text, end } = this
    let at = this.pos
    for (;;) {
      const start = at
      while (at < end && text.charCodeAt(at) === SPACE) at++
      if (at >= end) {
        this.pos = end
        this.column = -1
        return
      }
      const c = text.charCodeAt(at)
      if (c === LF) at++
      else if (c === 35) at = this.comment(at)
      else {
        this.pos = at
        this.line = start
        this.column = at - start
        return
      }
    }
  }

  /** Over a comment and its line break. */
  comment(at: number): number {
    const found = this.text.indexOf('\n', at)
    const stop = found === -1 || found > this.end ? this.end : found
    this.comments.push(at, stop)
    return Math.min(stop + 1, this.end)
  }

  /** The rest of a line behind a value: blanks and a comment; false where there is more. */
  endLine(): boolean {
    let at = this.pos
    while (this.code(at) === SPACE) at++
    const c = this.code(at)
    if (c === 35 && at > this.pos) this.pos = this.comment(at)
    else if (c === LF) this.pos = Math.min(at + 1, this.end)
    else return false
    this.nextLine()
    return true
  }
}
