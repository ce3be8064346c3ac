import * as fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startApi } from '../runner/api.ts'
import { type Outcome, runStep, type Step } from '../runner/action.ts'
import { CONFIG_MAP, type Pull, Workspace } from './pull.ts'

type Name = 'commits' | 'manifests' | 'secrets'

const names: readonly Name[] = ['commits', 'manifests', 'secrets']

async function judge(
  name: Name,
  pull: Pull,
  more: Partial<Pick<Step, 'inputs' | 'env' | 'event'>> & {
    event?: ReturnType<Workspace['event']>
    prepare?: (workspace: Workspace) => Step['event']
  } = {},
): Promise<Outcome> {
  using workspace = new Workspace(pull)
  const event = more.prepare?.(workspace) ?? more.event ?? workspace.event()
  const inputs = { path: 'pr', ...more.inputs }
  const env = more.env ?? {}
  return await runStep({
    action: `actions/${name}`,
    workspace: workspace.folder,
    inputs,
    event,
    env,
  })
}

const good = {
  message: 'feat: more',
  files: { 'apps/b.yaml': CONFIG_MAP.replace('name: a', 'name: b') },
}
const misspelt = (name: string) =>
  CONFIG_MAP.replace('name: a', `name: ${name}`).replace('\ndata:', '\ndat:')
