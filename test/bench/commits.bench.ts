import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Commit } from '../../src/commits/commit.ts'
import { judgeHistory } from '../../src/commits/landing.ts'
import { parseMessage } from '../../src/commits/message.ts'
import { defaultPolicy } from '../../src/commits/policy.ts'
import { Source } from '../../src/text/source.ts'
import { isProblem, openRepository } from '../../src/tree/git.ts'
import { revisions } from '../../src/tree/githistory.ts'
import { installCommitlint } from '../referees/install.ts'
import { TestRepository } from '../repository.ts'
import { cpuOf, row, type Row, summarize, type Timing } from './measure.ts'

const COMMITS = 250

/** 250 commits as a process and after start, against commitlint; and a message of a megabyte. */
export async function run(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bench-'))
  try {
    make(folder)
    const peer = installCommitlint()
    const theirs = `${process.execPath} ${peer}/node_modules/@commitlint/cli/cli.js --cwd ${peer}`
    writeFileSync(
      join(peer, 'commitlint.config.mjs'),
      "export default { extends: ['@commitlint/config-conventional'] }\n",
    )
    const range = `--from main --to topic --git-log-args "-C ${folder}"`
    const ours = `${process.execPath} ${resolve('dist/cli.js')} commits ${folder} --base main`
    const asProcess = `cd ${folder} && ${theirs.replace(`--cwd ${peer}`, `--config ${peer}/commitlint.config.mjs`)} ${range.replace(/ --git-log-args.*/, '')}`
    return [
      row(
        `${COMMITS} commits, as a process`,
        cpuOf(ours, 15),
        cpuOf(asProcess, 5),
        'commitlint',
        4,
      ),
      await lintAlone(peer, folder),
      await afterStart(folder),
      megabyte(),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function make(folder: string): void {
  const repository = new TestRepository(folder)
  repository.git(['init', '--quiet', '--initial-branch=main'])
  repository.commit('feat: start')
  const lines = ['feature done', '']
  for (let i = 0; i < COMMITS; i++) {
    const message = `fix(app${i % 9}): keep the cache of ${i}\n\nIt was lost with every restart, which took minutes.\n\nRefs: #${i}\n`
    const when = 1_767_225_600 + i
    lines.push(
      'commit refs/heads/topic',
      `mark :${i + 1}`,
      `committer Ada <ada@example.org> ${when} +0000`,
      `data ${Buffer.byteLength(message)}`,
      message,
      i === 0 ? 'from refs/heads/main' : `from :${i}`,
      `M 100644 inline apps/app${i % 9}/a.yaml`,
      `data ${String(i).length}`,
      String(i),
      '',
    )
  }
  repository.git(
    ['fast-import', '--quiet', '--done'],
    `${[...lines.slice(2), 'done'].join('\n')}\n`,
  )
  repository.git(['checkout', '--quiet', 'topic'])
}

function read(folder: string): readonly Commit[] {
  const git = openRepository(folder)
  const commits = isProblem(git) ? git : revisions(git, 'main', 'topic')
  if (isProblem(commits) || commits.length !== COMMITS) throw new Error('the range was not read')
  return commits
}

/** Reading from git and judging, in this process; the peer is the limit that we set ourselves. */
async function afterStart(folder: string): Promise<Row> {
  const ours = await time(9, () =>
    judgeHistory({ commits: read(folder), method: 'rebase', base: 'main' }, defaultPolicy),
  )
  const limit = { median: 100, min: 100, runs: 1 }
  return row(`${COMMITS} commits, read and judged after start`, ours, limit, 'limit', 1)
}

interface Commitlint {
  readonly lint: (message: string, rules: unknown) => Promise<unknown>
  readonly load: (config: unknown, options: unknown) => Promise<{ rules: unknown }>
}

/** The best run of each: what is this short is measured mostly through its neighbours. */
function best(timing: Timing): Timing {
  return { ...timing, median: timing.min }
}

/** The same messages through both linters, both loaded and warm. */
async function lintAlone(peer: string, folder: string): Promise<Row> {
  const at = (name: string): string =>
    pathToFileURL(join(peer, 'node_modules/@commitlint', name)).href
  const { default: lint }: { default: Commitlint['lint'] } = await import(
    `${at('lint')}/lib/lint.js`
  )
  const { default: load }: { default: Commitlint['load'] } = await import(
    `${at('load')}/lib/load.js`
  )
  const { rules } = await load({ extends: ['@commitlint/config-conventional'] }, { cwd: peer })
  const commits = read(folder)
  const ours = await time(200, () => judgeHistory({ commits, method: 'rebase' }, defaultPolicy))
  const theirs = await time(200, async () => {
    for (const { message } of commits) await lint(message.text, rules)
  })
  return row(
    `${COMMITS} messages, judged after start`,
    best(ours),
    best(theirs),
    '@commitlint/lint',
    20,
  )
}

/** Ours alone; the peer is the limit that we set ourselves. */
function megabyte(): Row {
  const line = 'The quick brown fox jumps over the lazy dog, and nobody knows why it does.\n'
  const units = [
    line,
    'a: b\n',
    'a: b\n\n',
    'BREAKING CHANGE: b\n\n',
    'Refs #1\n\n',
    '\n',
    '\r',
    '\u202ea',
  ]
  const runs = units.map(unit => {
    const text = `feat: x\n\n${unit.repeat(1e6 / unit.length)}\nRefs: #1\n`
    return summarize(Array.from({ length: 9 }, () => timeParse(text)))
  })
  const worst = runs.reduce((a, b) => (a.min > b.min ? a : b))
  const limit = { median: 50, min: 50, runs: 1 }
  const name = `a message of a megabyte, the worst of ${units.length} kinds`
  return row(name, best(worst), limit, 'limit', 1)
}

/** Milliseconds of processor time: wall time says more about the neighbours. */
function timeParse(text: string): number {
  const before = process.cpuUsage()
  parseMessage(new Source('', text))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function time(runs: number, work: () => unknown): Promise<Timing> {
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return summarize(times)
}
