import type { Span } from '../text/source.ts'

/**
 * Why an object cannot be merged or patched, in the tool's own words, with the place that causes it.
 * Thrown inside a build only; the builder turns it into a finding.
 */
export class Refusal extends Error {
  readonly at: Span | undefined
  /** The words for people, where the tool's own sentence would show a value that may be secret. */
  constructor(message: string, at?: Span) {
    super(message)
    this.name = 'Refusal'
    this.at = at
  }
}
