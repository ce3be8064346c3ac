import { describeBug } from '../gate/bug.ts'
import { printable } from '../text/frame.ts'
import type { Command, Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** Commands by name, each loaded when it is called. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>

/** Runs one call and answers with its exit code; what cannot be carried out is a sentence and 2. */
export async function runAmong(
  commands: Commands,
  args: readonly string[],
  shell: Shell,
): Promise<number> {
  const [name, ...rest] = args
  try {
    if (name === '--version' || name === '-V') return say(shell, `fluxgate ${shell.version}`)
    if (name === undefined || name === '--help' || name === '-h' || name === 'help')
      return await printHelp(commands, shell, name === undefined ? 2 : 0)
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (load === undefined) throw new UsageError(unknownCommand(commands, name))
    const command = await load()
    if (rest.includes('--help') || (rest.includes('-h') && name !== 'validate'))
      return say(shell, `${command.summary}\nusage: ${command.usage}`)
    return await command.run(rest, shell)
  } catch (error) {
    return fail(error, args, shell)
  }
}

function say(shell: Shell, text: string): number {
  shell.out(`${text}\n`)
  return 0
}

async function printHelp(commands: Commands, shell: Shell, exit: number): Promise<number> {
  const lines = ['fluxgate: the pull-request gate for Flux GitOps repositories', '']
  for (const load of Object.values(commands)) {
    const { usage, summary } = await load()
    lines.push(`  ${usage}`, `      ${summary}`)
  }
  const print = exit === 0 ? shell.out : shell.err
  print(`${lines.join('\n')}\n`)
  return exit
}

function unknownCommand(commands: Commands, name: string): string {
  return `no command ${JSON.stringify(name)}: ${Object.keys(commands).join(', ')} are there`
}

/** An unexpected error is our bug: its class and place are shown, its message may quote a secret. */
function fail(error: unknown, args: readonly string[], shell: Shell): 2 {
  const reason =
    error instanceof UsageError ? error.message : `this is a bug in fluxgate: ${describeBug(error)}`
  shell.err(`fluxgate: ${reason.split('\n').map(printable).join('\n')}\n`)
  if (wantsJson(args)) shell.out(`${JSON.stringify(emptyReport(shell.version, reason), null, 2)}\n`)
  return 2
}

function wantsJson(args: readonly string[]): boolean {
  const at = args.indexOf('--format')
  return args.includes('--format=json') || (at !== -1 && args[at + 1] === 'json')
}

function emptyReport(version: string, reason: string): unknown {
  return {
    version: 1,
    tool: { name: 'fluxgate', version },
    ok: false,
    incomplete: true,
    reason,
    counts: { error: 0, warning: 0, note: 0 },
    checked: { kustomizations: 0, objects: 0, files: 0, commits: 0, skipped: [] },
    diagnostics: [],
  }
}
