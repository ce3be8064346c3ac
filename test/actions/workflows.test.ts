import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { touchedGate } from '../../actions/protected.ts'
import { isProblem, openRepository } from '../../src/tree/git.ts'
import { TestRepository } from '../repository.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly name?: string
  readonly permissions?: unknown
  readonly 'timeout-minutes'?: number
  readonly 'runs-on'?: string
  readonly if?: string
  readonly needs?: readonly string[]
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly name?: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: unknown
  readonly concurrency?: Readonly<Record<string, unknown>>
  readonly jobs: Readonly<Record<string, Job>>
}

interface Rule {
  readonly type: string
  readonly parameters?: Readonly<Record<string, unknown>> & {
    readonly required_status_checks?: readonly { context: string; integration_id: number }[]
  }
}

const folder = '.github/workflows'
const files = readdirSync(folder).map(name => {
  const text = readFileSync(`${folder}/${name}`, 'utf8')
  const workflow: Workflow = parse(text)
  return { name, text, workflow, jobs: Object.values(workflow.jobs) }
})
const steps = files.flatMap(({ jobs }) => jobs.flatMap(job => job.steps))

/** Actions of others, each at a commit that was looked at. */
const pins: Readonly<Record<string, string>> = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  'actions/setup-go': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0',
  'actions/attest': '1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2',
  'github/codeql-action/init': '5595ccaf912efad79be6eef63a5619ff05969be3 # v4.37.6',
  'github/codeql-action/analyze': '5595ccaf912efad79be6eef63a5619ff05969be3 # v4.37.6',
  'github/codeql-action/upload-sarif': '5595ccaf912efad79be6eef63a5619ff05969be3 # v4.37.6',
  'ossf/scorecard-action': '2d1146689b8cda280b9bc96326124645441f03bc # v2.4.4',
}

describe.each(files)('$name', ({ text, workflow, jobs, name }) => {
  test('uses nothing of others but at a known commit', () => {
    const used = [...text.matchAll(/uses: (\S+?)@(.+)$/gm)].map(([, action = '', at]) => [
      action,
      at,
    ])
    expect(used.filter(([action = '', at]) => pins[action] !== at)).toEqual([])
    const local = [...text.matchAll(/uses: (\S+)$/gm)].map(([, action = '']) => action)
    expect(
      local.filter(action => !/^[.$]\/actions\/(commits|manifests|secrets)$/.test(action)),
    ).toEqual([])
  })

  test('gives least rights, limits time, names its jobs', () => {
    expect(workflow.permissions).toEqual({})
    for (const job of jobs) {
      expect(job.name).toBeTruthy()
      expect(job.permissions).toBeDefined()
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60)
      expect(job['runs-on']).toBe('ubuntu-24.04')
    }
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
    expect(Object.keys(workflow.on)).not.toContain('workflow_run')
    if (name !== 'gate.yml') expect(workflow.concurrency).toHaveProperty('cancel-in-progress')
  })

  test('runs no text of others', () => {
    const scripts = jobs.flatMap(job => job.steps.map(step => step.run ?? ''))
    expect(scripts.filter(script => script.includes('${{'))).toEqual([])
    expect(text).not.toMatch(/npx |curl .*\|/)
  })
})

test('no checkout keeps its token, no dependency runs a script', () => {
  for (const step of steps) {
    if (step.uses?.startsWith('actions/checkout'))
      expect(step.with?.['persist-credentials']).toBe(false)
    if (step.run?.includes('npm ci')) expect(step.run).toContain('--ignore-scripts')
  }
})

