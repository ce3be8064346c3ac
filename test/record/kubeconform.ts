/**
 * Records what kubeconform says of the recorded cases, as agreement by class and case by case:
 *
 *     node test/record/kubeconform.ts
 *
 * It gets our own schemas as strict JSON Schemas, so that only what it makes of them is compared.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isRecord, readList, readText } from '../../src/schema/bundle.ts'
import { readCases } from '../apiserver/cases.ts'
import { score } from '../apiserver/score.ts'
import { exportSchemas } from '../bench/schemas.ts'
import { referee } from '../referees.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-record-'))
const cases = readCases()
exportSchemas(join(folder, 'schemas'))
mkdirSync(join(folder, 'cases'))
for (const one of cases)
  writeFileSync(join(folder, 'cases', `${one.id}.yaml`), one.yaml ?? JSON.stringify(one.object))
const location = `${join(folder, 'schemas')}/{{.ResourceKind}}{{.KindSuffix}}.json`
const { stdout } = spawnSync(
  referee('kubeconform'),
  ['-strict', '-output', 'json', '-schema-location', location, join(folder, 'cases')],
  { encoding: 'utf8', maxBuffer: 2 ** 28 },
)
const report: unknown = JSON.parse(stdout)
const resources = isRecord(report) ? readList(report, 'resources').filter(isRecord) : []
const refused = new Set(resources.map(one => basename(readText(one, 'filename'), '.yaml')))
const rows = score(cases, one => ({ accept: !refused.has(one.id), paths: [] }))
const figures = Object.fromEntries(
  [...rows.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(row => [
      row.name,
      {
        agree: row.agree,
        falseAccepts: row.falseAccepts.length,
        falseRejects: row.falseRejects.length,
      },
    ]),
)
const target = join(import.meta.dirname, '../data/apiserver/kubeconform.json')
writeFileSync(target, `${JSON.stringify(figures, null, 2)}\n`)
// Case by case: the identities of what it refused.
writeFileSync(
  join(import.meta.dirname, '../data/apiserver/kubeconform-refused.txt.gz'),
  gzipSync([...refused].sort().join('\n'), { level: 9 }),
)
console.log(figures['all'])
rmSync(folder, { recursive: true, force: true })
