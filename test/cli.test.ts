import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { Copy, fluxgate } from './cli/run.ts'

interface Reported {
  readonly code: string
  readonly level: string
  readonly path: string
  readonly line: number
  readonly message: string
  readonly related?: readonly { readonly path: string; readonly line: number }[]
  readonly seenIn?: readonly string[]
}

interface Report {
  readonly ok: boolean
  readonly counts: { readonly error: number }
  readonly diagnostics: readonly Reported[]
}

function check(copy: Copy, ...args: readonly string[]): { code: number | null; report: Report } {
  const ran = fluxgate(['check', '--format', 'json', ...args], copy.folder)
  return { code: ran.code, report: JSON.parse(ran.out) }
}

/** The one error of a defect; anything else reported as an error fails the test. */
function onlyError(copy: Copy): Reported {
  const { code, report } = check(copy)
  const errors = report.diagnostics.filter(one => one.level === 'error')
  expect(errors.map(one => `${one.path}:${one.line} ${one.code}`)).toHaveLength(1)
  expect(code).toBe(1)
  expect(report.ok).toBe(false)
  const [error] = errors
  if (error === undefined) throw new Error('nothing was reported')
  return error
}

const DEPLOYMENT = 'apps/base/audiobookshelf/deployment.yaml'

describe('check on a copy of this repository', () => {
  it('finds nothing to refuse', () => {
    using copy = new Copy()
    const { code, report } = check(copy)
    expect(report.diagnostics.filter(one => one.level !== 'note')).toEqual([])
    expect(code).toBe(0)
  })

  it('reports a misspelt field of a base once, with both overlays', () => {
    using copy = new Copy()
    const line = copy.edit(DEPLOYMENT, 'replicas: 1', 'replica: 1')
    const found = onlyError(copy)
    expect(found).toMatchObject({ code: 'unknown-field', path: DEPLOYMENT, line })
    expect(found.seenIn).toEqual(['apps/production', 'apps/staging'])
  })

  it('reports a wrong type', () => {
    using copy = new Copy()
    const line = copy.edit(DEPLOYMENT, 'replicas: 1', 'replicas: one')
    expect(onlyError(copy)).toMatchObject({ code: 'wrong-type', path: DEPLOYMENT, line })
  })

  it('reports a missing required field at its parent', () => {
    using copy = new Copy()
    const path = 'apps/base/ingress-nginx/repository.yaml'
    copy.edit(
      path,
      '  interval: 1h0m0s\n  url: https://kubernetes.github.io/ingress-nginx\n',
      '  provider: generic\n',
    )
    const found = onlyError(copy)
    expect(found).toMatchObject({ code: 'missing-field', path, line: 5 })
    expect(found.message).toContain('url')
  })

  it('reports a bad enum member', () => {
    using copy = new Copy()
    const path = 'apps/base/ingress-nginx/release.yaml'
    const line = copy.edit(path, 'mode: enabled', 'mode: always')
    expect(onlyError(copy)).toMatchObject({ code: 'invalid-value', path, line })
  })

  it('reports a wrong value of a patch on its line, with the base beside it', () => {
    using copy = new Copy()
    const path = 'apps/production/audiobookshelf-resources.yaml'
    const line = copy.edit(path, 'memory: 2Gi', 'memory: lots')
    const found = onlyError(copy)
    expect(found).toMatchObject({ path, line, code: 'invalid-value' })
    expect(found.related?.map(one => one.path)).toContain(DEPLOYMENT)
  })

  it('reports an image tag that is a number', () => {
    using copy = new Copy()
    const path = 'apps/base/audiobookshelf/kustomization.yaml'
    const line = copy.edit(path, 'newTag: 2.30.0', 'newTag: 2.30')
    expect(onlyError(copy)).toMatchObject({ path, line })
  })

  it('reports a path that does not exist', () => {
    using copy = new Copy()
    const path = 'clusters/aks-cluster/apps.yaml'
    const line = copy.edit(path, './apps/production', './apps/produktion')
    expect(onlyError(copy)).toMatchObject({ code: 'missing-path', path, line })
  })

  it('reports a source that exists nowhere', () => {
    using copy = new Copy()
    const path = 'apps/base/ingress-nginx/release.yaml'
    const line = copy.edit(path, 'name: ingress-nginx\n  install', 'name: nginx\n  install')
    expect(onlyError(copy)).toMatchObject({ code: 'dangling-source', path, line })
  })

  it('reports a plain leaf of an encrypted Secret', () => {
    using copy = new Copy()
    const path = 'clusters/aks-cluster/github-token.sops.yaml'
    const text = copy.read(path)
    copy.write(path, text.replace('stringData:\n', 'stringData:\n    user: flux-robot\n'))
    const found = onlyError(copy)
    expect(found).toMatchObject({ code: 'unencrypted-leaf', path, line: 8 })
    expect(JSON.stringify(found)).not.toContain('flux-robot')
  })

  it('reports a literal of a secretGenerator', () => {
    using copy = new Copy()
    const path = 'apps/staging/kustomization.yaml'
    const text = copy.read(path)
    copy.write(
      path,
      `${text}secretGenerator:\n  - name: extra\n    literals:\n      - word=hunter-two\n`,
    )
    const found = onlyError(copy)
    expect(found).toMatchObject({
      code: 'plaintext-secret',
      path,
      line: text.split('\n').length + 3,
    })
    expect(JSON.stringify(found)).not.toContain('hunter-two')
  })

  it('reports an age key in a Markdown file', async () => {
    using copy = new Copy()
    const identity = await generateIdentity()
    copy.write('apps/NOTES.md', `# Notes\n\nkey: ${identity}\n`)
    const found = onlyError(copy)
    expect(found).toMatchObject({ code: 'age-identity', path: 'apps/NOTES.md', line: 3 })
    const text = fluxgate(['check'], copy.folder)
    expect(text.out + text.err + JSON.stringify(found)).not.toContain(identity.slice(16, 40))
  })

  it('reports a YAML error', () => {
    using copy = new Copy()
    const path = 'apps/base/audiobookshelf/service.yaml'
    const line = copy.edit(path, 'name: http', 'name: http: x')
    expect(onlyError(copy)).toMatchObject({ code: 'unparsable-yaml', path, line })
  })
})

