import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { makeSeal, type Seal, sealed, sealText } from '../secrets/seal.ts'
import { testShell } from '../shell.ts'

const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: main, namespace: team}
spec: {interval: 5m, url: https://github.com/example/fleet}
`

function kustomization(name: string, more: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: team}
spec:
  interval: 5m
  path: ./${name}
  prune: true
  sourceRef: {kind: GitRepository, name: main}
${more}`
}

function configMap(name: string, data: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: team}
data: {${data}}
`
}

type Tree = Readonly<Record<string, string>>

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `build --flux` over a folder made of files; `identity` is written into one beside it. */
async function build(files: Tree, args: readonly string[], identity?: string): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-applied-'))
  try {
    const all = { ...files, ...(identity ? { 'age.agekey': `# a comment\n${identity}\n` } : {}) }
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const shell = { ...testShell(folder), env: { FLUXGATE_MASK_KEY: 'mask' } }
    const asset = (path: string) => testShell().asset(path)
    const flags = identity ? ['--identity', 'age.agekey'] : []
    const code = await runCommand(['build', ...args, ...flags], { ...shell, asset })
    return { code, ...shell.written }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function hmac(text: string): string {
  return `hmac-sha256:${createHmac('sha256', 'mask').update(text).digest('hex')}`
}

describe('build --flux', () => {
  it('prints objects in the order of their stages, with owner labels and common metadata', async () => {
    const { code, out } = await build(
      {
        'clusters/main.yaml': `${SOURCE}---\n${kustomization('app', '  commonMetadata: {labels: {team: a, kustomize.toolkit.fluxcd.io/name: mine}}\n')}`,
        'app/a.yaml': `${configMap('cm', 'a: "1"')}---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: team}\nspec: {ports: [{port: 80}]}\nstatus: {loadBalancer: {}}\n`,
        'app/z.yaml':
          'apiVersion: v1\nkind: Namespace\nmetadata: {name: team, creationTimestamp: null}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: not, namespace: team, annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}}\n',
      },
      ['--flux', 'team/app'],
    )
    expect(code).toBe(0)
    expect(out.match(/^kind: \w+/gm)).toEqual([
      'kind: Namespace',
      'kind: ConfigMap',
      'kind: Service',
    ])
    expect(out).toContain('    kustomize.toolkit.fluxcd.io/name: mine\n')
    expect(out).toContain('    kustomize.toolkit.fluxcd.io/namespace: team\n    team: a\n')
    expect(out).toContain('  ports:\n  - port: 80\n    protocol: TCP\n')
    expect(out).not.toMatch(/status|creationTimestamp|reconcile/)
  })

  it('says why a Kustomization applies nothing', async () => {
    const files = {
      'clusters/main.yaml': `${SOURCE}---\n${kustomization('app', '')}---\n${kustomization('gone', '')}`,
      'app/a.yaml': configMap('cm', 'a: "1"'),
    }
    const one = await build(files, ['--flux', 'team/gone'])
    expect(one).toMatchObject({ code: 1, out: '' })
    expect(one.err).toContain('kustomization path not found: stat gone: no such file or directory')
    const { code, out } = await build(files, ['.', '--flux', '--format', 'ndjson'])
    const lines = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(code).toBe(1)
    expect(lines).toMatchObject([
      { kustomization: 'team/app', path: 'app', ok: true },
      { kustomization: 'team/gone', ok: false, diagnostics: [{ code: 'missing-path' }] },
    ])
  })

  it('asks which cluster is meant where several have the name', async () => {
    const main = `${SOURCE}---\n${kustomization('app', '')}`
    const entry = `${SOURCE.replaceAll('main', 'flux-system')}---\n${kustomization('X', '').replaceAll('main', 'flux-system')}`
    const files = Object.fromEntries(
      ['a', 'b'].flatMap(name => [
        [`${name}/flux-system/gotk-sync.yaml`, entry.replaceAll('X', name)],
        [`${name}/app.yaml`, main],
      ]),
    )
    const both = await build({ ...files, 'app/a.yaml': configMap('cm', 'a: b') }, [
      '--flux',
      'team/app',
    ])
    expect(both.code).toBe(2)
    expect(both.err).toMatch(/choose one with --entry \S+ or --entry \S+/)
  })
})

