import type { Finding, Level } from '../text/diagnostic.ts'
import type { Input } from './input.ts'

export type Group =
  | 'yaml'
  | 'kustomize'
  | 'schema'
  | 'flux'
  | 'helm'
  | 'secrets'
  | 'commits'
  | 'gate'

/**
 * One check: a function, a page `<code>.md` beside it and an entry in `index.ts`. The code names the
 * defect and reads well after "allow". Checks are pure: they see typed input, no files, no clock.
 */
export interface Check {
  readonly code: string
  readonly level: Level
  readonly group: Group
  /** One line for the table in the README. */
  readonly summary: string
  /** False for secrets: no comment silences them. */
  readonly ignorable: boolean
  /** Yields findings whose code is this check's own. */
  run(input: Input): Iterable<Finding>
}
