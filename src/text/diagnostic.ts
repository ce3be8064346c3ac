import type { Span } from './source.ts'

/**
 * `error`: Flux or the API server refuses it, a secret leaks, or something named has no effect;
 * `warning`: accepted but probably not meant; `note`: what cannot be known offline.
 */
export type Level = 'error' | 'warning' | 'note'

/** A second place that explains the first: what a patch replaced, the other of two owners. */
export interface Related {
  readonly span: Span
  readonly text: string
}

/** What a check or a stage found. The gate gives it its level. */
export interface Finding {
  /** The check that answers for it: file name, page, anchor, ignore slug, SARIF rule id. */
  readonly code: string
  /** Lower case, no full stop; the API server's or the tool's own sentence where there is one. */
  readonly message: string
  /** Where a person edits. */
  readonly at: Span
  /** Overrides the check's own level. */
  readonly level?: Level
  readonly related?: readonly Related[]
  /** `apiVersion Kind [namespace/]name`. */
  readonly object?: string
  /** As the API server spells it: `spec.template.spec.containers[0].ports[1].name`. */
  readonly field?: string
  /** Build roots in which it shows. */
  readonly seenIn?: readonly string[]
  readonly help?: string
  /** What should stand there instead. */
  readonly fix?: string
  /** The command that mends it, ready for a shell. */
  readonly command?: string
  /** Secrets only: names the leak without revealing it. */
  readonly fingerprint?: string
  /** Secrets only: the chain of encodings the leak was under, outermost first. */
  readonly hidden?: readonly string[]
}

export interface Diagnostic extends Finding {
  readonly level: Level
}

const rank = { error: 0, warning: 1, note: 2 } as const

/** Whether a level is at or above another (`error` is the highest). */
export function isAtLeast(level: Level, threshold: Level): boolean {
  return rank[level] <= rank[threshold]
}

/** Merges what several builds say of the same line: one diagnostic, all roots in `seenIn`. */
export function mergeDiagnostics(all: Iterable<Diagnostic>): Diagnostic[] {
  const merged = new Map<string, Diagnostic>()
  for (const one of all) {
    const key = identity(one)
    const known = merged.get(key)
    merged.set(key, known ? { ...known, seenIn: union(known.seenIn, one.seenIn) } : one)
  }
  return [...merged.values()].sort(compareDiagnostics)
}

function identity(one: Diagnostic): string {
  const { source, start, end } = one.at
  const owner = `${source.owner.commit ?? ''}\0${source.owner.in ?? ''}`
  return `${one.code}\0${source.path}\0${owner}\0${start}\0${end}\0${one.message}`
}

function union(a: readonly string[] = [], b: readonly string[] = []): readonly string[] {
  return [...new Set([...a, ...b])].sort()
}

/** Order of reports: by path, then place, then code. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.at.source.path, b.at.source.path) ||
    compareText(a.at.source.owner.commit ?? '', b.at.source.owner.commit ?? '') ||
    a.at.start - b.at.start ||
    a.at.end - b.at.end ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
