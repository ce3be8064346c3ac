import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Part } from '../commits/flaw.ts'
import { betterHeader, commitFlaws, findingOf } from '../commits/judge.ts'
import { type History, judgeHistory } from '../commits/landing.ts'
import { quoted } from '../commits/mend.ts'
import { isConventional, type Message, parseMessage } from '../commits/message.ts'
import { type Method, type Policy, readPolicy } from '../commits/policy.ts'
import { hidesKeys, hiding, withLevels } from '../gate/commits.ts'
import type { Verdict } from '../gate/verdict.ts'
import { flatten } from '../report/json.ts'
import { judgeText } from '../secrets/text.ts'
import { type Diagnostic, type Finding, isAtLeast, type Level } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import type { Config } from '../tree/config.ts'
import type { Shell } from './command.ts'
import { printVerdict } from './print.ts'
import type { Workspace } from './workspace.ts'

export interface FileRequest {
  readonly messages: readonly string[]
  /** `-`, or a file as git hands it to a `commit-msg` hook. */
  readonly file: string
  readonly config: Config
  readonly method: Method
  readonly workspace: Workspace
  readonly failOn: Level
}

interface Looks {
  readonly format: string
  readonly quiet: boolean
  readonly 'no-color': boolean
  readonly null: boolean
}

/** Judges messages that are no commits yet. Only a file that git wrote has comments to drop. */
export function judgeFile(
  request: FileRequest,
  looks: Looks,
  shell: Shell,
): number | Promise<number> {
  const { messages, file, config, workspace, failOn } = request
  const policy = readPolicy(config.commits)
  const isHook = file !== '-' && !looks.null
  const comment = isHook ? commentMark(workspace) : undefined
  const merging = isHook && isMerging(workspace)
  const judged = messages.map(text => {
    const message = parseMessage(new Source('', text, { in: 'message' }), comment)
    const findings = merging ? [] : judgeLoose(message, request, policy)
    const leaks = [...judgeText(message.source)]
    return { message, leaks, diagnostics: withLevels([...leaks, ...findings], config.checks) }
  })
  const all = judged.flatMap(one => one.diagnostics)
  if (looks.format === 'ndjson') {
    shell.out(judged.map((one, index) => lineOf(index, one.message, one.diagnostics)).join(''))
    return all.some(one => isAtLeast(one.level, failOn)) ? 1 : 0
  }
  const { format, quiet } = looks
  const options = { format, quiet, noColor: looks['no-color'], failOn }
  return printVerdict(verdictOf(all, judged), options, shell)
}

function judgeLoose(message: Message, request: FileRequest, policy: Policy): Finding[] {
  const { file, method } = request
  return commitFlaws(message, policy, { method, isHead: true }).map(flaw => {
    const fix = betterHeader(flaw, message, policy)
    const retry = file === '-' ? {} : { command: `git commit --edit --file ${quoted(file)}` }
    return findingOf(flaw, message, fix === undefined ? retry : { fix, ...retry })
  })
}

function verdictOf(
  diagnostics: readonly Diagnostic[],
  judged: readonly { readonly leaks: readonly Finding[] }[],
): Verdict {
  const leaks = judged.flatMap(one => one.leaks)
  return {
    diagnostics,
    checked: { kustomizations: 0, objects: 0, files: 0, commits: judged.length, skipped: [] },
    stages: [],
    incomplete: undefined,
    isHidden: hiding(leaks),
  }
}

/** One line a commit of a range, as for messages of a file. */
export function printLines(history: History, config: Config, failOn: Level, shell: Shell): number {
  const found = withLevels(judgeHistory(history, readPolicy(config.commits)), config.checks)
  history.commits.forEach((commit, index) => {
    const own = found.filter(one => one.at.source.owner.commit === commit.sha)
    shell.out(lineOf(index, parseMessage(commit.message), own, commit.sha))
  })
  const rest = found.filter(one => one.at.source.owner.commit === undefined)
  if (history.title !== undefined) {
    const title = parseMessage(new Source('', history.title.text, { in: 'title' }))
    shell.out(lineOf(history.commits.length, title, rest))
  }
  return found.some(one => isAtLeast(one.level, failOn)) ? 1 : 0
}

/** What a message is, as one line of JSON; `ok` asks the specification alone. */
function lineOf(
  index: number,
  message: Message,
  diagnostics: readonly Diagnostic[],
  commit?: string,
): string {
  const { type, scope, breaking, description, footers } = message
  const line = {
    index,
    ...(commit === undefined ? {} : { commit }),
    ok: isConventional(message),
    type: shown(type),
    scope: shown(scope),
    breaking,
    description: shown(description),
    footers: footers.map(({ token, separator, value }) => ({
      token: token.text,
      separator,
      value: shown(value),
    })),
    diagnostics: diagnostics.map(flatten),
  }
  return `${JSON.stringify(line)}\n`
}

function shown(part: Part | undefined): string | null {
  if (part === undefined) return null
  return hidesKeys(part) ? '<masked>' : part.text
}

/** What starts a comment in a message being edited: `core.commentChar` of the repository, else `#`. */
function commentMark({ repository }: Workspace): string {
  if (repository === undefined) return '#'
  const text = readText(join(repository.gitFolder, 'config'))
  const mark = /^\s*comment(?:char|string)\s*=\s*"?([^"\s]+)/im.exec(text)?.[1]
  return mark === undefined || mark === 'auto' ? '#' : mark
}

function readText(path: string): string {
  try {
    return readFileSync(resolve(path), 'utf8')
  } catch {
    return ''
  }
}

/** Whether git is making a merge: its message is git's own. */
function isMerging({ repository }: Workspace): boolean {
  return repository !== undefined && existsSync(join(repository.gitFolder, 'MERGE_HEAD'))
}
