import type { Source, Span } from './source.ts'

/** One line of a frame; `mark` holds the columns (from 0) to underline, half-open. */
export interface FrameLine {
  readonly line: number
  readonly text: string
  readonly mark: readonly [number, number] | undefined
}

/** Whether the characters from `start` to `end` of a source must not be shown. */
export type IsHidden = (source: Source, start: number, end: number) => boolean

const WIDTH = 160
const MASK = '•'

/** The line of a span with one line before it, ready to print: made harmless, hidden parts masked. */
export function frameOf(span: Span, isHidden: IsHidden): readonly FrameLine[] {
  const { source } = span
  const first = source.position(span.start)
  const last = source.position(Math.max(span.start, span.end - 1))
  const before = first.line > 1 ? [first.line - 1] : []
  return [...before, first.line].map(line => {
    const text = shownLine(source, line, isHidden)
    if (line !== first.line) return { line, text, mark: undefined }
    const from = Math.min(first.column - 1, text.length)
    const to = last.line === first.line ? Math.min(last.column, text.length) : text.length
    return { line, text, mark: [from, Math.max(to, from + 1)] }
  })
}

function shownLine(source: Source, line: number, isHidden: IsHidden): string {
  const start = source.lineStart(line)
  const text = source.line(line).slice(0, WIDTH)
  return printable(maskHidden(text, source, start, isHidden))
}

/** Replaces every word of a line that lies in a hidden place; one mark a character keeps columns true. */
function maskHidden(text: string, source: Source, start: number, isHidden: IsHidden): string {
  return text.replace(/[^\s]+/g, (word, at: number) =>
    isHidden(source, start + at, start + at + word.length) ? MASK.repeat(word.length) : word,
  )
}

const UNSAFE =
  // Controls, format characters that reorder or hide text, lone surrogates.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A text without characters that a terminal or a page could take as orders; tabs count one column. */
export function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(UNSAFE, '\u{fffd}')
}
