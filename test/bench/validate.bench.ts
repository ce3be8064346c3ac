import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { referee } from '../referees.ts'
import { manifest } from './manifests.ts'
import { row, type Row, timeCommand } from './measure.ts'
import { exportSchemas } from './schemas.ts'

/** `validate` of one stream of manifests, cold, against kubeconform with the same schemas on disk. */
export function run(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bench-'))
  try {
    const schemas = join(folder, 'schemas')
    exportSchemas(schemas)
    return [compare(folder, schemas, 5000, 3), compare(folder, schemas, 300, 1.5)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function compare(folder: string, schemas: string, count: number, goal: number): Row {
  const path = join(folder, `${count}.yaml`)
  writeFileSync(path, Array.from({ length: count }, (_, i) => manifest(i)).join('---\n'))
  const ours = `${process.execPath} ${resolve('dist/cli.js')} validate ${path}`
  const template = `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`
  const theirs = `${referee('kubeconform')} -strict -schema-location '${template}' ${path}`
  const name = `validate of ${count} documents`
  return row(name, timeCommand(ours, 5), timeCommand(theirs, 3), 'kubeconform', goal)
}
