import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { scopeFolders } from '../commits/folders.ts'
import type { History, Title } from '../commits/landing.ts'
import type { Method } from '../commits/policy.ts'
import { readPolicy } from '../commits/policy.ts'
import { judgeMessages } from '../gate/commits.ts'
import type { Verdict } from '../gate/verdict.ts'
import type { Config } from '../tree/config.ts'
import { workTree } from '../tree/disk.ts'
import { isProblem, type Repository } from '../tree/git.ts'
import { listPaths, touchedPaths } from '../tree/gitchanges.ts'
import { isAncestor, revisions } from '../tree/githistory.ts'
import { commitTree } from '../tree/gittree.ts'
import type { Command, Shell } from './command.ts'
import { judgeFile, printLines } from './messages.ts'
import { commonOptions, levelOption, parseOptions } from './options.ts'
import { printVerdict, reporterFor } from './print.ts'
import { readSettings } from './settings.ts'
import { UsageError } from './usage.ts'
import { answered, openWorkspace, type Workspace } from './workspace.ts'

const usage =
  'fluxgate commits [PATH] [--base REV [--head REV] [--count N]] [--message-file FILE|- [--null]] [--title TEXT [--number N]] [--merge-method squash|rebase|merge]'

const options = {
  ...commonOptions,
  base: { type: 'string' },
  head: { type: 'string' },
  count: { type: 'string' },
  'message-file': { type: 'string' },
  null: { type: 'boolean', default: false },
  title: { type: 'string' },
  body: { type: 'string' },
  number: { type: 'string' },
  'merge-method': { type: 'string' },
} as const

export const commits: Command = {
  usage,
  summary: 'commit messages as they will land: of a range, a file, or a pull request',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, options)
    const [path = '.', ...rest] = positionals
    if (rest.length > 0)
      throw new UsageError(`one PATH, not ${positionals.length}\nusage: ${usage}`)
    const failOn = levelOption(values['fail-on'])
    if (values.format !== 'ndjson') reporterFor(values.format)
    const workspace = openWorkspace(path, 'commits', shell)
    const config = settingsOf(workspace, values, shell)
    const method = methodOption(values['merge-method']) ?? readPolicy(config.commits).mergeMethod
    const title = titleOption(values)
    const file = values['message-file']
    if (file !== undefined) {
      if (values.base !== undefined || title !== undefined)
        throw new UsageError('--message-file goes without --base and --title')
      const messages = readMessages(file, values.null, shell)
      return judgeFile({ messages, file, config, method, workspace, failOn }, values, shell)
    }
    if (values.null) throw new UsageError('--null goes with --message-file')
    const { history, skipped } = readHistory(workspace, values, config, method, title)
    if (values.format === 'ndjson') return printLines(history, config, failOn, shell)
    const verdict = judgeMessages(history, config, skipped)
    const { format, quiet } = values
    return printVerdict(verdict, { format, quiet, noColor: values['no-color'], failOn }, shell)
  },
}

interface Flags {
  readonly base?: string | undefined
  readonly head?: string | undefined
  readonly count?: string | undefined
  readonly config?: string | undefined
  readonly title?: string | undefined
  readonly body?: string | undefined
  readonly number?: string | undefined
}

/** With `--base` the policy is read there: a pull request does not choose its own. */
function settingsOf({ root, repository }: Workspace, flags: Flags, shell: Shell): Config {
  const { base, config } = flags
  if (base === undefined || repository === undefined || config !== undefined)
    return readSettings(workTree(root), { config }, shell)
  return readSettings(answered(commitTree(repository, base)), {}, shell)
}

function methodOption(value: string | undefined): Method | undefined {
  if (value === undefined || value === 'squash' || value === 'rebase' || value === 'merge')
    return value
  throw new UsageError(`--merge-method takes squash, rebase or merge, not ${JSON.stringify(value)}`)
}

function numberOption(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new UsageError(`--${name} takes a number, not ${JSON.stringify(value)}`)
}

function titleOption({ title, body, number }: Flags): Title | undefined {
  if (title !== undefined) return { text: title, body, number: numberOption('number', number) }
  if (number === undefined && body === undefined) return undefined
  throw new UsageError('--number and --body go with --title')
}

function readMessages(file: string, split: boolean, shell: Shell): readonly string[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readBytes(file, shell))
  if (!split) return [text]
  const messages = text.split('\0')
  if (messages.at(-1) === '' || messages.at(-1) === '\n') messages.pop()
  if (messages.length === 0) throw new UsageError('--null: no message was given')
  return messages
}

function readBytes(file: string, shell: Shell): Uint8Array {
  if (file === '-') return shell.stdin()
  try {
    return readFileSync(resolve(shell.cwd, file))
  } catch {
    throw new UsageError(`--message-file ${file}: cannot be read`)
  }
}

interface Read {
  readonly history: History
  readonly skipped: Verdict['checked']['skipped']
}

function readHistory(
  { root, repository }: Workspace,
  flags: Flags,
  config: Config,
  method: Method,
  title: Title | undefined,
): Read {
  const { base, head } = flags
  if (base === undefined && head !== undefined) throw new UsageError('--head goes with --base')
  if (base === undefined && title !== undefined)
    return { history: { commits: [], title, method }, skipped: [] }
  if (repository === undefined)
    throw new UsageError(`${root} is no git repository, and commits are in git`)
  const { since } = readPolicy(config.commits)
  const to = head ?? 'HEAD'
  const expected = numberOption('count', flags.count)
  const found = answered(revisions(repository, base, to, { expected, since }))
  const known = { commits: found, title, method, base, isAncestor: ancestry(repository, to) }
  const skipped = found.length === 0 ? [{ what: `${base}..${to}`, why: 'it adds no commit' }] : []
  const touched = touchedPaths(
    repository,
    found.map(commit => commit.sha),
  )
  const paths = listPaths(repository, to)
  if (isProblem(touched) || isProblem(paths)) {
    const why = 'this clone has no trees: fetch without a filter to compare scopes with paths'
    return { history: known, skipped: [...skipped, { what: 'scopes', why }] }
  }
  return { history: { ...known, touched, folders: scopeFolders(paths) }, skipped }
}

/** Whether a commit is below head; a clone that was cut off does not know. */
function ancestry(repository: Repository, head: string): (sha: string) => boolean | undefined {
  return sha => isAncestor(repository, sha, head) || (repository.shallow ? undefined : false)
}