const broken = { message: 'feat: more', files: { 'apps/b.yaml': misspelt('b') } }
const bad = { message: 'Some title' }
const secretNamed = (name: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\nstringData:\n  password: ${randomUUID()}\n`
const leaking = { message: 'feat: more', files: { 'apps/b.yaml': secretNamed('b') } }

const failing = {
  commits: { pull: bad, code: 'malformed-header' },
  manifests: { pull: broken, code: 'unknown-field' },
  secrets: { pull: leaking, code: 'plaintext-secret' },
} as const

/** A pull request of 300 findings. */
function many(name: Name): Pull {
  if (name === 'commits')
    return {
      commits: Array.from({ length: 15 }, (_, i) => ({
        message: `feat: x\n\n${'\u202ea '.repeat(20 + (i % 3))}`,
      })),
    }
  const text = name === 'manifests' ? misspelt : secretNamed
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`apps/x${i}.yaml`, text(`x${i}`)]),
  )
  return { commits: [{ message: 'feat: x', files }] }
}

/** Nothing but annotations and the group of outputs may be a command. */
function expectOwn(outcome: Outcome): void {
  expect(outcome.stderr).toBe('')
  expect(outcome.commands).toEqual([])
  expect(outcome.stderr).toBe('')
}

describe.each(names)('%s', name => {
  test('a clean pull request passes', async () => {
    const outcome = await judge(name, { commits: [good] })
    expect(outcome.stderr).toBe('')
    expect(outcome).toMatchObject({ exit: 0, annotations: [] })
    expect(outcome.outputs).toMatchObject({ ok: 'true', errors: '0', warnings: '0' })
    expect(outcome.summary).toContain('passed')
    expectOwn(outcome)
  })

  test('a failing one is told what is wrong and where', async () => {
    const { pull, code } = failing[name]
    const outcome = await judge(name, { commits: [pull] })
    expect(outcome.exit).toBe(1)
    const errors = outcome.annotations.filter(one => one.level === 'error')
    expect(errors.map(one => one.properties['title'])).toContain(code)
    if (name !== 'commits') expect(errors[0]?.properties['file']).toBe('apps/b.yaml')
    expect(outcome.outputs).toMatchObject({ ok: 'false', errors: expect.not.stringMatching(/^0$/) })
    expect(outcome.summary).toContain('failed')
    expect(outcome.summary).toContain(code)
    expectOwn(outcome)
  })

  test('of 300 findings ten are annotated, and all are counted', async () => {
    const outcome = await judge(name, many(name))
    expect(outcome.exit).toBe(1)
    expect(outcome.annotations.filter(one => one.level === 'error')).toHaveLength(10)
    expect(outcome.log).toContainEqual(expect.stringMatching(/^10 of \d+ errors are shown/))
    expect(Number(outcome.outputs['errors'])).toBeGreaterThanOrEqual(300)
    expectOwn(outcome)
  })

  test('nothing checked out is not judged', async () => {
    const outcome = await judge(name, { commits: [good] }, { inputs: { path: 'elsewhere' } })
    expect(outcome.exit).toBe(2)
    expect(outcome.outputs['ok']).toBe('false')
    expect(outcome.annotations[0]?.message).toContain('actions/checkout')
  })

  test.each([403, 429, 500, 'silent'] as const)(
    'an API that answers %s changes no verdict',
    async answer => {
      await using api = await startApi(answer === 'silent' ? { silent: true } : { status: answer })
      const env = { GITHUB_API_URL: api.url }
      const inputs = { comment: 'true', token: 'x' }
      const { pull } = failing[name]
      expect((await judge(name, { commits: [good] }, { env, inputs })).exit).toBe(0)
      const outcome = await judge(name, { commits: [pull] }, { env, inputs })
      expect(outcome.exit).toBe(1)
      expect(outcome.annotations).toContainEqual(
        expect.objectContaining({ level: 'notice', properties: { title: 'no comment' } }),
      )
      expectOwn(outcome)
    },
    60_000,
  )

  test('a clone that is cut off is not judged', async () => {
    const outcome = await judge(name, { commits: [good, good, good], depth: 2 })
    expect(outcome.exit).toBe(2)
    expect(outcome.annotations[0]?.message).toContain('fetch-depth: 0')
    expect(outcome.outputs['ok']).toBe('false')
    expectOwn(outcome)
  })

  test('a base that is gone is not judged', async () => {
    const outcome = await judge(name, { commits: [good] }, { inputs: { base: 'f'.repeat(40) } })
    expect(outcome.exit).toBe(2)
    expect(outcome.annotations[0]?.message).toContain('no such revision')
  })

  test('a fork needs no secrets and no rights', async () => {
    await using api = await startApi({ status: 403 })
    const env = { GITHUB_API_URL: api.url }
    const inputs = { comment: 'true', token: 'x' }
    const outcome = await judge(name, { commits: [good], fork: true }, { env, inputs })
    expect(outcome.exit).toBe(0)
    expect(outcome.annotations.map(one => one.level)).toEqual(['notice'])
    expect(outcome.annotations[0]?.message).toContain('403')
  })

  test('a merge queue is judged', async () => {
    const prepare = (workspace: Workspace) => workspace.queued('feat: landing')
    expect(await judge(name, { commits: [good] }, { prepare })).toMatchObject({ exit: 0 })
    const { pull } = failing[name]
    expect(await judge(name, { commits: [pull] }, { prepare })).toMatchObject({ exit: 1 })
  })

  test('a push and a run by hand are judged', async () => {
    const push = (before: string) => (workspace: Workspace) => ({
      name: 'push',
      payload: { before: before || workspace.base, after: workspace.head },
    })
    expect((await judge(name, { commits: [good] }, { prepare: push('') })).exit).toBe(0)
    const event = { name: 'workflow_dispatch', payload: {} }
    expect((await judge(name, { commits: [good] }, { event })).exit).toBe(0)
  })

  test('who touches the gate is told so', async () => {
    const touching = { message: 'ci: loosen', files: { '.github/workflows/validate.yml': '' } }
    const outcome = await judge(name, { commits: [touching] })
    expect(outcome.annotations).toMatchObject([
      { level: 'warning', properties: { title: 'the gate is changed' } },
    ])
  })
})

describe('what people see', () => {
  test('a failing line is annotated in its file', async () => {
    const outcome = await judge('manifests', { commits: [broken] })
    expect(outcome.exit).toBe(1)
    expect(outcome.annotations).toMatchObject([
      { level: 'error', properties: { file: 'apps/b.yaml', line: '5', title: 'unknown-field' } },
    ])
    expect(outcome.summary).toContain('unknown-field')
    expect(outcome.summary).toContain('npx fluxgate check --base')
    expect(outcome.summary).toMatch(/```mermaid\nflowchart LR\n/)
  })

  test('a bad message is annotated with its commit and the command that mends it', async () => {
    const outcome = await judge('commits', { commits: [bad] })
    expect(outcome.exit).toBe(1)
    expect(outcome.annotations[0]?.message).toMatch(
      /commit [0-9a-f]{12} message 1:1\n.*git commit --amend/s,
    )
    expect(outcome.annotations[0]?.properties['file']).toBeUndefined()
  })

  test('reports are written where they are asked for', async () => {
    using workspace = new Workspace({ commits: [broken] })
    const inputs = { path: 'pr', sarif: 'out/a.sarif', junit: 'out/a.xml' }
    const event = workspace.event()
    await runStep({ action: 'actions/manifests', workspace: workspace.folder, inputs, event })
    const sarif: unknown = JSON.parse(readFileSync(join(workspace.folder, 'out/a.sarif'), 'utf8'))
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'unknown-field' }] }],
    })
    expect(readFileSync(join(workspace.folder, 'out/a.xml'), 'utf8')).toContain('<failure')
  })

  test('one comment is made, kept and rewritten', async () => {
    await using api = await startApi({})
    const env = { GITHUB_API_URL: api.url }
    const inputs = { comment: 'true', token: 'x' }
    await judge('commits', { commits: [bad] }, { env, inputs })
    await judge('commits', { commits: [good] }, { env, inputs })
    const asked = api.asked.length
    await judge('commits', { commits: [good] }, { env, inputs })
    expect(api.comments).toHaveLength(1)
    expect(api.comments[0]?.body).toContain('passed')
    expect(api.asked.slice(asked).filter(one => !one.startsWith('GET'))).toEqual([])
  })
})

