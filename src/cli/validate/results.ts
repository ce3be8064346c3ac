import type { ManifestVerdict } from '../../gate/validate/judge.ts'
import type { Result } from '../../report/kubeconform/result.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'

const INVALID = 'problem validating schema. Check JSON formatting: '

/** A verdict as kubeconform would report it. */
export function resultOf(verdict: ManifestVerdict): Result {
  const { kind, name, namespace, apiVersion: version } = verdict.identity
  const filename = verdict.document.path === '-' ? 'stdin' : verdict.document.path
  const errors = verdict.diagnostics.filter(one => one.level === 'error')
  const { status } = verdict
  const base = { filename, kind, name, namespace, version, status, msg: '', errors: [] }
  if (status === 'error') return { ...base, msg: errorText(errors) }
  if (status !== 'invalid') return base
  const details = errors.map(one => ({ path: pointer(one.field ?? ''), msg: one.message }))
  return { ...base, msg: INVALID + errors.map(one => one.message).join('; '), errors: details }
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
