import { type LeakRequest, judgeLeaks } from '../gate/leaks.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import { Source } from '../text/source.ts'
import { stagedTree, commitTree } from '../tree/gittree.ts'
import { memoryTree } from '../tree/memory.ts'
import type { Command, Shell } from './command.ts'
import { onAllCores, startLeaks } from './leaks/pool.ts'
import { commonOptions, levelOption, parseOptions } from './options.ts'
import { printVerdict, reporterFor } from './print.ts'
import { readSettings } from './settings.ts'
import { UsageError } from './usage.ts'
import { answered, openSides, openWorkspace, type Workspace } from './workspace.ts'

const usage =
  'fluxgate secrets [PATH] [--base REV [--head REV]] [--staged] [--title TEXT] [--body TEXT] [--ref NAME] [--identity FILE]'

const options = {
  ...commonOptions,
  base: { type: 'string' },
  head: { type: 'string' },
  staged: { type: 'boolean', default: false },
  title: { type: 'string' },
  body: { type: 'string' },
  ref: { type: 'string', multiple: true },
  identity: { type: 'string' },
} as const

interface Flags {
  readonly base?: string | undefined
  readonly head?: string | undefined
  readonly staged: boolean
  readonly config?: string | undefined
  readonly title?: string | undefined
  readonly body?: string | undefined
  readonly ref?: readonly string[] | undefined
}

export const secrets: Command = {
  usage,
  summary: 'leaks in the tree, and with --base in everything that head adds',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, options)
    const [path = '.', ...rest] = positionals
    if (rest.length > 0)
      throw new UsageError(`one PATH, not ${positionals.length}\nusage: ${usage}`)
    const failOn = levelOption(values['fail-on'])
    reporterFor(values.format)
    const workspace = openWorkspace(path, 'secrets', shell)
    const request = values.staged
      ? stagedRequest(workspace, values, shell)
      : treeRequest(workspace, values, shell)
    const { format, quiet, identity } = values
    const finish = (keys?: DataKeys) => {
      const verdict = judgeLeaks({ ...request, keys, texts: textsOf(values) }, shell.now)
      return printVerdict(verdict, { format, quiet, noColor: values['no-color'], failOn }, shell)
    }
    return identity === undefined ? finish() : unwrap(identity, request, shell).then(finish)
  },
}

async function unwrap(path: string, { tree }: LeakRequest, shell: Shell): Promise<DataKeys> {
  const { unwrapKeys } = await import('./identity.ts')
  return unwrapKeys(path, tree, shell)
}

/** The index, with the configuration of HEAD: a commit does not choose its own. */
function stagedRequest({ repository }: Workspace, flags: Flags, shell: Shell): LeakRequest {
  if (flags.base !== undefined || flags.head !== undefined)
    throw new UsageError('--staged goes without --base and --head')
  if (repository === undefined) throw new UsageError('--staged needs a git repository')
  const head = commitTree(repository, 'HEAD')
  const settings = 'problem' in head ? memoryTree({}) : head
  const config = readSettings(settings, flags, shell)
  return { tree: answered(stagedTree(repository)), config, today: shell.today() }
}

function treeRequest(workspace: Workspace, flags: Flags, shell: Shell): LeakRequest {
  const sides = openSides(workspace, flags.base, flags.head)
  const leaks = startLeaks(sides.head, shell.codeCache)
  const config = readSettings(sides.settings, flags, shell)
  const request = { tree: sides.head, config, today: shell.today(), leaks }
  const { repository } = workspace
  if (repository === undefined || flags.base === undefined) return request
  const judge = onAllCores(shell.codeCache)
  return { ...request, history: { repository, revisions: sides.revisions, judge } }
}

/** A squash puts title and body into the history; names of branches and tags are public as well. */
function textsOf({ title, body, ref = [] }: Flags): Source[] {
  return [
    ...(title === undefined ? [] : [new Source('', title, { in: 'title' })]),
    ...(body === undefined ? [] : [new Source('', body, { in: 'body' })]),
    ...ref.map(name => new Source('', name, { in: 'ref' })),
  ]
}