describe('titles', () => {
  const title = { title: 'auto', token: 'x' }

  test('the title is the one of now', async () => {
    await using api = await startApi({ title: 'feat: mended' })
    const env = { GITHUB_API_URL: api.url }
    const pull = { commits: [bad], title: 'Bad title' }
    expect(await judge('commits', pull, { env, inputs: title })).toMatchObject({ exit: 0 })
  })

  test.each([403, 429, 500])('an API that answers %i does not decide', async status => {
    await using api = await startApi({ status })
    const env = { GITHUB_API_URL: api.url }
    const run = (text: string, attempt: string) =>
      judge(
        'commits',
        { commits: [good], title: text },
        {
          env: { ...env, GITHUB_RUN_ATTEMPT: attempt },
          inputs: title,
        },
      )
    expect((await run('feat: fine', '1')).exit).toBe(0)
    expect((await run('Bad title', '1')).exit).toBe(1)
    expect((await run('feat: fine', '2')).exit).toBe(2)
  })

  test('an API that is silent is given up', async () => {
    await using api = await startApi({ silent: true })
    const env = { GITHUB_API_URL: api.url }
    expect((await judge('commits', { commits: [good] }, { env, inputs: title })).exit).toBe(0)
  }, 30_000)

  test('an edited title is judged again, by the policy of the base', async () => {
    const config = { '.github/fluxgate.yaml': 'commits:\n  types: [anything]\n  wip: skip\n' }
    const pull = { commits: [{ message: 'feat: x', files: config }], title: 'anything: goes' }
    const prepare = (workspace: Workspace) => workspace.event('edited')
    const edited = await judge('commits', pull, { inputs: title, prepare })
    expect(edited.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', properties: { title: 'unknown-type' } }),
    )
    const queued = (workspace: Workspace) => workspace.queued('anything: goes')
    expect((await judge('commits', pull, { inputs: title, prepare: queued })).exit).toBe(1)
  })

  test('what a squash will land is judged with its commits', async () => {
    const inputs = { ...title, 'merge-method': 'squash' }
    const pull = { commits: [{ message: 'feat!: a' }, { message: 'wrong' }], title: 'feat: x' }
    const outcome = await judge('commits', pull, { inputs })
    expect(outcome.annotations.map(one => one.properties['title'])).toContain(
      'hidden-breaking-change',
    )
    expect(outcome.annotations.map(one => one.properties['title'])).not.toContain(
      'malformed-header',
    )
  })

  test('in a merge queue the message that will land is judged', async () => {
    const landing = (message: string) =>
      judge(
        'commits',
        { commits: [good, good] },
        {
          inputs: title,
          prepare: workspace => workspace.queued(message),
        },
      )
    expect((await landing('feat: fine (#7)\n\n* feat: more')).exit).toBe(0)
    expect((await landing('Bad title (#7)')).exit).toBe(1)
  })
})

describe('hostile text', () => {
  const hostile = [
    '::set-output name=x::y',
    '##[error]boo',
    '`` ` ```',
    '@everyone #1 </details>',
    '\u202egnp',
    '%0A::error::x',
    '\u0085::warning::x',
  ]

  test.each(hostile)('%j gives no command of its own', async text => {
    const message = `${text}\n\n${text}\n${hostile.join('\n')}`
    const outcome = await judge('commits', { commits: [{ message }], title: text })
    expect(outcome.exit).toBe(1)
    expectOwn(outcome)
    for (const one of outcome.annotations) expect(one.properties['title']).toMatch(/^[a-z -]+$/)
    expect(outcome.summary).not.toMatch(/\u202e/)
    const path = `apps/${text.replaceAll('/', '')}.yaml`
    for (const [name, content] of [
      ['manifests', misspelt('b')],
      ['secrets', secretNamed('b')],
    ] as const) {
      const files = await judge(name, {
        commits: [{ message, files: { [path]: content } }],
        title: text,
      })
      expect(files.exit).toBe(1)
      expectOwn(files)
      for (const one of files.annotations) expect(one.properties['title']).toMatch(/^[a-z -]+$/)
      expect(files.summary).not.toMatch(/\u202e/)
    }
  })

  const piece = fc.constantFrom(
    ...hostile,
    '\n',
    '\r',
    ' ',
    ':',
    '#',
    'feat: ',
    '::error',
    '::',
    '##',
  )
  const texts = fc.oneof(
    fc.array(piece, { minLength: 1, maxLength: 12 }).map(parts => parts.join('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  )

  test.each(names)('no text at all gives one to %s', async name => {
    const sample = fc
      .sample(texts, { numRuns: 80, seed: 3 })
      .map(text => text.replaceAll('\0', ''))
      .filter(text => text.trim() !== '')
    const content = name === 'secrets' ? secretNamed : misspelt
    const files = Object.fromEntries(
      sample.map((text, i) => [
        `apps/${text.replaceAll('/', '').slice(0, 60)}${i}.yaml`,
        content('b'),
      ]),
    )
    const commits = sample.map((message, i) => ({ message, ...(i === 0 ? { files } : {}) }))
    const outcome = await judge(name, { commits, title: sample.join(' ') })
    expect(outcome.exit).toBe(1)
    expectOwn(outcome)
    expect(outcome.summary).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })
})
