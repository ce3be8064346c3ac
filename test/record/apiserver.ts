/**
 * Copies recorded answers of API servers into `test/data/apiserver/`.
 *
 *     node test/record/apiserver.ts FOLDER
 *
 * FOLDER holds `apiserver-verdicts.jsonl.gz` (cases with the answers of the newest minor),
 * `apiserver-verdicts-<minor>.jsonl.gz` (what older minors answer otherwise) and
 * `apiserver-update-verdicts.jsonl.gz`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { packLines, unpackLines } from '../apiserver/delta.ts'

const target = join(import.meta.dirname, '../data/apiserver')
const [folder = '.'] = process.argv.slice(2)
mkdirSync(target, { recursive: true })
for (const name of readdirSync(folder).filter(one => /^apiserver-.*\.jsonl\.gz$/.test(one))) {
  const lines = gunzipSync(readFileSync(join(folder, name)))
    .toString('utf8')
    .trim()
    .split('\n')
  const packed = packLines(lines)
  if (unpackLines(packed).some((line, i) => line !== lines[i]))
    throw new Error(`${name}: not lossless`)
  writeFileSync(
    join(target, name.replace('apiserver-', '')),
    gzipSync(`${packed.join('\n')}\n`, { level: 9 }),
  )
  console.log(`test/data/apiserver/${name.replace('apiserver-', '')}`)
}
