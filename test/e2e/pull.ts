import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isObj, items, text } from './json.ts'
import type { World } from './world.ts'

/** What the gate says of a pull request. */
export interface Judged {
  readonly exit: number
  /** `LEVEL CODE PATH:LINE message`, errors and warnings. */
  readonly diagnostics: readonly string[]
}

/** Runs the gate as a workflow does: the pull request's branch against main. */
export async function pull({ git, folder }: World, branch: string): Promise<Judged> {
  const clone = join(folder, 'clone')
  if (!existsSync(clone)) execFileSync('git', ['clone', '--quiet', git.path('fluxgate'), clone])
  execFileSync('git', ['-C', clone, 'fetch', '--quiet', 'origin'])
  const cli = join(import.meta.dirname, '../../src/cli.ts')
  const args = ['check', clone, '--base', 'origin/main', '--head', `origin/${branch}`]
  const { status, stdout, stderr } = await run([cli, ...args, '--format', 'json'], clone)
  if (!stdout.startsWith('{')) throw new Error(`exit ${status}: ${stderr}`)
  const report: unknown = JSON.parse(stdout)
  const lines = items(report, 'diagnostics').flatMap(one => {
    if (!isObj(one) || one['level'] === 'note') return []
    const place = `${text(one, 'path') || text(one, 'commit')}:${one['line']}`
    return [`${text(one, 'level')} ${text(one, 'code')} ${place} ${text(one, 'message')}`]
  })
  return { exit: status, diagnostics: lines }
}

/** Runs Node and waits for its end; what runs beside goes on. */
function run(args: readonly string[], cwd: string) {
  return new Promise<{ status: number; stdout: string; stderr: string }>(done => {
    const options = { cwd, maxBuffer: 1 << 26 }
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) =>
      done({ status: child.exitCode ?? 2, stdout, stderr }),
    )
  })
}
