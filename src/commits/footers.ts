import type { Part } from './flaw.ts'
import type { Lines } from './lines.ts'

const BREAKING = /^BREAKING[ -]CHANGE$/

/** Whether a token announces a breaking change: upper case, space or hyphen (rules 12 and 16). */
export function isBreaking(token: string): boolean {
  return BREAKING.test(token)
}

/**
 * A footer: token, separator, value (which may span lines). Conventional Commits 1.0.0, rules 8 to 10.
 * It keeps its lines and reads its parts where they are asked for.
 */
export class Footer {
  private readonly lines: Lines
  private readonly first: number
  private readonly next: number
  private readonly tokenEnd: number

  /** The footer whose lines are those from `first` to before `next`. */
  constructor(lines: Lines, first: number, next: number, end: number) {
    this.lines = lines
    this.first = first
    this.next = next
    this.tokenEnd = end
  }

  /** Offset of its first character. */
  get start(): number {
    return this.lines.start(this.first)
  }

  get separator(): ': ' | ' #' | ' ' {
    const { text } = this.lines
    if (text[this.start] === '(') return ' '
    return text[this.tokenEnd] === ':' ? ': ' : ' #'
  }

  get token(): Part {
    const start = this.start + (this.separator === ' ' ? 1 : 0)
    const end = this.tokenEnd
    return { text: this.lines.text.slice(start, end), start, end }
  }

  /** It announces a breaking change. */
  get isBreaking(): boolean {
    const { text } = this.lines
    return text.startsWith('BREAKING', this.start) && isBreaking(this.token.text)
  }

  /** Nothing of the value stands on the line of the token. */
  get isLate(): boolean {
    const { text } = this.lines
    return text.slice(this.tokenEnd + 1, this.lines.end(this.first)).trim() === ''
  }

  get value(): Part {
    const lines = this.lines
    const { separator } = this
    const start = Math.min(this.tokenEnd + separator.length, lines.end(this.first))
    let last = this.next - 1
    while (last > this.first && lines.isBlank(last)) last--
    const close = separator === ' ' ? 1 : 0
    const texts = [lines.text.slice(start, lines.end(this.first) - close)]
    for (let line = this.first + 1; line <= last; line++) texts.push(lines.textOf(line))
    const end = last === this.first ? lines.end(last) - close : lines.end(last)
    return { text: texts.join('\n').trim(), start, end }
  }
}

const PICKED = /^\(cherry picked from commit [0-9a-f]{4,64}\)$/
const WORDS = 'BREAKING CHANGE'
const [COLON, SPACE, HASH, OPEN] = [0x3a, 0x20, 0x23, 0x28]

/**
 * The offset behind the token of a line that starts a footer; 0 where it starts none. Behind
 * BREAKING CHANGE rule 12 wants a colon; its description may start on a line below, for git itself takes the
 * space away that stands at the end of a line.
 */
export function tokenEnd(lines: Lines, line: number): number {
  const { text } = lines
  const start = lines.start(line)
  const stop = lines.end(line)
  if (text.charCodeAt(start) === OPEN)
    return PICKED.test(text.slice(start, stop)) ? start + '(cherry picked from commit'.length : 0
  let end = start
  if (text.startsWith(WORDS, start)) end += WORDS.length
  else while (end < stop && isWord(text.charCodeAt(end), end === start)) end++
  if (end === start) return 0
  if (end + 2 >= stop) return isLate(lines, line, start, end) ? end : 0
  const [first, second] = [text.charCodeAt(end), text.charCodeAt(end + 1)]
  const isColon = first === COLON && second === SPACE
  if (!isColon && !(first === SPACE && second === HASH)) return 0
  if (!isColon && isBreaking(text.slice(start, end))) return 0
  if (text.slice(end + 2, stop).trim() !== '') return end
  return isLate(lines, line, start, end) ? end : 0
}

/** Whether a line is no more than `BREAKING CHANGE:`, and more follows. */
function isLate(lines: Lines, line: number, start: number, end: number): boolean {
  const { text } = lines
  if (text.charCodeAt(end) !== COLON || line + 1 >= lines.length) return false
  return isBreaking(text.slice(start, end)) && text.slice(end + 1, lines.end(line)).trim() === ''
}

function isWord(code: number, isFirst: boolean): boolean {
  const letter = code | 0x20
  if (letter >= 0x61 && letter <= 0x7a && code < 0x80) return true
  return !isFirst && ((code >= 0x30 && code <= 0x39) || code === 0x2d)
}

function announces(lines: Lines, line: number, end: number): boolean {
  return isBreaking(lines.text.slice(lines.start(line), end))
}

/**
 * Where the footers start: the index of the first paragraph that begins with a footer such that
 * every later one does too, or that begins with BREAKING CHANGE. `from` is the first line that a
 * blank one precedes; without footers the answer is the number of lines.
 */
export function footerStart(lines: Lines, from: number): number {
  let tail = lines.length
  let open = true
  for (let line = lines.length - 1; line >= from; line--) {
    if (lines.isBlank(line) || !lines.isBlank(line - 1)) continue
    const end = tokenEnd(lines, line)
    if (end === 0) open = false
    else if (open || announces(lines, line, end)) tail = line
  }
  return tail
}

/** The footers from a line on: each reaches to the next line that starts one (rule 10). */
export function readFooters(lines: Lines, from: number): Footer[] {
  const footers: Footer[] = []
  let first = from
  let end = 0
  for (let line = from; line < lines.length; line++) {
    const next = lines.isBlank(line) ? 0 : tokenEnd(lines, line)
    if (next === 0) continue
    if (end > 0) footers.push(new Footer(lines, first, line, end))
    first = line
    end = next
  }
  if (end > 0) footers.push(new Footer(lines, first, lines.length, end))
  return footers
}
