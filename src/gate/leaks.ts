import { leakChecks } from '../checks/leaks.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import { judgeMacs } from '../secrets/mac.ts'
import { judgeText } from '../secrets/text.ts'
import { type Diagnostic, type Finding, mergeDiagnostics } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import type { Config } from '../tree/config.ts'
import type { Tree } from '../tree/tree.ts'
import { describeBug } from './bug.ts'
import { hideNames } from './names.ts'
import { judgePast, opaquePast, type Past } from './past.ts'
import { secretFindings } from './secrets.ts'
import type { Verdict } from './verdict.ts'

/** What the command `secrets` looks at. */
export interface LeakRequest {
  readonly tree: Tree
  readonly config: Config
  /** ISO date. */
  readonly today: string
  /** The commits that head adds, with the repository they are in. */
  readonly history?: Past
  /** See `Request.leaks`. */
  readonly leaks?: (() => readonly Finding[]) | undefined
  /** Data keys that the shell unwrapped: files are then decrypted and their MACs checked. */
  readonly keys?: DataKeys | undefined
  /** What is no file and no commit: a title, a body, names of branches and tags. */
  readonly texts?: readonly Source[]
}

/** Judges leaks only: nothing is rendered, so that a hook answers at once. */
export function judgeLeaks(request: LeakRequest, now: () => number): Verdict {
  const start = now()
  const { tree, config, today, history, leaks, keys, texts = [] } = request
  const checked = {
    kustomizations: 0,
    objects: 0,
    files: tree.entries().length,
    commits: history?.revisions.length ?? 0,
    skipped: [],
  }
  const verdict = { diagnostics: [], checked, stages: [], incomplete: undefined, isHidden: hideAll }
  try {
    const past = judgePast(history, tree)
    const said = texts.flatMap(text => [...judgeText(text)])
    const macs = keys === undefined ? [] : [...judgeMacs(tree, keys)]
    const elsewhere = [...past.findings, ...said, ...macs]
    const findings = secretFindings({ tree, config, today, model: undefined, leaks, elsewhere })
    const diagnostics = levelled(findings, config)
    const stages = [{ stage: 'secrets', ms: now() - start }]
    const incomplete = past.incomplete ?? opaquePast(past, diagnostics)
    return hideNames({ ...verdict, diagnostics, stages, incomplete })
  } catch (error) {
    const incomplete = `looking for secrets failed, which is a bug in fluxgate: ${describeBug(error)}`
    return { ...verdict, incomplete }
  }
}

/** Frames of this command never show a word: the place is enough to find it. */
function hideAll(): boolean {
  return true
}

function levelled(findings: readonly Finding[], config: Config): readonly Diagnostic[] {
  const levels = new Map(leakChecks.map(check => [check.code, check.level]))
  const found = findings.flatMap(one => {
    const level = config.checks[one.code] ?? levels.get(one.code) ?? 'error'
    return level === 'off' ? [] : [{ ...one, level: one.level ?? level }]
  })
  return mergeDiagnostics(found)
}
