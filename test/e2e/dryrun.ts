import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../../src/cli/run.ts'
import { testShell } from '../shell.ts'
import type { Api } from './api.ts'
import { isObj, items, type Obj, text } from './json.ts'
import { refOf } from './story.ts'

/** What breaks an object in a way that the server can see; undefined where it does not fit. */
const faults: Readonly<Record<string, (object: Obj) => Obj | undefined>> = {
  'as it is': object => object,
  'a field too many': object => inSpec(object, spec => ({ ...spec, replicaz: 1 })),
  'a bad label': object => {
    const metadata = isObj(object['metadata']) ? object['metadata'] : {}
    return { ...object, metadata: { ...metadata, labels: { team: 'a b' } } }
  },
  'a list for a map': object => inSpec(object, () => []),
  'without spec': object => {
    const { spec, ...rest } = object
    return spec === undefined ? undefined : rest
  },
}

function inSpec(object: Obj, change: (spec: Obj) => unknown): Obj | undefined {
  return isObj(object['spec']) ? { ...object, spec: change(object['spec']) } : undefined
}

/** Under a name that nothing has: what exists already is judged as an update. */
function renamed(object: Obj): Obj {
  const metadata = isObj(object['metadata']) ? object['metadata'] : {}
  return { ...object, metadata: { ...metadata, name: `dry-run-${text(metadata, 'name')}` } }
}

/** Manifests through server-side apply dry run, against `validate`: how many, and where both differ. */
export async function compareDryRuns(api: Api, objects: readonly Obj[], folder: string) {
  const samples = objects.map(renamed).flatMap(object =>
    Object.entries(faults).flatMap(([fault, make]) => {
      const made = make(object)
      return made ? [{ fault, made }] : []
    }),
  )
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'samples.yaml')
  writeFileSync(path, samples.map(({ made }) => JSON.stringify(made)).join('\n---\n'))
  const shell = testShell(folder)
  await runCommand(['validate', path, '--format', 'json'], shell)
  const report: unknown = JSON.parse(shell.written.out)
  const documents = items(report, 'documents')
  const differences: string[] = []
  let refused = 0
  for (const [i, { fault, made }] of samples.entries()) {
    const { code, body } = await api.apply(refOf(made), 'kustomize-controller', true)
    if (code >= 300) refused++
    const ours = text(documents[i], 'status') !== 'invalid'
    if (ours !== code < 300)
      differences.push(
        `${text(made, 'kind')} ${text(made, 'metadata', 'name')}, ${fault}: the server says ${code} ${text(body, 'message')}, we say ${text(documents[i], 'status')}`,
      )
  }
  return { count: samples.length, refused, differences }
}
