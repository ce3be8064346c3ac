import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { TestRepository } from '../repository.ts'
import { row, type Row, summarize, type Timing } from './measure.ts'

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
    const peer = cpu(naive, job.folder)
    const name = `@actions/core as it comes (${kilobytes(naive)})`
    return ['commits', 'manifests', 'secrets'].map(action => {
      const bundle = resolve(`dist/actions/${action}.js`)
      return row(`start of ${action} (${loaded(bundle)})`, cpu(bundle, job.folder), peer, name, 1)
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function kilobytes(path: string): string {
  return `${Math.round(statSync(path).size / 1024)} KB`
}

/** What all bundles weigh together, shared chunks counted once. */
function loaded(bundle: string): string {
  const dist = join(bundle, '../..')
  const names = readdirSync(dist).filter(name => name.endsWith('.js'))
  const bytes = names.reduce(
    (sum, name) => sum + statSync(join(dist, name)).size,
    statSync(bundle).size,
  )
  return `all chunks ${Math.round(bytes / 1024)} KB`
}

/** CPU time of the child, user and system: wall time says more about the neighbours. */
function cpu(script: string, cwd: string): Timing {
  const times: number[] = []
  for (let i = 0; i < 9; i++) {
    const command = `TIMEFORMAT='%U %S'; time ${process.execPath} ${script} > /dev/null 2>&1`
    const env = {
      PATH: process.env['PATH'] ?? '',
      INPUT_PATH: '.',
      GITHUB_WORKSPACE: cwd,
      RUNNER_TEMP: join(cwd, '..'),
    }
    const { stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8', cwd, env })
    const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? []
    if (user === undefined) throw new Error(`no times: ${stderr}`)
    times.push((Number(user) + Number(system)) * 1000)
  }
  return summarize(times)
}
