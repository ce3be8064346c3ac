import type { Level } from '../text/diagnostic.ts'

/** Something wrong with a message, before anybody asks whose message it is. Offsets into its source. */
export interface Flaw {
  readonly code: string
  readonly message: string
  readonly start: number
  readonly end: number
  /** Overrides the level of the check. */
  readonly level?: Level
  readonly help?: string
}

/** A piece of a message. */
export interface Part {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** The codes that answer for what Conventional Commits 1.0.0 itself demands. */
const specification: ReadonlySet<string> = new Set([
  'empty-message',
  'malformed-header',
  'malformed-scope',
  'misplaced-bang',
  'missing-space',
  'empty-description',
  'missing-blank-line',
  'hidden-breaking-change',
])

export function isSpecification(code: string): boolean {
  return specification.has(code)
}
