import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { nodeAt, scalarAt } from './fields.ts'
import { isSource, sourceRefOf } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Origin, Skipped } from './model.ts'
import { nearest } from './nearest.ts'

export interface Unknown {
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skipped[]
}

/** What is to say of a Kustomization whose source is not this repository; `isSaid`: the configuration says what it is. */
export function outside(
  object: KubeObject,
  origin: Origin,
  lookup: Lookup,
  isSaid: boolean,
): Unknown {
  if (origin.kind === 'here') return { findings: [], skipped: [] }
  const { kind, namespace, name } = sourceRefOf(object)
  const what = `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`
  const at =
    scalarAt(object.root, 'spec', 'sourceRef', 'name') ??
    nodeAt(object.root, 'spec', 'sourceRef') ??
    object.root
  const about = { at, object: formatId(object.id), field: 'spec.sourceRef' }
  if (origin.kind === 'external') {
    const help = `if it is made from a folder of this repository, say so: sources: [{ kind: ${kind}, name: ${name}, root: FOLDER }]; if not: external: true`
    const message = `what ${what} holds is not judged: ${origin.why}`
    return {
      findings: isSaid ? [] : [{ code: 'external-source', message, help, ...about }],
      skipped: [{ what, why: `${origin.why}; ${help}` }],
    }
  }
  const close = nearest(name, sourceNames(lookup))
  const message = `source '${what.replace(' ', '/')}' not found`
  const help =
    close === undefined
      ? `if something outside of the repository makes it, say so: sources: [{ kind: ${kind}, name: ${name}, external: true }]`
      : `did you mean ${close}?`
  return { findings: [{ code: 'dangling-source', message, help, ...about }], skipped: [] }
}

function sourceNames(lookup: Lookup): string[] {
  return [...lookup.all()].filter(one => isSource(one.object)).map(one => one.object.id.name)
}
