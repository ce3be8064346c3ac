import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { idOf } from '../../src/kube/object.ts'
import { judge } from '../../src/kube/verdict.ts'
import { readBundle } from '../../src/schema/bundle.ts'
import { createSchemas, type Schemas } from '../../src/schema/schemas.ts'
import { Source } from '../../src/text/source.ts'
import type { MapNode } from '../../src/yaml/node.ts'
import { twice } from '../../src/schema/twice.ts'
import { parse } from '../../src/yaml/parse.ts'
import type { Case } from './cases.ts'
import type { Verdict } from './score.ts'

const folder = join(import.meta.dirname, '../../schemas')

/** The shipped schemas of one minor with Flux's. */
export function schemasOf(minor: string): Schemas {
  const names = [`kubernetes-${minor}`, 'flux-2.9']
  return createSchemas(
    names.map(name => readBundle(readFileSync(join(folder, `${name}.json`), 'utf8'))),
  )
}

const REFUSED: Verdict = { accept: false, paths: [] }

/** What we say of a manifest that server-side apply is asked to take. */
export function judgeText(text: string, schemas: Schemas): Verdict {
  const { documents, problem } = parse(new Source('case.yaml', text), 'v2')
  const root = documents[0]?.root
  if (problem !== undefined || root?.kind !== 'map') return REFUSED
  const double = twice(root).map(one => one.field ?? '')
  return double.length > 0 ? { accept: false, paths: double } : judgeRoot(root, schemas)
}

export function judgeRoot(root: MapNode, schemas: Schemas): Verdict {
  const id = idOf(root)
  if (!schemas.lookup(id.group, id.version, id.kind).ok) return REFUSED
  const errors = judge({ id, root }, schemas).filter(
    one => one.level === undefined || one.level === 'error',
  )
  return { accept: errors.length === 0, paths: errors.map(one => one.field ?? '') }
}

export function judgeCase(one: Case, schemas: Schemas): Verdict {
  return judgeText(one.yaml ?? JSON.stringify(one.object), schemas)
}