describe('check, called for what it cannot judge', () => {
  it('says that an empty folder has no Flux', () => {
    using copy = new Copy()
    mkdirSync(join(copy.folder, 'empty'))
    execFileSync('rm', ['-r', join(copy.folder, 'clusters')])
    const ran = fluxgate(['check', 'empty'], copy.folder)
    expect(ran.code).toBe(2)
    expect(ran.out + ran.err).toMatch(/no Flux entry point/)
    expect(fluxgate(['check'], copy.folder).code).toBe(2)
  })

  it('sends a file to validate', () => {
    using copy = new Copy()
    const ran = fluxgate(['check', DEPLOYMENT], copy.folder)
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(`fluxgate validate ${DEPLOYMENT}`)
  })

  it('refuses a path that is not there', () => {
    using copy = new Copy()
    expect(fluxgate(['check', 'nowhere'], copy.folder)).toMatchObject({ code: 2, out: '' })
  })

  it('refuses a binary file inside a Flux path and notes it outside', () => {
    using inside = new Copy()
    writeFileSync(join(inside.folder, 'clusters/aks-cluster/x.yaml'), Buffer.from([0, 255, 254, 1]))
    expect(onlyError(inside)).toMatchObject({
      code: 'unparsable-yaml',
      path: 'clusters/aks-cluster/x.yaml',
    })
    using outside = new Copy()
    writeFileSync(join(outside.folder, 'x.yaml'), 'a: b: c\n')
    const { code, report } = check(outside)
    expect(code).toBe(0)
    expect(report.diagnostics).toContainEqual(
      expect.objectContaining({ level: 'note', path: 'x.yaml' }),
    )
  })

  it('notes a loop of links, and refuses it where something refers to it', () => {
    using copy = new Copy()
    symlinkSync('b.yaml', join(copy.folder, 'clusters/aks-cluster/a.yaml'))
    symlinkSync('a.yaml', join(copy.folder, 'clusters/aks-cluster/b.yaml'))
    const { code, report } = check(copy)
    expect(code).toBe(0)
    const notes = report.diagnostics.filter(one => one.code === 'dropped-link')
    expect(notes.map(one => one.path)).toEqual([
      'clusters/aks-cluster/a.yaml',
      'clusters/aks-cluster/b.yaml',
    ])
    symlinkSync('loop.yaml', join(copy.folder, 'apps/staging/loop.yaml'))
    copy.edit(
      'apps/staging/kustomization.yaml',
      '  - namespace.yaml',
      '  - namespace.yaml\n  - loop.yaml',
    )
    expect(check(copy).code).toBe(1)
  })

  it('cannot judge a file of manifests that is over the budget, and says so', () => {
    using copy = new Copy()
    const line = '  key: a value of some length that is repeated until the file is too large\n'
    const text = `kind: ConfigMap\ndata:\n${line.repeat(260_000)}`
    copy.write('clusters/aks-cluster/big.yaml', text)
    const ran = fluxgate(['check'], copy.folder)
    expect(ran.code).toBe(2)
    expect(ran.out).toContain('clusters/aks-cluster/big.yaml has 19 MiB: over the budget')
  })
})

