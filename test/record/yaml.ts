import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Copies recorded answers of the two Go readers into the repository, one case a line:
 * `node test/record/yaml.ts FILE` with `[{name, input, v2, v3}]`. Words of errors beyond go-yaml's are cut.
 */
const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('usage: node test/record/yaml.ts FILE')
const cases: unknown = JSON.parse(readFileSync(file, 'utf8'))
if (!Array.isArray(cases)) throw new Error('not a list of cases')
const lines = cases.map(one => JSON.stringify(one))
writeFileSync('test/data/yaml-cases.json', `[\n${lines.join(',\n')}\n]\n`)
console.log(`${lines.length} cases`)
