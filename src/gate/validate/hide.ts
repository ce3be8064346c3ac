import { createProver } from '../../secrets/prover.ts'
import { judgeBytes } from '../../secrets/tree.ts'
import type { Finding } from '../../text/diagnostic.ts'
import type { IsHidden } from '../../text/frame.ts'
import type { Source } from '../../text/source.ts'

const ALONE = { rules: [], roles: new Map(), prover: createProver([]), files: new Map() }

/** What leaks in a text as it stands, each text looked through once. */
export function leakFinder(): (source: Source) => readonly Finding[] {
  const known = new Map<string, readonly Finding[]>()
  return ({ path, text }) => {
    const found = known.get(text) ?? [...judgeBytes(path, Buffer.from(text), ALONE)]
    known.set(text, found)
    return found
  }
}

/** Hides the lines of leaks, beside what is hidden anyway. */
export function hideLeaks(
  isHidden: IsHidden,
  leaksOf: (source: Source) => readonly Finding[],
): IsHidden {
  return (source, start, end) =>
    isHidden(source, start, end) ||
    leaksOf(source).some(({ at }) => start < at.end && at.start < end)
}
