import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { readOutput, type Seen } from './runner.ts'

/** Bytes of a summary that the runner uploads. */
const MAX_SUMMARY = 1_048_576

export interface Step {
  /** Folder of the action: its `action.yml` names inputs, defaults and the bundle. */
  readonly action: string
  readonly workspace: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly event?: { readonly name: string; readonly payload: unknown }
  readonly env?: Readonly<Record<string, string>>
}

export interface Outcome extends Seen {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string | boolean | number }>>
  readonly runs: { readonly using: string; readonly main: string }
}

/** Starts the built bundle of an action as the runner does, and reads what it wrote by the runner's rules. */
export async function runStep(step: Step): Promise<Outcome> {
  const temp = mkdtempSync(join(tmpdir(), 'fluxgate-runner-'))
  try {
    const action: Action = parse(readFileSync(join(step.action, 'action.yml'), 'utf8'))
    if (action.runs.using !== 'node24') throw new Error(`runs.using is ${action.runs.using}`)
    const files = prepare(temp, step)
    const env = { ...files, ...inputsOf(action, step.inputs ?? {}), ...step.env }
    const main = resolve(step.action, action.runs.main)
    const { exit, stdout, stderr } = await start(main, step.workspace, env)
    const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')
    if (Buffer.byteLength(summary) > MAX_SUMMARY) throw new Error('the runner drops this summary')
    const outputs = readOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8'))
    return { exit, stdout, stderr, summary, outputs, ...readOutput(stdout) }
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

/** The files and variables that the runner gives to a step. */
function prepare(temp: string, { workspace, event }: Step) {
  const file = (name: string, text = ''): string => {
    writeFileSync(join(temp, name), text)
    return join(temp, name)
  }
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: temp,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'example/cluster',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_NAME: event?.name ?? 'workflow_dispatch',
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event?.payload ?? {})),
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    // Nothing listens there: whoever needs the API says so in the test.
    GITHUB_API_URL: 'http://127.0.0.1:9',
    RUNNER_TEMP: temp,
  }
}

/** Upper case, blanks to underscores, hyphens kept: as the runner spells inputs. */
function inputsOf(action: Action, given: Readonly<Record<string, string>>): Record<string, string> {
  const unknown = Object.keys(given).filter(name => !(name in action.inputs))
  if (unknown.length > 0) throw new Error(`unknown inputs: ${unknown.join(', ')}`)
  return Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: fallback }]) => {
      const value = given[name] ?? String(fallback ?? '')
      const text = value === '${{ github.token }}' ? '' : value
      return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, text]
    }),
  )
}

function start(
  main: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ exit: number | null; stdout: string; stderr: string }> {
  if (!existsSync(main)) throw new Error(`${main} is not built`)
  const {
    promise,
    resolve: done,
    reject,
  } = Promise.withResolvers<{
    exit: number | null
    stdout: string
    stderr: string
  }>()
  const child = spawn(process.execPath, [main], { cwd, env: { ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.on('error', reject)
  child.on('close', exit => done({ exit, stdout, stderr }))
  return promise
}

/** `name<<delimiter`, lines, delimiter: the form that `@actions/core` writes. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const [, name, delimiter] = /^(.+?)<<(.+)$/.exec(lines[at] ?? '') ?? []
    if (name === undefined || delimiter === undefined) continue
    const end = lines.indexOf(delimiter, at + 1)
    outputs[name] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return outputs
}
