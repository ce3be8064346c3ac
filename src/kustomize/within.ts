import { Refusal } from '../kube/refusal.ts'
import type { Span } from '../text/source.ts'

/** Runs a part of a build; what it refuses says in which part. */
export function within<T>(part: string, run: () => T, at?: Span): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(`${part}: ${error.message}`, error.at ?? at)
  }
}
