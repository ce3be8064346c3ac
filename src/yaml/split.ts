import type { Source } from '../text/source.ts'
import type { Comment, YamlProblem } from './node.ts'

/** One part of a stream, between two separators. */
export interface Stretch {
  readonly from: number
  readonly to: number
  /** The comment on the separator in front of it. */
  readonly comment?: Comment
}

export interface Split {
  readonly stretches: readonly Stretch[]
  readonly problem: YamlProblem | undefined
}

/**
 * Splits a text as kyaml does before it parses (`kio.splitDocuments`): at every line that begins with
 * `---`, be it inside a scalar; the first line and a last one without line break are no separators.
 */
export function splitStream(source: Source): Split {
  const { text } = source
  const stretches: Stretch[] = []
  let from = 0
  let comment: Comment | undefined
  for (let at = text.indexOf('\n---'); at !== -1; at = text.indexOf('\n---', from)) {
    const end = text.indexOf('\n', at + 4)
    if (end === -1) break
    const trimmed = text.slice(at + 4, end).trim()
    if (trimmed !== '' && !trimmed.startsWith('#')) {
      // The tool repeats the line; it may hold anything, so we only point at it.
      const problem = { source, start: at + 1, end, message: 'invalid document separator' }
      return { stretches, problem }
    }
    stretches.push(stretch(from, at + 1, comment))
    comment = undefined
    if (trimmed !== '') {
      const start = text.indexOf('#', at)
      comment = { start, end: start + trimmed.length }
    }
    from = end + 1
  }
  if (text !== '') stretches.push(stretch(from, text.length, comment))
  return { stretches, problem: undefined }
}

function stretch(from: number, to: number, comment: Comment | undefined): Stretch {
  return comment ? { from, to, comment } : { from, to }
}
