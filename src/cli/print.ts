import { countLevels, exitCode, type Verdict } from '../gate/verdict.ts'
import { reportGithub } from '../report/github.ts'
import { reportJson } from '../report/json.ts'
import { reportJunit } from '../report/junit.ts'
import { reportMarkdown } from '../report/markdown.ts'
import type { Reporter, ReportInput } from '../report/reporter.ts'
import { reportSarif } from '../report/sarif.ts'
import { reportTap } from '../report/tap.ts'
import { reportText } from '../report/text.ts'
import type { Level } from '../text/diagnostic.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

const reporters: Readonly<Record<string, Reporter>> = {
  text: reportText,
  json: reportJson,
  github: reportGithub,
  markdown: reportMarkdown,
  sarif: reportSarif,
  junit: reportJunit,
  tap: reportTap,
}

export interface PrintOptions {
  readonly format: string
  readonly quiet: boolean
  readonly noColor: boolean
  readonly failOn: Level
  readonly extra?: Readonly<Record<string, unknown>>
}

export function reporterFor(format: string): Reporter {
  const reporter = Object.hasOwn(reporters, format) ? reporters[format] : undefined
  if (reporter !== undefined) return reporter
  const known = Object.keys(reporters).join(', ')
  throw new UsageError(`--format takes ${known}, not ${JSON.stringify(format)}`)
}

/** Prints a verdict in the format asked for and answers with the exit code. */
export function printVerdict(verdict: Verdict, options: PrintOptions, shell: Shell): number {
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
    extra: options.extra,
  }
  shell.out(reporterFor(options.format)(shell.seeReport?.(input) ?? input))
  return exit
}
