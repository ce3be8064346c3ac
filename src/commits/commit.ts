import type { Source } from '../text/source.ts'

/** A person and a time as git stores them. */
export interface Signature {
  readonly name: string
  readonly email: string
  /** Seconds since 1970. */
  readonly time: number
}

/** A commit as stored: nothing is inferred from its text. */
export interface Commit {
  readonly sha: string
  readonly parents: readonly string[]
  readonly author: Signature
  readonly committer: Signature
  /** The message; its owner names the commit. */
  readonly message: Source
}