describe('check on a repository that is laid out differently', () => {
  it('finds the entry points by itself, one for each cluster', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fluxgate-fleet-'))
    cpSync('test/fixtures/fleet', folder, { recursive: true })
    const ran = fluxgate(['check', '--format', 'json'], folder)
    const report: Report & { checked: { kustomizations: number } } = JSON.parse(ran.out)
    expect(report.diagnostics).toEqual([])
    expect([ran.code, report.checked.kustomizations]).toEqual([0, 6])
    rmSync(folder, { recursive: true })
  })
})

describe('build of what cannot be built', () => {
  it('names the folders as kustomize does, and files from where it was called', () => {
    using copy = new Copy()
    const path = 'apps/staging/kustomization.yaml'
    const line = copy.edit(path, 'namespace.yaml', 'nowhere.yaml')
    const { code, out, err } = fluxgate(
      ['build', 'apps/staging', '--format', 'ndjson'],
      copy.folder,
    )
    const { error, diagnostics } = JSON.parse(out)
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(error).toContain(
      `lstat ${copy.folder}/apps/staging/nowhere.yaml: no such file or directory`,
    )
    expect(diagnostics).toMatchObject([{ code: 'build-failed', path, line }])
    const text = fluxgate(['build', 'apps/staging'], copy.folder).err.split('\n')
    expect(text).toEqual([
      `Error: ${error}`,
      expect.stringMatching(`^  --> ${copy.folder}/${path}:${line}:`),
      '',
    ])
  })
})

describe('what a run looked at', () => {
  it('counts only what there was', () => {
    using copy = new Copy()
    copy.write('a.yaml', 'a: b\n')
    const last = (...args: string[]) =>
      fluxgate(args, copy.folder, 'feat: x').out.trim().split('\n')
    expect(last('commits', '--message-file', '-')).toEqual([
      'ok: 0 errors, 0 warnings, 0 notes in 1 commit',
    ])
    const { documents } = JSON.parse(
      fluxgate(['validate', '--format', 'json', 'a.yaml'], copy.folder).out,
    )
    expect(documents).toMatchObject([{ path: 'a.yaml', status: 'invalid' }])
    expect(documents[0]).not.toHaveProperty('object')
  })
})
