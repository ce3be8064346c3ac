import type { Span } from '../text/source.ts'

/**
 * Why an object cannot be merged or patched, in the tool's own words, with the place that causes it.
 * Thrown inside a build only; the builder turns it into a finding.
 */
export class Refusal extends Error {
  readonly at: Span | undefined
  /** The words for people, where the tool's own sentence would show a value that may be secret. */
  constructor(message: string, at?: Span) {
    // Nobody reads the stack of an answer, and taking it costs more than what was tried.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = limit
    this.name = 'Refusal'
    this.at = at
  }
}
