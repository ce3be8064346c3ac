import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cases, optionsOf, rootOf } from '../kustomize/cases.ts'
import { referee } from '../referees.ts'

/** Asks the real kustomize for every case folder and writes down what it answers. */
export function recordKustomize(only: readonly string[]): void {
  const binary = referee('kustomize')
  console.log(execFileSync(binary, ['version'], { encoding: 'utf8' }).trim())
  let built = 0
  let refused = 0
  for (const one of cases()) {
    if (only.length > 0 && !only.some(prefix => one.name.startsWith(prefix))) continue
    const root = rootOf(one)
    const run = spawnSync(binary, ['build', root, ...optionsOf(one)], { encoding: 'utf8' })
    const ok = run.status === 0
    const [written, other] = ok ? ['expected.yaml', 'error'] : ['error', 'expected.yaml']
    write(join(one.directory, written), ok ? run.stdout : tidy(run.stderr, one.directory))
    rmSync(join(one.directory, other), { force: true })
    if (ok) built++
    else refused++
  }
  console.log(`${built} built, ${refused} refused`)
}

function write(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
}

/** The sentence without warnings, machine paths, addresses and dumped objects: enough to recognise the reason. */
function tidy(stderr: string, directory: string): string {
  const lines = stderr.split('\n').filter(line => !line.startsWith('#'))
  const error = lines.find(line => line.startsWith('Error')) ?? lines[0] ?? ''
  const stable = error.replaceAll(directory, '').replace(/0x[0-9a-f]{8,}/g, '0x…')
  return `${stable.slice(0, 600)}\n`
}
