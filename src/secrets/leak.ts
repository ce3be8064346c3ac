import type { Level } from '../text/diagnostic.ts'

/** What is wrong with some bytes; offsets count bytes of the file. Never holds a byte of the secret. */
export interface Leak {
  readonly code: string
  readonly message: string
  readonly start: number
  readonly end: number
  readonly level?: Level
  /** Encodings it was under, outermost first. */
  readonly hidden: readonly string[]
  readonly fingerprint: string
  readonly help: string
}

export const ROTATE =
  'rotate first: whoever can read the repository has it; then remove it from every commit of the branch'
