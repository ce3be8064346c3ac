import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Title } from '../commits/landing.ts'
import { type Method, readPolicy } from '../commits/policy.ts'
import { judgeMessages } from '../gate/commits.ts'
import { type Config, CONFIG_PATH, defaultConfig } from '../tree/config.ts'
import { diskTree } from '../tree/disk.ts'
import { commitTree } from '../tree/gittree.ts'
import type { Command, Shell } from './command.ts'
import { givenHistory, readGiven } from './given.ts'
import { type Range, type Read, readHistory } from './history.ts'
import { judgeFile, printLines } from './messages.ts'
import { commonOptions, levelOption, parseOptions } from './options.ts'
import { printVerdict, reporterFor } from './print.ts'
import { UsageError } from './usage.ts'
import { answered, openWorkspace, type Workspace } from './workspace.ts'

const usage =
  'fluxgate commits [PATH] [--base REV [--head REV] [--count N]] [--commits FILE|-] [--message-file FILE|- [--null]] [--title TEXT [--number N] [--body TEXT] [--title-only]] [--merge-method squash|rebase|merge]'

const options = {
  ...commonOptions,
  base: { type: 'string' },
  head: { type: 'string' },
  count: { type: 'string' },
  commits: { type: 'string' },
  'message-file': { type: 'string' },
  null: { type: 'boolean', default: false },
  title: { type: 'string' },
  body: { type: 'string' },
  number: { type: 'string' },
  'title-only': { type: 'boolean', default: false },
  'merge-method': { type: 'string' },
} as const

export const commits: Command = {
  usage,
  summary: 'commit messages as they will land: of a range, a file, or a pull request',
  async run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, options)
    const [path = '.', ...rest] = positionals
    if (rest.length > 0)
      throw new UsageError(`one PATH, not ${positionals.length}\nusage: ${usage}`)
    const failOn = levelOption(values['fail-on'])
    if (values.format !== 'ndjson') reporterFor(values.format)
    const sides = values.base === undefined ? [] : [values.base, values.head ?? 'HEAD']
    const workspace = openWorkspace(path, 'commits', shell, sides)
    const config = await settingsOf(workspace, values, shell)
    const method = methodOption(values['merge-method']) ?? readPolicy(config.commits).mergeMethod
    const title = titleOption(values)
    const file = values['message-file']
    if (file !== undefined) {
      if (values.head !== undefined || title !== undefined || values.commits !== undefined)
        throw new UsageError('--message-file goes without --head, --title and --commits')
      const messages = readMessages(file, values.null, shell)
      return judgeFile({ messages, file, config, method, workspace, failOn }, values, shell)
    }
    if (values.null) throw new UsageError('--null goes with --message-file')
    const { base, head, format, quiet } = values
    const count = numberOption('count', values.count)
    const titleOnly = values['title-only']
    if (titleOnly && title === undefined) throw new UsageError('--title-only goes with --title')
    const range = { base, head, count, method, title, titleOnly }
    const { history, skipped } =
      values.commits === undefined
        ? readHistory(workspace, range, config)
        : givenCommits(values.commits, range, config, shell)
    if (format === 'ndjson') return printLines(history, config, failOn, shell)
    const verdict = judgeMessages(history, config, skipped)
    return printVerdict(verdict, { format, quiet, noColor: values['no-color'], failOn }, shell)
  },
}

function givenCommits(file: string, range: Range, config: Config, shell: Shell): Read {
  if (range.head !== undefined || range.count !== undefined)
    throw new UsageError('--commits goes without --head and --count')
  return givenHistory(readGiven(file, shell), range, readPolicy(config.commits).since)
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

/**
 * With `--base` the policy is read there: a pull request does not choose its own. What reads a
 * configuration is loaded where there is one.
 */
async function settingsOf(
  { root, repository }: Workspace,
  flags: Flags,
  shell: Shell,
): Promise<Config> {
  const { base, config } = flags
  const isBase = base !== undefined && repository !== undefined && config === undefined
  const tree = isBase
    ? answered(commitTree(repository, base, CONFIG_PATH))
    : diskTree(root, { only: new Map([[CONFIG_PATH, Buffer.from(CONFIG_PATH)]]) })
  if (config === undefined && tree.entry(CONFIG_PATH)?.kind !== 'file') return defaultConfig
  const { readSettings } = await import('./settings.ts')
  return readSettings(tree, { config }, shell)
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
