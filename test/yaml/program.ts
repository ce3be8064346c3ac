import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { refereeFolder } from '../referees.ts'

/** Builds the batch program of the real readers (needs Go); gives its path. */
export function buildReader(): string {
  mkdirSync(refereeFolder(), { recursive: true })
  const path = join(refereeFolder(), 'yaml-readers')
  const cwd = new URL('../record/go', import.meta.url)
  const { status, stderr } = spawnSync('go', ['build', '-o', path, './yaml'], { cwd })
  if (status !== 0) throw new Error(`go build: ${stderr.toString()}`)
  return path
}
