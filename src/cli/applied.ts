import { appliedObjects } from '../flux/applied.ts'
import { namespaceName } from '../flux/kinds.ts'
import { maskObject, type Tell } from '../flux/mask.ts'
import type { FluxKustomization, Model } from '../flux/model.ts'
import { hideUnknown } from '../flux/unknown.ts'
import { flatten } from '../report/json.ts'
import type { Finding } from '../text/diagnostic.ts'
import { printable } from '../text/frame.ts'
import { print } from '../yaml/print.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** What `build --flux` was asked for. */
export interface AppliedRequest {
  readonly model: Model
  /** `NAMESPACE/NAME`; `''` = all. */
  readonly name: string
  readonly format: string
  readonly tell: Tell
}

/** Prints what Flux Kustomizations would apply, each object as the API server would be sent it. */
export function printApplied({ model, name, format, tell }: AppliedRequest, shell: Shell): 0 | 1 {
  const wanted = name === '' ? model.kustomizations : [find(model, name)]
  let failed = false
  let printed = 0
  for (const one of wanted) {
    const refusal = refusalOf(one)
    failed ||= refusal !== undefined
    const { objects, unknown } = hideUnknown(refusal ? [] : appliedObjects(one), one, model.keys)
    const yaml = objects.map(object => print(maskObject(object, tell).root)).join('---\n')
    for (const name of unknown)
      shell.err(`note: ${printable(name)} is made from an encrypted file, and its hash with it\n`)
    if (format === 'ndjson') shell.out(`${JSON.stringify(lineOf(one, refusal, yaml))}\n`)
    else if (refusal) shell.err(`${describe(one, refusal).map(printable).join('\n')}\n`)
    else {
      const head = name === '' ? `# ${printable(titleOf(one))}\n` : ''
      shell.out(`${printed > 0 ? '---\n' : ''}${head}${yaml}`)
      printed++
    }
  }
  return failed ? 1 : 0
}

function find(model: Model, name: string): FluxKustomization {
  const found = model.kustomizations.filter(one => namespaceName(one.object.id) === name)
  const [first, second] = found
  if (second !== undefined)
    throw new UsageError(
      `several Kustomizations are called ${name}: choose one with --entry ${found.map(one => one.cluster).join(' or --entry ')}`,
    )
  if (first !== undefined) return first
  const all = [...new Set(model.kustomizations.map(one => namespaceName(one.object.id)))].sort()
  throw new UsageError(`no Flux Kustomization ${name}; there are ${all.join(', ') || 'none'}`)
}

interface Failure {
  readonly message: string
  readonly findings: readonly Finding[]
}

/** Why Flux applies nothing of a Kustomization. */
function refusalOf(one: FluxKustomization): Failure | undefined {
  const findings = [...one.refusals, ...(one.build?.findings ?? [])]
  if (one.origin.kind === 'external') return { message: one.origin.why, findings: [] }
  if (one.build?.error !== undefined) return { message: one.build.error, findings }
  const [first] = one.refusals
  return first && { message: first.message, findings }
}

function titleOf({ object, cluster, directory }: FluxKustomization): string {
  return `Kustomization ${namespaceName(object.id)} (entry ${cluster}, path ${directory})`
}

function describe({ object }: FluxKustomization, { message, findings }: Failure): string[] {
  const places = findings.map(({ at, message: why }) => {
    const { line, column } = at.source.position(at.start)
    return `  ${at.source.path}:${line}:${column}: ${why}`
  })
  return [`Error: Kustomization ${namespaceName(object.id)}: ${message}`, ...places]
}

function lineOf(one: FluxKustomization, refusal: Failure | undefined, yaml: string): unknown {
  const about = {
    kustomization: namespaceName(one.object.id),
    entry: one.cluster,
    path: one.directory,
  }
  if (refusal === undefined) return { ...about, ok: true, yaml }
  const diagnostics = refusal.findings.map(finding => flatten({ level: 'error', ...finding }))
  return { ...about, ok: false, error: refusal.message, diagnostics }
}
