/** A text in the making, and where it stands. */
export interface Output {
  text: string
  column: number
  indent: number
  /** Whether a blank stands in front, and whether nothing but indentation does. */
  whitespace: boolean
  indention: boolean
  readonly width: number
}

/** An empty text whose lines fold behind `width`. */
export function newOutput(width: number): Output {
  return { text: '', column: 0, indent: -1, whitespace: true, indention: true, width }
}

/** Goes to a new line at the indent, unless it stands there already. */
export function writeIndent(out: Output): void {
  const indent = Math.max(out.indent, 0)
  if (!out.indention || out.column > indent || (out.column === indent && !out.whitespace)) {
    out.text += '\n'
    out.column = 0
  }
  if (out.column < indent) {
    out.text += ' '.repeat(indent - out.column)
    out.column = indent
  }
  out.whitespace = true
  out.indention = true
}

/** A text without blanks, one blank in front where none is. */
export function writeWord(out: Output, text: string): void {
  const written = out.whitespace ? text : ` ${text}`
  out.text += written
  out.column += written.length
  out.whitespace = false
  out.indention = false
}

export function writeIndicator(
  out: Output,
  indicator: string,
  needsSpace: boolean,
  isIndention = false,
): void {
  const text = needsSpace && !out.whitespace ? ` ${indicator}` : indicator
  out.text += text
  out.column += text.length
  out.whitespace = false
  out.indention = out.indention && isIndention
}
