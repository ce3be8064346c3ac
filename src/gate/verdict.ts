import type { ObjectChange } from '../flux/changes.ts'
import type { Skipped } from '../flux/model.ts'
import { type Diagnostic, isAtLeast, type Level } from '../text/diagnostic.ts'
import type { IsHidden } from '../text/frame.ts'

/** How much was looked at. */
export interface Checked {
  readonly kustomizations: number
  readonly objects: number
  readonly files: number
  readonly commits: number
  readonly skipped: readonly Skipped[]
}

/** How long a stage took. */
export interface StageTime {
  readonly stage: string
  readonly ms: number
}

/** What the gate says: everything a report needs. */
export interface Verdict {
  readonly diagnostics: readonly Diagnostic[]
  readonly checked: Checked
  readonly stages: readonly StageTime[]
  /** Why the gate could not judge (exit 2); undefined when it could. */
  readonly incomplete: string | undefined
  /** Which characters of the sources no report may show. */
  readonly isHidden: IsHidden
  /** Draws what applies what as Mermaid; undefined where Flux applies nothing. */
  readonly graph?: (() => string) | undefined
  /** What Flux would apply differently than the base; undefined where nothing is compared. */
  readonly changes?: readonly ObjectChange[] | undefined
}

/** The worst level of the findings of each object, by its name as diagnostics spell it. */
export function worstByObject(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, Level> {
  const worst = new Map<string, Level>()
  for (const { object, level } of diagnostics) {
    const known = object === undefined ? undefined : worst.get(object)
    if (object !== undefined && (known === undefined || isAtLeast(level, known)))
      worst.set(object, level)
  }
  return worst
}

export type Counts = Readonly<Record<Level, number>>

export function countLevels(diagnostics: readonly Diagnostic[]): Counts {
  const counts = { error: 0, warning: 0, note: 0 }
  for (const { level } of diagnostics) counts[level]++
  return counts
}

/** 0 nothing at or above `failOn`; 1 something; 2 could not judge. With `note`, what was skipped is not judged. */
export function exitCode(verdict: Verdict, failOn: Level): 0 | 1 | 2 {
  if (verdict.incomplete !== undefined) return 2
  if (failOn === 'note' && verdict.checked.skipped.length > 0) return 2
  return verdict.diagnostics.some(one => isAtLeast(one.level, failOn)) ? 1 : 0
}
