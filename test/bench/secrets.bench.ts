import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { judgeLeaks } from '../../src/gate/leaks.ts'
import { defaultConfig } from '../../src/tree/config.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { referee } from '../referees.ts'
import { applications } from '../secrets/corpus/applications.ts'
import { clean } from '../secrets/corpus/clean.ts'
import { envelopes } from '../secrets/corpus/envelopes.ts'
import { keys } from '../secrets/corpus/keys.ts'
import { kubernetes } from '../secrets/corpus/kubernetes.ts'
import { kustomize } from '../secrets/corpus/kustomize.ts'
import { type Family, type Files, world } from '../secrets/corpus/world.ts'
import { manifest } from './manifests.ts'
import { row, type Row, timeCommand } from './measure.ts'

const FILES = 3000
const COMMITS = 1000
const BLOBS = 20

/** What is caught by family, a tree of 25 MB without leaks, and the history of a pull request: against gitleaks. */
export function run(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bench-'))
  try {
    return [...caught(folder), tree(join(folder, 'tree')), history(join(folder, 'history'))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function caught(folder: string): Row[] {
  const groups = {
    kubernetes,
    envelopes,
    kustomize,
    applications,
    keys,
    'healthy files (alarms)': clean,
  }
  return Object.entries(groups).map(([name, families]) => {
    const cases = families.map(family => family.make(world(1)))
    const ours = cases.filter(isReported).length
    const theirs = cases.filter((files, i) =>
      gitleaksReports(join(folder, name, `${i}`), files),
    ).length
    return count(name, families, ours, theirs)
  })
}

function count(name: string, families: readonly Family[], ours: number, theirs: number): Row {
  const of = families.length
  return {
    name: `leaks: ${name}`,
    ours: `${ours} of ${of}`,
    peer: `gitleaks ${theirs} of ${of}`,
    ratio: ours / Math.max(1, theirs),
    goal: 0,
  }
}

function isReported(files: Files): boolean {
  const request = { tree: memoryTree(files), config: defaultConfig, today: '2026-06-01' }
  return judgeLeaks(request, () => 0).diagnostics.some(one => one.level === 'error')
}

function gitleaksReports(folder: string, files: Files): boolean {
  write(folder, files)
  const ran = spawnSync(referee('gitleaks'), ['dir', folder, '--no-banner', '--exit-code', '9'])
  return ran.status === 9
}

function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

function tree(folder: string): Row {
  const files = Array.from({ length: FILES }, (_, i) => [
    `apps/${i % 40}/app-${i}.yaml`,
    `${manifest(2 * i)}---\n${manifest(2 * i + 1)}`,
  ])
  write(folder, Object.fromEntries(files))
  const ours = timeCommand(`${process.execPath} ${resolve('dist/cli.js')} secrets ${folder} -q`, 7)
  const peer = timeCommand(`${referee('gitleaks')} dir ${folder} --no-banner --exit-code 0`, 3)
  return row(`${FILES} files of ${megabytes(folder)} MB without leaks`, ours, peer, 'gitleaks', 8)
}

function megabytes(folder: string): string {
  return (
    execFileSync('du', ['-sm', '--apparent-size', folder], { encoding: 'utf8' }).split('\t')[0] ??
    ''
  )
}

function history(folder: string): Row {
  mkdirSync(folder, { recursive: true })
  const git = (args: readonly string[], input = '') =>
    execFileSync('git', args, { cwd: folder, input, stdio: ['pipe', 'pipe', 'pipe'] })
  git(['init', '--quiet', '--initial-branch=main'])
  git(['fast-import', '--quiet'], commits())
  git(['checkout', '--quiet', '--force', 'topic'])
  const ours = timeCommand(
    `cd ${folder} && ${process.execPath} ${resolve('dist/cli.js')} secrets --base main -q`,
    5,
  )
  const peer = timeCommand(
    `${referee('gitleaks')} git ${folder} --log-opts main..topic --no-banner --exit-code 0`,
    3,
  )
  return row(`history: ${COMMITS} commits of ${BLOBS} blobs`, ours, peer, 'gitleaks', 1)
}

function commits(): string {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`
  const who = (i: number) => `committer Ada <ada@example.org> ${1_767_225_600 + i} +0000\n`
  const file = (path: string, text: string) => `M 100644 inline ${path}\n${data(text)}`
  let out = `commit refs/heads/main\nmark :1\n${who(0)}${data('feat: start')}${file('README.md', 'x')}`
  for (let i = 0; i < COMMITS; i++) {
    out += `commit refs/heads/topic\nmark :${i + 2}\n${who(i)}${data(`fix: change ${i}`)}from :${i + 1}\n`
    for (let j = 0; j < BLOBS; j++) out += file(`apps/app-${j}.yaml`, manifest(i * BLOBS + j))
  }
  return out
}

/** The bench needs what `npm run build` makes. */
readFileSync('dist/cli.js')
