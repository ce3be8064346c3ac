import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fleet } from './fleet.ts'
import { row, type Row, timeCommand } from './measure.ts'

const cli = `${process.execPath} ${resolve('dist/cli.js')}`

/** What a pull request may take on a large repository. */
const BUDGET = { median: 1000, min: 1000, runs: 1 }

/** `check` of a whole fleet, against a budget: nothing else judges one. */
export function run(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bench-'))
  try {
    for (const [path, text] of Object.entries(fleet())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const ours = timeCommand(`cd ${folder} && ${cli} check .`, 9)
    return [row('check of 200 Kustomizations, 300 HelmReleases', ours, BUDGET, 'budget', 1)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
