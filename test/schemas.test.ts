import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { readBundle } from '../src/schema/bundle.ts'
import { bundleOf } from '../src/schema/export.ts'
import { createSchemas } from '../src/schema/schemas.ts'
import { answerOf, kubeconfig, replay, selfSigned, TOKEN, type Trouble } from './schemas/replay.ts'
import { testShell } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-schemas-'))
const BUNDLE = join(folder, '.github/fluxgate-schemas.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  const shell = testShell(folder)
  const asset = (path: string): string => readFileSync(path, 'utf8')
  const exit = await runCommand(['schemas', ...args], { ...shell, asset })
  return { exit, ...shell.written }
}

describe('the shipped bundles', () => {
  it('are what the generator makes of the recorded server', () => {
    const shipped = readBundle(readFileSync('schemas/kubernetes-1.36.json', 'utf8'))
    const index: { paths: Record<string, unknown> } = JSON.parse(`${answerOf('/openapi/v3')}`)
    const documents = Object.keys(index.paths).map(path =>
      JSON.parse(`${answerOf(`/openapi/v3/${path}`)}`),
    )
    const discovery = ['/api', '/apis'].map(path => JSON.parse(`${answerOf(path)}`))
    const made = bundleOf(
      { discovery, documents },
      'kubernetes',
      '1.36.2',
      group => !group.endsWith('.fluxcd.io'),
    )
    expect(made).toEqual(shipped)
  })
})

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('schemas sync', () => {
  const own = selfSigned(folder, 'own')

  async function sync(change: Trouble & { ca?: string; token?: string; path?: string }) {
    const { server, url } = await replay(own, change)
    const config = kubeconfig(
      folder,
      url + (change.path ?? ''),
      change.ca ?? own.cert,
      change.token ?? TOKEN,
    )
    try {
      return await run('sync', '--kubeconfig', config)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }

  it('writes what the cluster serves', async () => {
    const { exit, out } = await sync({})
    expect(exit).toBe(0)
    expect(out).toContain('cluster 1.36.2')
    const schemas = createSchemas([readBundle(readFileSync(BUNDLE, 'utf8'))])
    expect(schemas.lookup('apps', 'v1', 'Deployment')).toEqual({ ok: true, namespaced: true })
    expect(schemas.lookup('helm.toolkit.fluxcd.io', 'v2', 'HelmRelease').ok).toBe(true)
    rmSync(BUNDLE)
  })

  it('waits for a server that answers slowly', async () => {
    expect((await sync({})).exit).toBe(0)
    const quick = readFileSync(BUNDLE, 'utf8')
    rmSync(BUNDLE)
    const { exit } = await sync({ slow: '/openapi/v3/apis/apps/v1' })
    expect(exit).toBe(0)
    expect(readFileSync(BUNDLE, 'utf8')).toBe(quick)
  })

  it('leaves what is there when an answer is cut off', async () => {
    const before = readFileSync(BUNDLE, 'utf8')
    const { exit } = await sync({ cut: '/openapi/v3/apis/batch/v1' })
    expect(exit).toBe(2)
    expect(readFileSync(BUNDLE, 'utf8')).toBe(before)
    expect(readdirSync(dirname(BUNDLE))).toEqual([basename(BUNDLE)])
    rmSync(BUNDLE)
  })

  it.each([
    ['a wrong CA', { ca: selfSigned(folder, 'other').cert }, "not signed by the kubeconfig's CA"],
    ['a wrong token', { token: 'wrong' }, '401'],
    ['an answer cut off half-way', { cut: '/openapi/v3/apis/apps/v1' }, 'cut off half-way'],
    ['an index cut off half-way', { cut: '/apis' }, 'cut off half-way'],
    ['a server of another kind', { path: '/nothing' }, 'too old'],
  ])('says %s and writes nothing', async (_, change, text) => {
    const { exit, err } = await sync(change)
    expect(err).toContain(text)
    expect(err).not.toContain(TOKEN)
    expect(exit).toBe(2)
    expect(existsSync(BUNDLE)).toBe(false)
  })

  it('says that nobody answers', async () => {
    const config = kubeconfig(folder, 'https://127.0.0.1:1', own.cert, TOKEN)
    const { exit, err } = await run('sync', '--kubeconfig', config)
    expect(err).toContain('cannot be reached')
    expect(exit).toBe(2)
  })
})

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {size: {type: integer, maximum: 3}}}}
`

describe('schemas add', () => {
  it('gives custom resources their schema, and list shows it', async () => {
    writeFileSync(join(folder, 'crd.yaml'), CRD)
    expect((await run('add', join(folder, 'crd.yaml'))).out).toContain('example.com/v1 Widget')
    expect((await run('list')).out).toMatch(/fluxgate-schemas\.json: crds, 1 kinds in 1 groups/)
    const schemas = createSchemas([readBundle(readFileSync(BUNDLE, 'utf8'))])
    expect(schemas.lookup('example.com', 'v1', 'Widget').ok).toBe(true)
  })

  it('says when there is no CRD', async () => {
    mkdirSync(join(folder, 'none'), { recursive: true })
    const { exit, err } = await run('add', join(folder, 'none'))
    expect(err).toContain('no CustomResourceDefinition')
    expect(exit).toBe(2)
  })
})
