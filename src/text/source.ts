/** A place in a text as people count it: lines and columns from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A half-open range of a source. Nodes are spans themselves, so a finding points at a node. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** What a text that is not simply a file of the tree belongs to. */
export interface Owner {
  /** Full id of the commit the text belongs to. */
  readonly commit?: string
  /** Which part it is: `title`, `body`, `message`, `author`, `committer`, `ref`, `file-name`, `link-target`. */
  readonly in?: string
}

/** A text with a name; knows line and column of each offset. The table of lines is made on first use. */
export class Source {
  readonly path: string
  readonly text: string
  readonly owner: Owner
  #starts: readonly number[] | undefined

  constructor(path: string, text: string, owner: Owner = {}) {
    this.path = path
    this.text = text
    this.owner = owner
  }

  get #lineStarts(): readonly number[] {
    this.#starts ??= lineStarts(this.text)
    return this.#starts
  }

  get lineCount(): number {
    return this.#lineStarts.length
  }

  /** Line and column of an offset; offsets behind the end answer with the end. */
  position(offset: number): Position {
    const starts = this.#lineStarts
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const start = starts[low] ?? 0
    return { line: low + 1, column: Math.min(offset, this.text.length) - start + 1 }
  }

  /** Offset of the first character of a line (from 1); a line behind the end answers with the end. */
  lineStart(line: number): number {
    return this.#lineStarts[line - 1] ?? this.text.length
  }

  /** A line (from 1) without its line break; empty when there is no such line. */
  line(line: number): string {
    const start = this.#lineStarts[line - 1]
    if (start === undefined) return ''
    const end = this.#lineStarts[line] ?? this.text.length + 1
    return this.text.slice(start, end).replace(/[\r\n]+$/, '')
  }

  span(start: number, end: number = start): Span {
    return { source: this, start, end }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
