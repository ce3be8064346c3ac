import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { referee } from '../referees.ts'

test('actionlint finds nothing', () => {
  const { status, stdout } = spawnSync(referee('actionlint'), [], { encoding: 'utf8' })
  expect([stdout, status]).toEqual(['', 0])
})

test('zizmor finds nothing, as an auditor', () => {
  const args = [
    '--offline',
    '--persona=auditor',
    '--strict-collection',
    '--no-progress',
    '.github',
    'actions',
  ]
  const { status, stdout } = spawnSync(referee('zizmor'), args, { encoding: 'utf8' })
  expect(stdout).toContain('No findings to report')
  expect(status).toBe(0)
})
