import { leakChecks } from '../checks/leaks.ts'
import { messageChecks } from '../checks/messages.ts'
import type { History } from '../commits/landing.ts'
import { judgeHistory } from '../commits/landing.ts'
import { readPolicy } from '../commits/policy.ts'
import { judgeText } from '../secrets/text.ts'
import { type Diagnostic, type Finding, mergeDiagnostics } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import type { Config } from '../tree/config.ts'
import { describeBug } from './bug.ts'
import type { Verdict } from './verdict.ts'

const ownLevels = new Map([...messageChecks, ...leakChecks].map(({ code, level }) => [code, level]))

/** Gives findings the levels that their checks have in a configuration; those that are off are dropped. */
export function withLevels(
  findings: Iterable<Finding>,
  levels: Config['checks'],
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const finding of findings) {
    const level = levels[finding.code] ?? ownLevels.get(finding.code) ?? 'error'
    if (level !== 'off') found.push({ ...maskKeys(finding), level: finding.level ?? level })
  }
  return mergeDiagnostics(found)
}

/** Judges messages alone: nothing is rendered, so that a hook answers at once. */
export function judgeMessages(
  history: History,
  config: Config,
  skipped: () => Verdict['checked']['skipped'] = () => [],
): Verdict {
  const checked = { kustomizations: 0, objects: 0, files: 0, commits: history.commits.length }
  try {
    const leaks = textsOf(history).flatMap(source => [...judgeText(source)])
    const findings = judgeHistory(history, readPolicy(config.commits))
    const diagnostics = withLevels([...leaks, ...findings], config.checks)
    const isHidden = hiding(leaks)
    const whole = { ...checked, skipped: skipped() }
    return { diagnostics, checked: whole, stages: [], incomplete: undefined, isHidden }
  } catch (error) {
    const incomplete = `judging the messages failed, which is a bug in fluxgate: ${describeBug(error)}`
    const none = { ...checked, skipped: [] }
    return { diagnostics: [], checked: none, stages: [], incomplete, isHidden: hidesKeys }
  }
}

/** The messages, and what the pull request says of itself. */
function textsOf({ commits, title }: History): readonly Source[] {
  const messages = commits.map(commit => commit.message)
  if (title === undefined) return messages
  const own = new Source('', title.text, { in: 'title' })
  return title.body === undefined
    ? [...messages, own]
    : [...messages, own, new Source('', title.body, { in: 'body' })]
}

/** A text in which a leak was found is not shown, wherever else it is quoted. */
export function hiding(leaks: readonly Finding[]): Verdict['isHidden'] {
  const texts = new Set(leaks.map(leak => leak.at.source.text))
  return source => texts.has(source.text) || hidesKeys(source)
}

const KEY =
  /AGE-SECRET-KEY-|PRIVATE KEY|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|AKIA|ASIA|sk-|eyJ)[A-Za-z0-9_-]{8}|:\/\/[^/\s:@]+:[^/\s:@]+@/i

/** A message that holds what looks like a key is not shown: the commit is named, and that is enough. */
export function hidesKeys({ text }: Pick<Source, 'text'>): boolean {
  return KEY.test(text)
}

/** Takes out of a finding what it quotes of such a message. */
function maskKeys(one: Finding): Finding {
  // What found the key quotes none of it.
  if (one.fingerprint !== undefined || !hidesKeys(one.at.source)) return one
  const { code, at, level } = one
  const kept = level === undefined ? { code, at } : { code, at, level }
  return { ...kept, message: one.message.replace(/"(?:[^"\\]|\\.)*"/g, '"<masked>"') }
}
