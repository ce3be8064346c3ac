import { Source } from '../text/source.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Commit } from './commit.ts'
import { betterHeader, commitFlaws, findingOf, judgeCommit, type Place } from './judge.ts'
import { titleCommand } from './mend.ts'
import { parseMessage } from './message.ts'
import type { Method, Policy } from './policy.ts'

/** The title of a pull request and its number, if it has one yet. */
export interface Title {
  readonly text: string
  readonly number?: number | undefined
  /** The pull request's own text, which a squash may take for the body of its message. */
  readonly body?: string | undefined
}

/** What a pull request would add to the history, and what is known of it. */
export interface History {
  /** Oldest first. */
  readonly commits: readonly Commit[]
  readonly title?: Title | undefined
  readonly method: Method
  /** Paths by commit; empty where the clone has no trees. Asked for, as `folders` is, only where a scope needs it. */
  readonly touched?: ReadonlyMap<string, readonly string[]> | undefined
  readonly folders?: ReadonlySet<string> | undefined
  readonly base?: string | undefined
  readonly isAncestor?: ((sha: string) => boolean | undefined) | undefined
}

/**
 * Judges the messages that will land: every commit for rebase and merge, for squash the message that
 * GitHub will make of them. A title is judged wherever it is given.
 */
export function judgeHistory(history: History, policy: Policy): Finding[] {
  const { commits, method } = history
  const judged = method === 'squash' ? squashedCommits(history, policy) : commits
  const head = commits.at(-1)
  const findings = judged.flatMap(commit =>
    judgeCommit(commit, policy, new CommitPlace(history, commit, commit === head)),
  )
  const { title } = history
  return title === undefined ? findings : [...findings, ...judgeTitle(title, history, policy)]
}

/** A place that asks the history for what is looked up only where a scope needs it. */
class CommitPlace implements Place {
  readonly isHead: boolean
  readonly #history: History
  readonly #commit: Commit

  constructor(history: History, commit: Commit, isHead: boolean) {
    this.isHead = isHead
    this.#history = history
    this.#commit = commit
  }

  get method(): Method {
    return this.#history.method
  }

  get base(): string | undefined {
    return this.#history.base
  }

  /** A squash of one commit takes its subject, and appends the number to that. */
  get suffix(): string {
    return this.method === 'squash' ? numberSuffix(this.#history.title) : ''
  }

  get isAncestor(): Place['isAncestor'] {
    return this.#history.isAncestor
  }

  get folders(): ReadonlySet<string> | undefined {
    return this.#history.folders
  }

  get touched(): readonly string[] | undefined {
    return this.#history.touched?.get(this.#commit.sha)
  }
}

/** The commits whose own message a squash takes: the only one, where the setting says so or no title is known. */
function squashedCommits({ commits, title }: History, policy: Policy): readonly Commit[] {
  const own = commits.filter(commit => commit.parents.length < 2)
  if (title === undefined) return own
  return own.length === 1 && policy.squashTitle === 'commit-or-pr-title' ? own : []
}

function numberSuffix(title: Title | undefined): string {
  return title?.number === undefined ? '' : ` (#${title.number})`
}

/** The title as it lands: GitHub appends the number where it makes a commit of it. */
function judgeTitle(title: Title, history: History, policy: Policy): Finding[] {
  const { commits, method } = history
  const squash = method === 'squash'
  const lands = squash || (method === 'merge' && policy.mergeTitle === 'pr-title')
  const suffix = lands ? numberSuffix(title) : ''
  const message = parseMessage(new Source('', firstLine(title.text), { in: 'title' }))
  const place: Place = {
    method,
    isHead: false,
    suffix,
    get folders() {
      return history.folders
    },
    get touched() {
      return squash && history.touched ? [...history.touched.values()].flat() : undefined
    },
  }
  const findings = commitFlaws(message, policy, place).map(flaw => {
    const fix = betterHeader(flaw, message, policy)
    const mend = fix === undefined ? {} : { fix, command: titleCommand(fix, title.number) }
    return findingOf(flaw, message, mend)
  })
  return squash ? [...findings, ...judgeBody(title, commits, policy)] : findings
}

function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? ''
}

/**
 * The body that a squash makes: the pull request's, or GitHub's list of commits. What a commit
 * announces as breaking must still be announced by the one message that is left.
 */
function judgeBody(title: Title, commits: readonly Commit[], policy: Policy): Finding[] {
  const own = commits.filter(commit => commit.parents.length < 2)
  const isOwn = policy.squashBody === 'pr-body'
  const text = `${firstLine(title.text)}\n\n${squashedBody(title, own, policy)}`
  const landed = parseMessage(new Source('', text, { in: isOwn ? 'body' : 'message' }))
  const flaws = landed.flaws.filter(flaw => flaw.start > landed.header.end)
  const findings = isOwn ? flaws.map(flaw => findingOf(flaw, landed)) : []
  if (landed.breaking) return findings
  if (own.length === 1 && policy.squashTitle === 'commit-or-pr-title') return findings
  const lost = own.find(one => parseMessage(one.message).breaking)
  if (lost === undefined) return findings
  const message = `commit ${lost.sha.slice(0, 12)} announces a breaking change and the squashed message does not`
  const at = { ...landed.header }
  const help = 'put ! before the colon of the title'
  return [...findings, findingOf({ code: 'hidden-breaking-change', message, ...at, help }, landed)]
}

function squashedBody(title: Title, own: readonly Commit[], { squashBody }: Policy): string {
  if (squashBody === 'pr-body') return title.body ?? ''
  if (squashBody === 'blank') return ''
  return own.map(one => `* ${one.message.text.trim()}`).join('\n\n')
}
