import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { TestRepository } from '../repository.ts'
import { cpuOf, row, type Row, type Timing } from './measure.ts'

/** Start of each bundle in a repository of one empty commit, in CPU time, beside `@actions/core` bundled as it comes. */
export async function run(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bench-'))
  try {
    const naive = join(folder, 'naive.mjs')
    const entry = join(folder, 'entry.ts')
    writeFileSync(entry, "import { setOutput } from '@actions/core'\nsetOutput('ok', true)\n")
    const options = { bundle: true, minify: true, format: 'esm', platform: 'node' } as const
    const banner =
      "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"
    await build({
      ...options,
      entryPoints: [entry],
      outfile: naive,
      banner: { js: banner },
      nodePaths: [resolve('node_modules')],
    })
    const job = new TestRepository(join(folder, 'job'))
    mkdirSync(job.folder)
    job.git(['init', '--quiet'])
    job.commit('feat: start')
    const peer = start(naive, job.folder)
    const name = `@actions/core as it comes (${kilobytes(naive)})`
    return ['commits', 'manifests', 'secrets'].map(action => {
      const bundle = resolve(`dist/actions/${action}.js`)
      return row(`start of ${action} (${loaded()})`, start(bundle, job.folder), peer, name, 1)
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function kilobytes(path: string): string {
  return `${Math.round(statSync(path).size / 1024)} KB`
}

/** What all bundles weigh together, what they share counted once. */
function loaded(): string {
  const dist = 'dist/actions'
  const names = readdirSync(dist).filter(name => name.endsWith('.js'))
  const bytes = names.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0)
  return `all bundles ${Math.round(bytes / 1024)} KB`
}

function start(script: string, cwd: string): Timing {
  const env = {
    PATH: process.env['PATH'] ?? '',
    INPUT_PATH: '.',
    GITHUB_WORKSPACE: cwd,
    RUNNER_TEMP: join(cwd, '..'),
  }
  return cpuOf(`${process.execPath} ${script}`, 15, { cwd, env })
}
