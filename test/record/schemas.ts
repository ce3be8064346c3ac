/**
 * Makes the schema bundles under `schemas/` from recorded answers of API servers.
 *
 *     node test/record/schemas.ts FOLDER...
 *
 * Each folder holds the gzipped answers of one server: `version.json.gz`, `discovery_api*.json.gz` and
 * `openapi_v3_*.json.gz`. A bundle of Kubernetes kinds comes from each; the bundle of Flux kinds, which
 * do not depend on the server, from the newest, whose answers are kept for tests in
 * `test/data/cluster-openapi/`.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isRecord, printBundle, readText, versionText } from '../../src/schema/bundle.ts'
import { type Answers, bundleOf } from '../../src/schema/export.ts'

const FLUX = '2.9.4'
const isFlux = (group: string): boolean => group.endsWith('.fluxcd.io')

function read(folder: string, name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString('utf8'))
}

function answersOf(folder: string): Answers {
  const documents = readdirSync(folder)
    .filter(name => name.startsWith('openapi_v3_'))
    .sort()
    .map(name => read(folder, name))
  const discovery = ['discovery_api', 'discovery_apis'].map(name => read(folder, `${name}.json.gz`))
  return { discovery, documents }
}

function write(name: string, text: string): void {
  writeFileSync(join(import.meta.dirname, '../../schemas', name), text)
  console.log(`schemas/${name}: ${text.length} bytes`)
}

const folders = process.argv.slice(2)
const servers = folders
  .map(folder => {
    const info = read(folder, 'version.json.gz')
    return { folder, version: versionText(isRecord(info) ? readText(info, 'gitVersion') : '') }
  })
  .sort((a, b) => (a.version < b.version ? -1 : 1))
for (const { folder, version } of servers) {
  const minor = version.split('.').slice(0, 2).join('.')
  const bundle = bundleOf(answersOf(folder), 'kubernetes', version, group => !isFlux(group))
  write(`kubernetes-${minor}.json`, printBundle(bundle))
}
const newest = servers.at(-1)
if (newest !== undefined) {
  const copy = join(import.meta.dirname, '../data/cluster-openapi')
  mkdirSync(copy, { recursive: true })
  for (const name of readdirSync(newest.folder).filter(one => one.endsWith('.gz')))
    cpSync(join(newest.folder, name), join(copy, name))
  write('flux-2.9.json', printBundle(bundleOf(answersOf(newest.folder), 'flux', FLUX, isFlux)))
}
