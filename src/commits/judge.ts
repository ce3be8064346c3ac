import type { Finding, Level } from '../text/diagnostic.ts'
import type { Commit } from './commit.ts'
import type { Flaw } from './flaw.ts'
import { amendCommand, autosquashCommand, editCommand, rewordCommand } from './mend.ts'
import { type Message, parseMessage } from './message.ts'
import type { Method, Policy, Stance } from './policy.ts'
import { applyPolicy, type Surroundings } from './rules.ts'
import { botOf, claimsRevert, fixupMark, readRevert } from './special.ts'
import { mendHeader } from './suggestion.ts'

/** Where a commit stands: what its text does not say. */
export interface Place extends Surroundings {
  readonly method: Method
  readonly isHead: boolean
  /** What the commits are added to, for commands. */
  readonly base?: string | undefined
  /** Whether a commit can be reverted here: it is an ancestor. Undefined where nobody can know. */
  readonly isAncestor?: ((sha: string) => boolean | undefined) | undefined
}

const levels: Readonly<Record<Stance, Level | undefined>> = {
  error: 'error',
  warn: 'warning',
  skip: undefined,
}

/** What is wrong with one commit: specification, policy, and what git's structure says it is. */
export function judgeCommit(commit: Commit, policy: Policy, place: Place): Finding[] {
  const message = parseMessage(commit.message)
  const merge = commit.parents.length > 1
  const all = merge ? mergeFlaws(message, policy, place) : commitFlaws(message, policy, place)
  if (all.length === 0) return []
  const bot = botOf(commit, message, place)
  const stance = bot === undefined ? 'error' : policy.bots[bot]
  return all
    .filter(flaw => stance !== 'skip' || flaw.code === 'control-character')
    .map(flaw => (stance === 'warn' ? lessen(flaw) : flaw))
    .map(flaw => findingOf(flaw, message, commandFor(flaw, message, commit, policy, place)))
}

/** The finding of a flaw; with the rewritten header and the command that applies it, where both are known. */
export function findingOf(flaw: Flaw, { source }: Message, mend: Mend = {}): Finding {
  const { code, message, start, end, level, help } = flaw
  return {
    code,
    message,
    at: source.span(start, end),
    ...(level === undefined ? {} : { level }),
    ...(help === undefined ? {} : { help }),
    ...mend,
  }
}

export interface Mend {
  readonly fix?: string
  readonly command?: string
}

function lessen(flaw: Flaw): Flaw {
  return flaw.level === 'note' ? flaw : { ...flaw, level: 'warning' }
}

/** A commit with several parents is a merge, whatever it says; its message is git's. */
function mergeFlaws(message: Message, policy: Policy, { method }: Place): Flaw[] {
  const deceiving = message.flaws.filter(flaw => flaw.code === 'control-character')
  const level = method === 'squash' ? undefined : levels[policy.mergeCommits]
  if (level === undefined) return deceiving
  const { start, end } = message.header
  const text = 'a merge commit in a pull request'
  return [...deceiving, { code: 'merge-commit', level, message: text, start, end }]
}

/** All that is wrong with a message that is no merge's. */
export function commitFlaws(message: Message, policy: Policy, place: Place): Flaw[] {
  const mark = fixupMark(message)
  if (mark !== undefined) return fixupFlaws(message, mark, policy, place)
  const revert = readRevert(message)
  if (revert !== undefined) return revertFlaws(message, revert.subject, revert.commit, place)
  const own = applyPolicy(message, policy, place)
  const flaws = message.flaws.length === 0 ? own : [...message.flaws, ...own]
  if (message.type !== undefined || !claimsRevert(message)) return flaws
  const { start, end } = message.header
  const text = 'a revert that does not say what it reverts'
  const help = 'let git revert write it, or write revert: and name the commit in a footer Refs:'
  return [...flaws, { code: 'loose-revert', message: text, start, end, help }]
}

function fixupFlaws(message: Message, mark: string, policy: Policy, { method }: Place): Flaw[] {
  const level = method === 'squash' ? undefined : levels[policy.fixups]
  const flaws = message.flaws.filter(flaw => flaw.code === 'control-character')
  if (level === undefined) return flaws
  const { start } = message.header
  const text = `a commit to be melted into another: ${mark.trim()}`
  return [
    ...flaws,
    { code: 'fixup-commit', level, message: text, start, end: start + mark.length - 1 },
  ]
}

function revertFlaws(
  message: Message,
  subject: string,
  sha: string | undefined,
  { isAncestor }: Place,
): Flaw[] {
  const { start, end } = message.header
  const rest = message.flaws.filter(flaw => flaw.start > end || flaw.code === 'control-character')
  const flaw = { code: 'loose-revert', start, end }
  if (sha !== undefined && isAncestor?.(sha) === false)
    return [
      ...rest,
      { ...flaw, message: `the commit it reverts is not below it: ${sha.slice(0, 12)}` },
    ]
  const help = `write "revert: ${subject.slice(0, 100)}" and a footer "Refs: ${sha?.slice(0, 12) ?? 'commit'}"`
  const text = "git's own revert, which Conventional Commits leave undefined"
  return [...rest, { ...flaw, level: 'note', message: text, help }]
}

const HEADER_CODES = new Set(
  'malformed-header malformed-scope misplaced-bang missing-space extra-space unknown-type upper-case-type upper-case-description full-stop'.split(
    ' ',
  ),
)

/** A header that would pass, where the mistake is in the header and a better one is known. */
export function betterHeader({ code }: Flaw, message: Message, policy: Policy): string | undefined {
  if (!HEADER_CODES.has(code)) return undefined
  const better = mendHeader(message.header.text, policy)
  return better === message.header.text ? undefined : better
}

function commandFor(
  flaw: Flaw,
  message: Message,
  { sha, parents }: Commit,
  policy: Policy,
  { isHead, base }: Place,
): Mend {
  if (flaw.level === 'note') return {}
  if (flaw.code === 'fixup-commit')
    return base === undefined ? {} : { command: autosquashCommand(base) }
  if (flaw.code === 'merge-commit')
    return base === undefined ? {} : { command: `git rebase ${base.slice(0, 12)}` }
  const isRoot = parents.length === 0
  const fix = betterHeader(flaw, message, policy)
  if (fix === undefined) return { command: editCommand(sha, isHead, isRoot) }
  return { fix, command: isHead ? amendCommand(fix) : rewordCommand(sha, fix, isRoot) }
}
