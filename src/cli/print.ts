import { countLevels, exitCode, type Verdict } from '../gate/verdict.ts'
import type { Reporter, ReportInput } from '../report/reporter.ts'
import type { Level } from '../text/diagnostic.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** The formats, each loaded when it is asked for. */
const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {
  text: async () => (await import('../report/text.ts')).reportText,
  json: async () => (await import('../report/json.ts')).reportJson,
  github: async () => (await import('../report/github.ts')).reportGithub,
  markdown: async () => (await import('../report/markdown.ts')).reportMarkdown,
  sarif: async () => (await import('../report/sarif.ts')).reportSarif,
  junit: async () => (await import('../report/junit.ts')).reportJunit,
  tap: async () => (await import('../report/tap.ts')).reportTap,
}

export interface PrintOptions {
  readonly format: string
  readonly quiet: boolean
  readonly noColor: boolean
  readonly failOn: Level
  readonly extra?: Readonly<Record<string, unknown>>
}

/** The loader of a format; one that nobody knows is a usage error. */
export function reporterFor(format: string): () => Promise<Reporter> {
  const load = Object.hasOwn(reporters, format) ? reporters[format] : undefined
  if (load !== undefined) return load
  const known = Object.keys(reporters).join(', ')
  throw new UsageError(`--format takes ${known}, not ${JSON.stringify(format)}`)
}

/** Prints a verdict in the format asked for and answers with the exit code. */
export async function printVerdict(
  verdict: Verdict,
  options: PrintOptions,
  shell: Shell,
): Promise<number> {
  const exit = exitCode(verdict, options.failOn)
  const input: ReportInput = {
    tool: { name: 'fluxgate', version: shell.version },
    diagnostics: verdict.diagnostics,
    counts: countLevels(verdict.diagnostics),
    checked: verdict.checked,
    stages: verdict.stages,
    exit,
    incomplete: verdict.incomplete,
    isHidden: verdict.isHidden,
    color: shell.stdoutIsTerminal && !options.noColor && !shell.env['NO_COLOR'],
    quiet: options.quiet,
    changes: verdict.changes,
    graph: verdict.graph,
    extra: options.extra,
  }
  const report = await reporterFor(options.format)()
  shell.out(report(shell.seeReport?.(input) ?? input))
  return exit
}
