import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { referee } from './referees.ts'

const folders = ['apps', 'clusters'].flatMap(top =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter(path => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path))
    .map(path => `${top}/${path.slice(0, path.lastIndexOf('/'))}`),
)

describe('this repository', () => {
  it.each(folders)('%s renders as kustomize renders it', folder => {
    const theirs = execFileSync(referee('kustomize'), ['build', folder], { encoding: 'utf8' })
    const ours = execFileSync('node', ['src/cli.ts', 'build', folder], { encoding: 'utf8' })
    expect(theirs.length).toBeGreaterThan(100)
    expect(ours).toBe(theirs)
  })
})
