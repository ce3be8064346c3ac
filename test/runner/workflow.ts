import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Outcome, runStep, type Step } from './action.ts'

/** What a play happens in. */
export interface Scene {
  /** A repository with what `actions/checkout` may ask for. */
  readonly origin: string
  /** The branch that is checked out where a step names no revision. */
  readonly ref: string
  readonly event: NonNullable<Step['event']>
  readonly inputs?: Readonly<Record<string, unknown>>
  /** The folder that `$/` stands for: the repository of the workflow. */
  readonly self?: string
}

export interface Played {
  readonly passed: boolean
  readonly outcomes: readonly Outcome[]
  readonly log: string
}

interface WorkflowStep {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly name?: string; readonly uses?: string; readonly steps?: readonly WorkflowStep[] }
    >
  >
}

export function readWorkflow(path: string): Workflow {
  const workflow: Workflow = parse(readFileSync(path, 'utf8'))
  return workflow
}

/**
 * Plays the job of a workflow file: `run:` verbatim in bash, our actions through the runner; only
 * actions/checkout and actions/setup-node have stand-ins. Any other action ends the test.
 */
export async function playJob(file: string, id: string, scene: Scene): Promise<Played> {
  const job = readWorkflow(file).jobs[id]
  if (job?.steps === undefined) throw new Error(`${file} has no job ${id} with steps`)
  const workspace = mkdtempSync(join(tmpdir(), 'fluxgate-job-'))
  const outcomes: Outcome[] = []
  let log = ''
  try {
    for (const step of job.steps) {
      if (step.run !== undefined) {
        const { status, stdout, stderr } = spawnSync(
          'bash',
          ['-e', '-o', 'pipefail', '-c', step.run],
          {
            cwd: workspace,
            encoding: 'utf8',
          },
        )
        log += stdout + stderr
        if (status !== 0) return { passed: false, outcomes, log }
      } else if (step.uses?.startsWith('actions/checkout@')) checkOut(step, workspace, scene)
      else if (step.uses?.match(/^(\.|\$)\/actions\//)) {
        const outcome = await useAction(step, workspace, scene)
        outcomes.push(outcome)
        if (outcome.exit !== 0) return { passed: false, outcomes, log }
      } else if (!step.uses?.startsWith('actions/setup-node@'))
        throw new Error(`${file} uses ${step.uses}, and nobody plays that`)
    }
    return { passed: true, outcomes, log }
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }
}

function checkOut(step: WorkflowStep, workspace: string, scene: Scene): void {
  const ref = valueOf(step.with?.['ref'], scene) || scene.ref
  const path = valueOf(step.with?.['path'], scene)
  const folder = join(workspace, path)
  mkdirSync(folder, { recursive: true })
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
  git('init', '--quiet')
  git('fetch', '--quiet', `file://${scene.origin}`, '+refs/heads/*:refs/remotes/origin/*')
  const revision = /^[0-9a-f]{40}$/.test(ref) ? ref : `origin/${ref}`
  git('-c', 'advice.detachedHead=false', 'checkout', '--quiet', revision)
}

function useAction(step: WorkflowStep, workspace: string, scene: Scene): Promise<Outcome> {
  const given = Object.entries(step.with ?? {}).map(([name, value]) => [
    name,
    valueOf(value, scene),
  ])
  const uses = step.uses ?? ''
  const home = uses.startsWith('$') ? (scene.self ?? '') : workspace
  const action = join(home, uses.replace(/^[.$]\//, ''))
  return runStep({ action, workspace, inputs: Object.fromEntries(given), event: scene.event })
}

/** A value with its expressions worked out: paths into `github.event` and `inputs`, joined by `||`. */
function valueOf(value: unknown, { event, inputs }: Scene): string {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    for (const one of expression.split('||')) {
      const found = lookUp({ github: { event: event.payload }, inputs }, one.trim().split('.'))
      if (found !== '') return found
    }
    return ''
  })
}

function lookUp(value: unknown, path: readonly string[]): string {
  const [name, ...rest] = path
  if (name === undefined) return typeof value === 'string' ? value : ''
  if (typeof value !== 'object' || value === null) return ''
  return lookUp(Object.entries(value).find(([key]) => key === name)?.[1], rest)
}

/** Copies the files of this repository as they stand, without what git ignores and without the cases of tests. */
export function copySources(folder: string): void {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
  for (const path of execFileSync('git', args, { encoding: 'utf8' }).split('\0').filter(Boolean))
    if (!path.startsWith('test/') || path.startsWith('test/build/'))
      cpSync(path, join(folder, path))
}
