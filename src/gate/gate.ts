import type { Check, Group } from '../checks/check.ts'
import { checks } from '../checks/index.ts'
import type { Input } from '../checks/input.ts'
import { changesBetween } from '../flux/changes.ts'
import { drawGraph } from '../flux/graph.ts'
import type { Skipped } from '../flux/model.ts'
import { type Diagnostic, mergeDiagnostics } from '../text/diagnostic.ts'
import { describeBug } from './bug.ts'
import { hidesKeys } from './commits.ts'
import { hiddenPlaces } from './hidden.ts'
import { applyIgnores } from './ignores.ts'
import { createInput } from './input.ts'
import { hideNames } from './names.ts'
import { judgePast, opaquePast, type PastLeaks } from './past.ts'
import type { Request } from './request.ts'
import { maskValues } from './mask.ts'
import { type Checked, type StageTime, type Verdict, worstByObject } from './verdict.ts'

/** Which checks run: all, or those of some groups; `only` and `skip` name codes. */
export interface Selection {
  readonly groups?: ReadonlySet<Group>
  readonly only?: ReadonlySet<string>
  readonly skip?: ReadonlySet<string>
}

/**
 * Runs the checks over one request. The only place that catches: an unexpected error is our own bug,
 * is named as such, and the verdict is incomplete (exit 2). The message of such an error is not shown,
 * because it may quote what it stumbled over; its kind and place in our code are.
 */
export function judgeRequest(request: Request, selection: Selection, now: () => number): Verdict {
  const clock = stopwatch(now)
  const guards = selectChecks(selection).some(check => check.group === 'secrets')
  const past = clock.time('secrets', () =>
    pastOf(guards ? request : { ...request, past: undefined }),
  )
  const input = createInput({ ...request, elsewhere: past.findings }, clock.time)
  const found: Diagnostic[] = []
  let incomplete = input.model.incomplete ?? past.incomplete
  for (const check of selectChecks(selection)) {
    try {
      const level = request.config.checks[check.code] ?? check.level
      if (level === 'off') continue
      const run = () => [...check.run(input)].map(one => ({ ...one, level: one.level ?? level }))
      found.push(...(check.group === 'secrets' ? clock.time('secrets', run) : run()))
    } catch (error) {
      incomplete ??= `${check.code} failed, which is a bug in fluxgate: ${describeBug(error)}`
    }
  }
  const unanswered = input.codes().filter(code => !isKnownCode(code))
  for (const code of unanswered)
    found.push(
      ...input.found(code).map(one => ({ ...one, level: one.level ?? ('error' as const) })),
    )
  incomplete ??= opaquePast(past, found)
  if (unanswered.length > 0) incomplete ??= missingChecks(unanswered)
  const diagnostics = finish(found, input, selection)
  return hideNames({
    diagnostics,
    graph: graphOf(input, diagnostics),
    checked: countChecked(input),
    stages: clock.times(),
    incomplete,
    changes: changesOf(input, selection),
    isHidden: hiddenPlaces(found, secretCodes(), input.yamlFiles),
  })
}

function pastOf({ past, tree }: Request): PastLeaks {
  try {
    return judgePast(past, tree)
  } catch (error) {
    const incomplete = `looking through the commits failed, which is a bug in fluxgate: ${describeBug(error)}`
    return { findings: [], incomplete }
  }
}

/** A name that holds a key is drawn nowhere. */
function graphOf({ model }: Input, diagnostics: readonly Diagnostic[]): Verdict['graph'] {
  if (model.kustomizations.length === 0) return undefined
  return () => {
    const worst = worstByObject(diagnostics)
    const text = drawGraph(model, object => worst.get(object))
    return hidesKeys({ text }) ? 'flowchart LR\n  hidden["a name holds a key"]\n' : text
  }
}

function changesOf(input: Input, { only, groups }: Selection): Verdict['changes'] {
  if (only !== undefined || groups !== undefined) return undefined
  return input.baseModel && changesBetween(input.baseModel, input.model)
}

export function selectChecks({ groups, only, skip }: Selection): readonly Check[] {
  return checks.filter(
    ({ code, group }) =>
      (groups === undefined || groups.has(group)) &&
      (only === undefined || only.has(code)) &&
      !skip?.has(code),
  )
}

export function isKnownCode(code: string): boolean {
  return checks.some(check => check.code === code)
}

function finish(found: readonly Diagnostic[], input: Input, selection: Selection): Diagnostic[] {
  const merged = mergeDiagnostics(found.map(one => maskValues(one)))
  const ignored = selection.only === undefined && selection.groups === undefined
  return ignored ? mergeDiagnostics(applyIgnores(merged, input.yamlFiles)) : merged
}

function missingChecks(codes: readonly string[]): string {
  return `stages report ${codes.join(', ')}, which no check answers for: this is a bug in fluxgate`
}

function secretCodes(): ReadonlySet<string> {
  return new Set(checks.filter(check => check.group === 'secrets').map(check => check.code))
}

function countChecked(input: Input): Checked {
  const { kustomizations, skipped } = input.model
  return {
    kustomizations: kustomizations.length,
    objects: kustomizations.reduce((sum, one) => sum + one.objects.length, 0),
    files: input.tree.entries().length,
    commits: input.commits.length,
    skipped: [...skipped, ...unseenKinds(input)],
  }
}

/** Kinds of groups that nobody has shown us: their objects were not judged. */
function unseenKinds(input: Input): Skipped[] {
  const notes = input.found('unknown-kind').filter(one => one.level === 'note')
  const whys = new Map(notes.map(one => [one.message, one.help ?? '']))
  return [...whys].map(([what, why]) => ({ what, why }))
}

function stopwatch(now: () => number): {
  time: <T>(stage: string, run: () => T) => T
  times: () => StageTime[]
} {
  const spent = new Map<string, number>()
  let inner = 0
  const time = <T>(stage: string, run: () => T): T => {
    const start = now()
    const before = inner
    inner = 0
    try {
      return run()
    } finally {
      const all = now() - start
      spent.set(stage, (spent.get(stage) ?? 0) + all - inner)
      inner = before + all
    }
  }
  return { time, times: () => [...spent].map(([stage, ms]) => ({ stage, ms })) }
}
