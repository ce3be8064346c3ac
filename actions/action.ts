import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setOutput } from '@actions/core'
import { type Commands, runAmong } from '../src/cli/call.ts'
import type { Shell } from '../src/cli/command.ts'
import { nodeShell } from '../src/cli/shell.ts'
import { command, neutral } from '../src/report/github.ts'
import { code, reportMarkdown } from '../src/report/markdown.ts'
import type { ReportInput } from '../src/report/reporter.ts'
import { type GitProblem, isProblem, openRepository, type Repository } from '../src/tree/git.ts'
import { changedLines } from '../src/tree/gitchanges.ts'
import { type Event, readEvent } from './event.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { touchedGate } from './protected.ts'
import { type Range, rangeOf } from './range.ts'

/** What a run knows before it judges. */
export interface Run {
  readonly inputs: Inputs
  readonly event: Event
  readonly folder: string
  readonly repository: Repository | undefined
  readonly range: Range | undefined
  readonly notice: (level: 'notice' | 'warning', title: string, text: string) => void
}

/** The command line of an action, and what its standard input holds; or why nothing can be judged. */
export type Plan =
  | { readonly args: readonly string[]; readonly stdin?: string }
  | { readonly problem: string }
  /** There is nothing of the kind that the action judges; written down, and passed. */
  | { readonly nothing: string }

/** What an action is called, the command that it is made of, and how it calls that. */
export interface Action {
  readonly name: string
  readonly commands: Commands
  readonly plan: (run: Run) => Promise<Plan>
}

/** Runs one action: reads, judges, reports; the exit code of the process is the verdict's. */
export async function startAction(action: Action): Promise<void> {
  process.exitCode = await runAction(action)
}

async function runAction({ name, commands, plan }: Action): Promise<number> {
  const inputs = readInputs()
  const event = readEvent(process.env)
  const workspace = process.env['GITHUB_WORKSPACE'] ?? process.cwd()
  const folder = resolve(workspace, inputs.path)
  const opened = openRepository(folder)
  const repository = isProblem(opened) ? undefined : opened
  const absent = isProblem(opened) ? nothingThere(folder, event, opened) : undefined
  const range = repository && rangeOf(repository, event, inputs)
  const run: Run = { inputs, event, folder, repository, range, notice }
  if (repository && range) warnOfGate(repository, range)
  const planned = absent === undefined ? await plan(run) : { problem: absent }
  if ('nothing' in planned) return pass(planned.nothing)
  const shell = captureShell(workspace, planned, isChangedIn(repository, range))
  const exit =
    'problem' in planned
      ? shell.refuse(planned.problem)
      : await runAmong(commands, planned.args, shell.shell)
  const report = shell.report()
  if (report === undefined) refused(shell.said())
  await finish(name, run, report, shell.said(), exit)
  if (report && inputs.comment) await comment(name, run, report)
  return exit
}

/** Why a folder that is no repository cannot be judged: a forgotten checkout must not pass for a clean one. */
function nothingThere(folder: string, event: Event, { message, help }: GitProblem) {
  const isEmpty = !existsSync(folder) || readdirSync(folder).length === 0
  if (!isEmpty && event.range === undefined) return undefined
  return `${message}\nhelp: check out before this step: actions/checkout with fetch-depth: 0; or ${help}`
}

function pass(reason: string): 0 {
  notice('notice', 'nothing to judge', reason)
  summarize(`## ✅ nothing to judge\n\n${code(reason)}\n`)
  setOutput('ok', true)
  setOutput('errors', 0)
  setOutput('warnings', 0)
  return 0
}

function summarize(page: string): void {
  const summary = process.env['GITHUB_STEP_SUMMARY']
  if (summary) attempt(() => appendFileSync(summary, `${page}\n`), 'the summary')
}

function notice(level: 'notice' | 'warning', title: string, text: string): void {
  process.stdout.write(`${command(level, { title }, text)}\n`)
}

function refused(reason: string): void {
  process.stdout.write(`${command('error', { title: 'could not judge' }, reason)}\n`)
}

