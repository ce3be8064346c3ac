import { randomUUID } from 'node:crypto'
import { symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TestRepository } from '../repository.ts'
import { type Outcome, runStep } from '../runner/action.ts'
import { CONFIG_MAP, Workspace } from './pull.ts'

/** What a stranger may send: a pull request from a fork. The step's own checkout is `pr/`. */
async function attack(
  name: 'commits' | 'manifests' | 'secrets',
  files: Readonly<Record<string, string>>,
  more: { change?: (repository: TestRepository) => void; inputs?: Record<string, string> } = {},
): Promise<Outcome> {
  const message = 'feat: more'
  using workspace = new Workspace({
    fork: true,
    commits: [{ message, files, ...(more.change ? { change: more.change } : {}) }],
  })
  const outcome = await runStep({
    action: `actions/${name}`,
    workspace: workspace.folder,
    inputs: { path: 'pr', ...more.inputs },
    event: workspace.event(),
  })
  expect(outcome.stderr).toBe('')
  expect(outcome.commands).toEqual([])
  return outcome
}

const MISSPELT = CONFIG_MAP.replace('name: a', 'name: b').replace('\ndata:', '\ndat:')
const SECRET = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: b\nstringData:\n  password: ${randomUUID()}\n`

function titles({ annotations }: Outcome): (string | undefined)[] {
  return annotations.filter(one => one.level === 'error').map(one => one.properties['title'])
}

describe('configuration of the pull request', () => {
  const off = 'checks:\n  unknown-field: off\n  plaintext-secret: off\n  unknown-type: off\n'

  test('it switches nothing off', async () => {
    const files = { '.github/fluxgate.yaml': off, 'apps/b.yaml': MISSPELT }
    expect(titles(await attack('manifests', files))).toEqual(['unknown-field'])
    const secret = { '.github/fluxgate.yaml': off, 'apps/b.yaml': SECRET }
    expect(titles(await attack('secrets', secret))).toContain('plaintext-secret')
  })

  test('its entry points, its ignored files and its schemas do not count', async () => {
    const schemas = {
      format: 1,
      name: 'cluster',
      version: '1.36.0',
      complete: true,
      kinds: [],
      types: {},
    }
    const files = {
      '.github/fluxgate.yaml': 'entryPoints: [nowhere]\n',
      '.github/fluxgate-schemas.json': JSON.stringify(schemas),
      '.gitignore': 'apps/b.yaml\n',
      'apps/b.yaml': MISSPELT,
    }
    const change = (repository: TestRepository) => repository.git(['add', '-f', 'apps/b.yaml'])
    expect(titles(await attack('manifests', files, { change }))).toEqual(['unknown-field'])
  })
})

describe('what git may be made to do', () => {
  const leaking = { 'apps/b.yaml': SECRET }

  test.each([
    '*.yaml filter=none diff=none merge=none\n* -diff\n',
    '*.yaml export-ignore ident eol=crlf\n',
    '[attr]hidden -text -diff\n*.yaml hidden\n',
  ])('attributes %j hide nothing', async attributes => {
    const files = { '.gitattributes': attributes, 'apps/b.yaml': MISSPELT }
    expect(titles(await attack('manifests', files))).toEqual(['unknown-field'])
    const secret = { '.gitattributes': attributes, ...leaking }
    expect(titles(await attack('secrets', secret))).toContain('plaintext-secret')
  })

  test.each(['UTF-16LE-BOM', 'IBM037', 'ASCII//TRANSLIT'])(
    'files that are checked out as %s are judged as they are stored',
    async encoding => {
      // The attributes come when git has no reason left to look at the files.
      const attributes = `*.yaml working-tree-encoding=${encoding}\n`
      const change = (repository: TestRepository) => {
        for (const path of repository.git(['ls-files']).split('\n'))
          utimesSync(join(repository.folder, path), 1e9, 1e9)
        repository.git(['update-index', '--refresh'])
        repository.write({ '.gitattributes': attributes })
      }
      for (const [name, text, code] of [
        ['manifests', MISSPELT, 'unknown-field'],
        ['secrets', SECRET, 'plaintext-secret'],
      ] as const) {
        const before = (repository: TestRepository) => {
          repository.write({ 'apps/b.yaml': text })
          repository.git(['add', '--all'])
          repository.git(['commit', '--quiet', '-m', 'feat: b'])
          change(repository)
        }
        expect(titles(await attack(name, {}, { change: before }))).toContain(code)
      }
    },
  )

  test('a submodule is no way around, and nothing is fetched for it', async () => {
    const change = (repository: TestRepository) => {
      const url = 'ext::sh -c "touch /tmp/fluxgate-was-here"'
      repository.write({
        '.gitmodules': `[submodule "x"]\n\tpath = apps/x\n\turl = ${JSON.stringify(url)}\n\tupdate = !touch /tmp/fluxgate-was-here\n`,
      })
      repository.git(['update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},apps/x`])
    }
    for (const name of ['manifests', 'secrets', 'commits'] as const) {
      const outcome = await attack(name, {}, { change })
      expect([0, 1]).toContain(outcome.exit)
    }
    expect(titles(await attack('secrets', leaking, { change }))).toContain('plaintext-secret')
  })

  test.each([
    '/etc/passwd',
    '../../../../etc/passwd',
    '.git/config',
    '.',
    'c',
    '/dev/zero',
    '/proc/self/mem',
  ])('a link to %s is not followed out of the repository', async target => {
    const change = (repository: TestRepository) => {
      const at = join(repository.folder, 'apps/c')
      symlinkSync(target, at)
      symlinkSync(target, join(repository.folder, 'apps/d.yaml'))
    }
    for (const name of ['manifests', 'secrets'] as const) {
      const outcome = await attack(name, { 'apps/b.yaml': CONFIG_MAP }, { change })
      expect(outcome.stdout + outcome.summary).not.toMatch(/root:|repositoryformatversion/)
    }
    const outcome = await attack('secrets', leaking, { change })
    expect(titles(outcome)).toContain('plaintext-secret')
  })

  test('a link in place of the configuration or the sources is told or passed by', async () => {
    const change = (repository: TestRepository) =>
      symlinkSync('/etc/hostname', join(repository.folder, '.sops.yaml'))
    expect(titles(await attack('secrets', leaking, { change }))).toContain('plaintext-secret')
  })
})

