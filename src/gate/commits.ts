import { checks } from '../checks/index.ts'
import type { History } from '../commits/landing.ts'
import { judgeHistory } from '../commits/landing.ts'
import { readPolicy } from '../commits/policy.ts'
import { type Diagnostic, type Finding, mergeDiagnostics } from '../text/diagnostic.ts'
import type { Config } from '../tree/config.ts'
import { describeBug } from './gate.ts'
import type { Verdict } from './verdict.ts'

/** Gives findings the levels that their checks have in a configuration; those that are off are dropped. */
export function withLevels(
  findings: Iterable<Finding>,
  levels: Config['checks'],
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const finding of findings) {
    const check = checks.find(one => one.code === finding.code)
    const level = levels[finding.code] ?? check?.level ?? 'error'
    if (level !== 'off') found.push({ ...finding, level: finding.level ?? level })
  }
  return mergeDiagnostics(found)
}

/** Judges messages alone: nothing is rendered, so that a hook answers at once. */
export function judgeMessages(
  history: History,
  config: Config,
  skipped: Verdict['checked']['skipped'] = [],
): Verdict {
  const checked = {
    kustomizations: 0,
    objects: 0,
    files: 0,
    commits: history.commits.length,
    skipped,
  }
  try {
    const findings = judgeHistory(history, readPolicy(config.commits))
    const diagnostics = withLevels(findings, config.checks)
    return { diagnostics, checked, stages: [], incomplete: undefined, isHidden: () => false }
  } catch (error) {
    const incomplete = `judging the messages failed, which is a bug in fluxgate: ${describeBug(error)}`
    return { diagnostics: [], checked, stages: [], incomplete, isHidden: () => false }
  }
}