describe('build --flux --identity', () => {
  let seal: Seal
  let files: Tree
  const password = randomBytes(12).toString('hex')

  beforeAll(async () => {
    seal = await makeSeal()
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'team' },
      stringData: { password },
      data: { raw: Buffer.from(`raw ${password}`).toString('base64') },
    }
    const custom = {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'w', namespace: 'team' },
      spec: { count: 3, on: true, ratio: 1.5, list: ['x', { y: password }] },
    }
    const sops = '  decryption: {provider: sops, secretRef: {name: sops-age}}\n'
    files = {
      'clusters/main.yaml': `${SOURCE}---\n${kustomization('app', sops)}---\n${kustomization('use', '  postBuild: {substituteFrom: [{kind: Secret, name: db}]}\n')}`,
      'app/secret.yaml': sealed(secret, ['stringData', 'data'], seal),
      'app/widget.yaml': sealed(custom, ['spec'], seal),
      'use/a.yaml': configMap('url', 'url: "https://u:${password}@db", plain: text'),
    }
  })

  it('decrypts in memory and prints secret values by their HMAC', async () => {
    const { code, out, err } = await build(files, ['--flux', 'team/app'], seal.identity)
    expect(code).toBe(0)
    expect(out).toContain(`  password: ${hmac(password)}\n  raw: ${hmac(`raw ${password}`)}\n`)
    expect(out).not.toMatch(/stringData|sops|ENC\[/)
    for (const value of ['3', 'true', '1.5', 'x', password]) expect(out).toContain(hmac(value))
    expect(out + err).not.toContain(password)
  })

  it('hides what variables bring from a Secret, and nothing else', async () => {
    const { code, out } = await build(files, ['--flux', 'team/use'], seal.identity)
    expect(code).toBe(0)
    expect(out).toContain(`  url: ${hmac(`https://u:${password}@db`)}\n`)
    expect(out).toContain('  plain: text\n')
  })

  it('masks without an identity, and with one that is not for these files', async () => {
    const other = await makeSeal()
    for (const identity of [undefined, other.identity]) {
      const { code, out } = await build(files, ['--flux', 'team/app'], identity)
      expect(code).toBe(0)
      expect(out).toContain('  password: <masked>\n  raw: <masked>\n')
      expect(out).toContain('  count: <masked>\n')
    }
  })

  it('says that a value was moved, which SOPS does not decrypt', async () => {
    const moved = {
      ...files,
      'app/secret.yaml': (files['app/secret.yaml'] ?? '').replace('"password"', '"passwort"'),
    }
    const { code, out, err } = await build(moved, ['--flux', 'team/app'], seal.identity)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/app\/secret\.yaml:\d+:\d+: decryption failed/)
  })

  it('does not pretend to know what is generated from an encrypted file', async () => {
    const secret = { token: password }
    const generated = {
      ...files,
      'app/token.enc': sealed(secret, ['token'], seal),
      'app/pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: team}\nspec: {containers: [{name: a, image: x, envFrom: [{secretRef: {name: made}}]}]}\n',
      'app/kustomization.yaml':
        'resources: [pod.yaml]\nsecretGenerator: [{name: made, namespace: team, files: [token=token.enc]}]\n',
    }
    const { code, out, err } = await build(generated, ['--flux', 'team/app'], seal.identity)
    expect(code).toBe(0)
    expect(out).toContain('  token: <masked>\n')
    expect(out.match(/name: made-<unknown>/g)).toHaveLength(2)
    expect(err).toContain('made-<unknown> is made from an encrypted file')
  })

  it('decrypts a binary file that a generator takes, and hashes the name anew', async () => {
    const long = `${password} `.repeat(20)
    const generated = {
      ...files,
      'app/x.enc': sealed({ data: long }, ['data'], seal),
      'app/kustomization.yaml':
        'secretGenerator: [{name: made, namespace: team, files: [x=x.enc], literals: [a=b]}]\n',
    }
    const open = { ...generated, 'app/x.enc': long }
    const [known, wanted] = [
      await build(generated, ['--flux', 'team/app'], seal.identity),
      await build(open, ['--flux', 'team/app'], seal.identity),
    ]
    expect(known.out).toBe(wanted.out)
    expect(known.out).toContain(`  x: ${hmac(long)}\n`)
    expect(known.err).toBe('')
  })

  it('reads the names of an encrypted environment file, and its values where there is a key', async () => {
    const word = sealText(password, 'str', 'WORD:', seal.key)
    const mac = sealText(randomBytes(64).toString('hex'), 'str', '2026-01-02T03:04:05Z', seal.key)
    const enc = seal.enc.replaceAll('\n', '\\n')
    const generated = (sops: string) => ({
      'clusters/main.yaml': `${SOURCE}---\n${kustomization('app', sops)}`,
      'app/app.enc.env': `#${word}\nWORD=${word}\nOPEN_unencrypted=1\nsops_age__list_0__map_enc=${enc}\nsops_age__list_0__map_recipient=${seal.recipient}\nsops_lastmodified=2026-01-02T03:04:05Z\nsops_mac=${mac}\nsops_version=3.13.2\n`,
      'app/kustomization.yaml': 'resources: [../part]\n',
      'part/kustomization.yaml':
        'secretGenerator: [{name: made, namespace: team, envs: [../app/app.enc.env]}]\n',
    })
    const decrypts = generated('  decryption: {provider: sops, secretRef: {name: sops-age}}\n')
    const { code, out, err } = await build(decrypts, ['--flux', 'team/app'])
    expect(code).toBe(0)
    expect(out).toContain('data:\n  OPEN_unencrypted: <masked>\n  WORD: <masked>\nkind')
    expect(out).toContain('name: made-<unknown>')
    expect(err).toContain('made-<unknown> is made from an encrypted file')
    const known = await build(decrypts, ['--flux', 'team/app'], seal.identity)
    const plain = `secretGenerator: [{name: made, namespace: team, envs: [a.env]}]\n`
    const open = {
      'clusters/main.yaml': `${SOURCE}---\n${kustomization('app', '')}`,
      'app/kustomization.yaml': plain,
      'app/a.env': `WORD=${password}\nOPEN_unencrypted=1\n`,
    }
    const name = /name: (made-[a-z0-9]{10})\n/.exec(
      (await build(open, ['--flux', 'team/app'])).out,
    )?.[1]
    expect(known).toMatchObject({ code: 0, err: '' })
    expect(known.out).toContain(`  OPEN_unencrypted: ${hmac('1')}\n  WORD: ${hmac(password)}\n`)
    expect(known.out).toContain(`name: ${name}\n`)
    expect(known.out).not.toContain(password)
    const applied = await build(generated(''), ['--flux', 'team/app'], undefined)
    expect(applied.out).toContain('  sops_mac: ')
  })

  it('needs a key to mask with, and identities that are some', async () => {
    const { code, err } = await build(files, ['--flux', 'team/app'], 'AGE-NOTHING')
    expect(code).toBe(2)
    expect(err).toContain('a line is no age identity')
    expect(err).not.toContain('AGE-NOTHING')
  })

  it('prints the ciphertext that is applied where nothing decrypts, masked', async () => {
    const main = `${SOURCE}---\n${kustomization('app', '')}`
    const { code, out } = await build({ ...files, 'clusters/main.yaml': main }, [
      '--flux',
      'team/app',
    ])
    expect(code).toBe(0)
    expect(out).toContain('name: db')
    expect(out).not.toContain('sops:')
  })
})