describe('names', () => {
  test.each([
    'apps/a\nb.yaml',
    'apps/\n::error::b.yaml',
    'apps/##[error]x.yaml',
    'apps/--upload-pack=x.yaml',
    ':(exclude)apps.yaml',
    'apps/"q\'`$(touch x)`.yaml',
    'apps/<img src=x>@everyone.yaml',
    'apps/\u202elmay.yaml',
    'apps/%0A::error::.yaml',
    `apps/${'x'.repeat(240)}.yaml`,
  ])('%j hides nothing and orders nothing', async path => {
    const outcome = await attack('secrets', { [path]: SECRET })
    expect(titles(outcome)).toContain('plaintext-secret')
    expect(outcome.summary).not.toMatch(/\u202e|^[^`\n]*(?:@everyone|<img)/m)
    const manifests = await attack('manifests', { [path]: MISSPELT })
    if (path.startsWith('apps/')) expect(titles(manifests)).toEqual(['unknown-field'])
  })
})

describe('sizes', () => {
  test('a deep, a wide and a large file end', async () => {
    const deep = `a: ${'['.repeat(200_000)}`
    const bombs = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(9)}]`).join('\n')}\n`
    const wide = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: w}\ndata:\n${Array.from({ length: 200_000 }, (_, i) => `  k${i}: v`).join('\n')}\n`
    for (const [at, text] of [deep, bombs, wide].entries()) {
      const files = { 'apps/b.yaml': MISSPELT, [`apps/c${at}.yaml`]: text }
      expect((await attack('manifests', files)).exit).toBeGreaterThan(0)
      const leak = { 'apps/b.yaml': SECRET, [`apps/c${at}.yaml`]: text }
      expect((await attack('secrets', leak)).exit).toBeGreaterThan(0)
    }
  })
})