function warnOfGate(repository: Repository, { base, head }: Range): void {
  const paths = touchedGate(repository, base, head ?? 'HEAD')
  if (paths.length === 0) return
  const list = `${paths.slice(0, 20).join(', ')}${paths.length > 20 ? ' …' : ''}`
  const text = `This pull request changes what judges it, and needs a code owner: ${list}. The judge that ran is the one of the base.`
  notice('warning', 'the gate is changed', text)
}

interface Capture {
  readonly shell: Shell
  readonly report: () => ReportInput | undefined
  readonly said: () => string
  readonly refuse: (reason: string) => 2
}

/** The process as a shell whose text no runner takes for orders; keeps the report for other formats. */
function captureShell(cwd: string, plan: Plan, isChanged: ReportInput['isChanged']): Capture {
  const own = nodeShell()
  let report: ReportInput | undefined
  let said = ''
  const err = (text: string): void => {
    said += text
    own.out(neutral(text))
  }
  const shell: Shell = {
    ...own,
    // A runner is new each time: what it would keep is lost.
    codeCache: undefined,
    cwd,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    stdin: () => Buffer.from('stdin' in plan ? (plan.stdin ?? '') : ''),
    err,
    seeReport: input => {
      report = { ...input, isChanged }
      return report
    },
  }
  const refuse = (reason: string): 2 => {
    err(`fluxgate: ${reason}\n`)
    return 2
  }
  return { shell, report: () => report, said: () => said, refuse }
}

function isChangedIn(
  repository: Repository | undefined,
  range: Range | undefined,
): ReportInput['isChanged'] {
  if (repository === undefined || range === undefined) return undefined
  const changed = changedLines(repository, range.base, range.head ?? 'HEAD')
  if (isProblem(changed)) return undefined
  return (path, line) => {
    const spans = changed.get(path)
    if (spans === undefined || line === undefined) return spans !== undefined
    return spans.some(([from, to]) => line >= from && line <= to)
  }
}

async function finish(
  name: string,
  run: Run,
  report: ReportInput | undefined,
  said: string,
  exit: number,
): Promise<void> {
  const { inputs } = run
  const page = report
    ? reportMarkdown({ ...report, reproduce: reproduce(name, run) })
    : `## ⚠️ could not judge\n\n${code(said)}\n`
  summarize(page)
  setOutput('ok', exit === 0)
  setOutput('errors', report?.counts.error ?? 0)
  setOutput('warnings', report?.counts.warning ?? 0)
  if (report === undefined) return
  const folder = process.env['RUNNER_TEMP'] ?? tmpdir()
  const path = join(folder, `fluxgate-${name}.json`)
  const { reportJson } = await import('../src/report/json.ts')
  if (attempt(() => write(path, reportJson(report)), 'the report')) setOutput('report', path)
  const workspace = process.env['GITHUB_WORKSPACE'] ?? process.cwd()
  const { sarif, junit } = inputs
  if (sarif) {
    const { reportSarif } = await import('../src/report/sarif.ts')
    attempt(() => write(resolve(workspace, sarif), reportSarif(report)), 'the SARIF file')
  }
  if (junit) {
    const { reportJunit } = await import('../src/report/junit.ts')
    attempt(() => write(resolve(workspace, junit), reportJunit(report)), 'the JUnit file')
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** What cannot be written is told and changes no verdict. */
function attempt(work: () => void, what: string): boolean {
  try {
    work()
    return true
  } catch {
    notice('warning', 'not written', `${what} could not be written`)
    return false
  }
}

function reproduce(name: string, { range }: Run): string {
  const compared = range ? ` --base ${range.base}${range.head ? ` --head ${range.head}` : ''}` : ''
  return `npx fluxgate ${name === 'manifests' ? 'check' : name}${compared}`
}

async function comment(name: string, { inputs, event }: Run, report: ReportInput): Promise<void> {
  const { pullRequest } = event
  if (pullRequest === undefined) return
  if (inputs.token === undefined)
    return notice('notice', 'no comment', 'there is no token; the summary has everything')
  const { MAX_COMMENT, writeComment } = await import('./platform.ts')
  const text = reportMarkdown({ ...report, maxBytes: MAX_COMMENT })
  const answer = await writeComment(inputs.token, pullRequest.number, name, text)
  if (!answer.ok) notice('notice', 'no comment', `${answer.reason}; the summary has everything`)
}