describe('what a merge requires', () => {
  const contexts = ['Manifests', 'Secrets', 'Commits', 'PR title', 'Gate']
  const rulesets = ['main.json', 'main-merge-queue.json'].map(name => {
    const ruleset: { rules: readonly Rule[] } = JSON.parse(
      readFileSync(`.github/rulesets/${name}`, 'utf8'),
    )
    return ruleset
  })

  test('the contexts of the ruleset are jobs that run on pull_request and on merge_group', () => {
    for (const { rules } of rulesets) {
      const required = rules.find(rule => rule.type === 'required_status_checks')?.parameters
      expect(required?.required_status_checks?.map(one => one.context)).toEqual(contexts)
      expect(required?.required_status_checks?.map(one => one.integration_id)).toEqual(
        contexts.map(() => 15368),
      )
    }
    const both = files.filter(
      ({ workflow }) => 'pull_request' in workflow.on && 'merge_group' in workflow.on,
    )
    const names = both.flatMap(({ jobs }) => jobs.map(job => job.name ?? ''))
    for (const context of contexts)
      expect(names.filter(name => name === context)).toEqual([context])
  })

  test('nothing filters the workflows that must report', () => {
    for (const { workflow, name } of files.filter(one =>
      /^(validate|pr-title)\.yml$/.test(one.name),
    ))
      for (const trigger of Object.values(workflow.on))
        expect(
          Object.keys(trigger ?? {}).filter(key => key !== 'types'),
          name,
        ).toEqual([])
  })

  test('the gate fails unless every need has passed', () => {
    const gates = files.flatMap(({ jobs }) => jobs.filter(job => job.name === 'Gate'))
    expect(gates).toHaveLength(2)
    for (const gate of gates) {
      expect(gate.if).toBe('${{ !cancelled() }}')
      expect(gate.needs?.length).toBeGreaterThanOrEqual(3)
    }
  })

  test('rulesets have the fields of the public schema', () => {
    const known: Readonly<Record<string, readonly string[]>> = {
      deletion: [],
      non_fast_forward: [],
      required_linear_history: [],
      pull_request: [
        'allowed_merge_methods',
        'dismiss_stale_reviews_on_push',
        'require_code_owner_review',
        'require_last_push_approval',
        'required_approving_review_count',
        'required_review_thread_resolution',
      ],
      required_status_checks: [
        'strict_required_status_checks_policy',
        'do_not_enforce_on_create',
        'required_status_checks',
      ],
      merge_queue: [
        'check_response_timeout_minutes',
        'grouping_strategy',
        'max_entries_to_build',
        'max_entries_to_merge',
        'merge_method',
        'min_entries_to_merge',
        'min_entries_to_merge_wait_minutes',
      ],
    }
    for (const { rules } of rulesets)
      for (const { type, parameters } of rules)
        expect(Object.keys(parameters ?? {}).sort(), type).toEqual(
          [...(known[type] ?? ['?'])].sort(),
        )
  })

  test('every file that the gate is made of has an owner, who must review', () => {
    const owners = readFileSync('.github/CODEOWNERS', 'utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => line.split(/\s+/))
    const ownerOf = (path: string): string | undefined =>
      owners.findLast(([pattern = '']) => pattern === '*' || `/${path}`.startsWith(pattern))?.[1]
    const gate = [
      '.github/workflows/validate.yml',
      '.github/CODEOWNERS',
      '.github/fluxgate.yaml',
      '.github/rulesets/main.json',
      'actions/commits/action.yml',
      'src/cli.ts',
      'schemas/config.schema.json',
      'test/build/main.ts',
      'package.json',
      'package-lock.json',
      '.sops.yaml',
      'tsconfig.json',
      'npm-shrinkwrap.json',
      '.npmrc',
      '.gitattributes',
    ]
    for (const path of gate) expect(ownerOf(path), path).toMatch(/^@/)
    for (const { rules } of rulesets)
      expect(rules.find(rule => rule.type === 'pull_request')?.parameters).toMatchObject({
        require_code_owner_review: true,
        required_approving_review_count: 1,
      })
    expect(toldOf([...gate, 'apps/a.yaml', 'web/tsconfig.json'])).toEqual([...gate].sort())
  })
})

/** The paths that a pull request is told to have changed of the gate. */
function toldOf(paths: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-gate-'))
  try {
    const own = new TestRepository(folder)
    own.git(['init', '--quiet'])
    own.commit('feat: start')
    own.commit('feat: change', Object.fromEntries(paths.map(path => [path, 'a\n'])))
    const repository = openRepository(folder)
    if (isProblem(repository)) throw new Error(repository.message)
    return [...touchedGate(repository, 'HEAD~1', 'HEAD')].sort()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.each(['commits', 'manifests', 'secrets'])(
  'actions/%s documents what it takes and gives',
  name => {
    const action: {
      inputs: Record<string, { description?: string; default?: unknown; required?: boolean }>
      outputs: Record<string, { description?: string }>
      runs: { using: string }
    } = parse(readFileSync(`actions/${name}/action.yml`, 'utf8'))
    const common = 'path base head config fail-on sarif junit comment token'.split(' ')
    const own = name === 'commits' ? ['title', 'merge-method'] : []
    expect(Object.keys(action.inputs)).toEqual([...common, ...own])
    expect(Object.keys(action.outputs)).toEqual(['ok', 'errors', 'warnings', 'report'])
    for (const one of Object.values({ ...action.inputs, ...action.outputs }))
      expect(one.description?.length).toBeGreaterThan(10)
    for (const input of Object.values(action.inputs)) expect(input).toHaveProperty('default')
    expect(action.runs.using).toBe('node24')
  },
)
