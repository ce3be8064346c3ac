/**
 * Copies recorded answers of API servers into `test/data/apiserver/`.
 *
 *     node test/record/apiserver.ts FOLDER
 *
 * FOLDER holds `apiserver-verdicts.jsonl.gz` (cases with the answers of the newest minor),
 * `apiserver-verdicts-<minor>.jsonl.gz` (what older minors answer otherwise) and
 * `apiserver-update-verdicts.jsonl.gz`.
 */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const target = join(import.meta.dirname, '../data/apiserver')
const [folder = '.'] = process.argv.slice(2)
mkdirSync(target, { recursive: true })
for (const name of readdirSync(folder).filter(one => /^apiserver-.*\.jsonl\.gz$/.test(one))) {
  copyFileSync(join(folder, name), join(target, name.replace('apiserver-', '')))
  console.log(`test/data/apiserver/${name.replace('apiserver-', '')}`)
}
