import type { ManifestVerdict } from '../../gate/validate/judge.ts'
import { scalarText } from '../../kube/object.ts'
import type { Result } from '../../report/kubeconform/result.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { MapNode } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value.ts'

const INVALID = 'problem validating schema. Check JSON formatting: '

/** A verdict as kubeconform would report it. */
export function resultOf(verdict: ManifestVerdict): Result {
  const root = verdict.manifest?.root
  const filename = verdict.document.path === '-' ? 'stdin' : verdict.document.path
  const errors = verdict.diagnostics.filter(one => one.level === 'error')
  const base = { filename, ...identity(root), status: verdict.status, msg: '', errors: [] }
  if (verdict.status === 'error') return { ...base, msg: errorText(errors) }
  if (verdict.status !== 'invalid') return base
  const details = errors.map(one => ({ path: pointer(one.field ?? ''), msg: one.message }))
  return { ...base, msg: INVALID + errors.map(one => one.message).join('; '), errors: details }
}

function identity(
  root: MapNode | undefined,
): Pick<Result, 'kind' | 'name' | 'namespace' | 'version'> {
  if (root === undefined) return { kind: '', name: '', namespace: '', version: '' }
  const metadata = root.get('metadata')
  const meta = metadata?.kind === 'map' ? metadata : undefined
  const generate = scalarText(meta, 'generateName')
  return {
    kind: scalarText(root, 'kind'),
    name: plainText(meta, 'name') || (generate === '' ? '' : `${generate}{{ generateName }}`),
    namespace: plainText(meta, 'namespace'),
    version: scalarText(root, 'apiVersion'),
  }
}

/** `namespace: n` is a boolean to the server's reader. */
function plainText(node: MapNode | undefined, key: string): string {
  const value = node?.get(key)
  if (value?.kind !== 'scalar') return ''
  const plain = valueOf(value)
  return typeof plain === 'string' ? plain : plain === null ? '' : JSON.stringify(plain)
}

function errorText(errors: readonly Diagnostic[]): string {
  const [first] = errors
  if (first === undefined) return ''
  if (first.code === 'unparsable-yaml') return `error unmarshalling resource: ${first.message}`
  if (first.code === 'missing-field') return `error while parsing: ${first.message}`
  return first.message
}

/** `spec.containers[0].name` → `/spec/containers/0/name`. */
function pointer(field: string): string {
  const parts = [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(
    match => match[1] ?? match[2] ?? '',
  )
  return parts.map(part => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
