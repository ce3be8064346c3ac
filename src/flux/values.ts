import type { Config } from '../tree/config.ts'
import type { KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { isGuessed } from './decrypt.ts'
import { isTrue, itemsAt, mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { keyFor, namespaceName } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Skipped } from './model.ts'
import type { Variable, Variables } from './variables.ts'

export interface Collected {
  readonly variables: Variables
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skipped[]
}

const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*$/

/** The variables of a Kustomization: `substituteFrom` in order, then `substitute`; the later one counts. */
export function collectVariables(object: KubeObject, lookup: Lookup, config: Config): Collected {
  const byName = new Map<string, Variable>()
  const opaque: string[] = []
  const findings: Finding[] = []
  const skipped: Skipped[] = []
  for (const item of itemsAt(object.root, 'spec', 'postBuild', 'substituteFrom')) {
    const kind = textAt(item, 'kind')
    const name = textAt(item, 'name')
    const found = lookup.find('', kind, object.id.namespace, name)
    if (found) for (const [key, one] of entriesOf(found.object)) byName.set(key, one)
    else if (!readConfigured(config, kind, object.id.namespace, name, byName, opaque)) {
      if (isTrue(nodeAt(item, 'optional'))) continue
      opaque.push(`${kind} ${name}`)
      const what = `${kind} ${object.id.namespace}/${name}`
      const help = `tell fluxgate what it holds: values: [{ kind: ${kind}, namespace: ${object.id.namespace}, name: ${name}, opaque: true }]`
      const why = whyUnknown(lookup, kind, object.id.namespace, name)
      skipped.push({ what, why: `${why}; ${help}` })
      const at = scalarAt(item, 'name') ?? item
      findings.push({ code: 'unknown-variables', message: `${what}: ${why}`, at, help })
    }
  }
  const inline = mapAt(object.root, 'spec', 'postBuild', 'substitute')
  for (const [i, key] of (inline?.keys ?? []).entries()) {
    const at = inline?.values[i]
    if (at?.kind === 'scalar') byName.set(key.text, variable(at.text, at, at.made?.secret === true))
  }
  return { variables: { byName, opaque }, findings, skipped }
}

function whyUnknown(lookup: Lookup, kind: string, namespace: string, name: string): string {
  const maker = lookup.makerOf(kind, namespace, name)
  if (maker)
    return `what ${maker.id.kind} ${namespaceName(maker.id)} puts into it is not known here`
  return lookup.has('', kind, namespace, name)
    ? 'a ResourceSet makes it'
    : 'nothing in the repository makes it, so it must be in the cluster already'
}

/** Names that Flux does not take: one stops the substitution of every object. */
export function badNames({ byName }: Variables): Finding[] {
  return [...byName].flatMap(([name, { at }]) =>
    at && !NAME.test(name) ? [badName(name, at)] : [],
  )
}

function badName(name: string, at: NonNullable<Variable['at']>): Finding {
  return {
    code: 'bad-substitution',
    message: `'${name}' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'`,
    at,
    help: 'one key that is no variable name stops the substitution of every object',
  }
}

function variable(value: string, at: Variable['at'], secret: boolean): Variable {
  return { value: value.replaceAll('\n', ''), at, secret }
}

/** The keys of a ConfigMap or Secret; encrypted values stand for themselves. */
function* entriesOf({ id, root }: KubeObject): Iterable<[string, Variable]> {
  const secret = id.kind === 'Secret'
  for (const field of secret ? ['data', 'stringData'] : ['data']) {
    const data = mapAt(root, field)
    for (const [i, key] of (data?.keys ?? []).entries()) {
      const at = data?.values[i]
      if (at?.kind !== 'scalar') continue
      const isHidden = at.text.startsWith('ENC[') || isGuessed(at)
      const plain = field === 'data' && secret ? decodeBase64(at.text) : at.text
      const hidden = secret || at.made?.secret === true
      yield [key.text, variable(isHidden ? `\${${key.text}}` : plain, at, hidden)]
    }
  }
}

function decodeBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}

function readConfigured(
  config: Config,
  kind: string,
  namespace: string,
  name: string,
  into: Map<string, Variable>,
  opaque: string[],
): boolean {
  const said = config.values.find(
    one =>
      one.kind === kind &&
      one.name === name &&
      (one.namespace === undefined || one.namespace === namespace),
  )
  if (said === undefined) return false
  for (const [key, value] of Object.entries(said.data ?? {}))
    into.set(key, variable(value, undefined, kind === 'Secret'))
  if (said.opaque || said.data === undefined) opaque.push(`${kind} ${name}`)
  return true
}

/** The ConfigMaps and Secrets that a Kustomization's variables come from, by key. */
export function variableSources({ id, root }: KubeObject): string[] {
  return itemsAt(root, 'spec', 'postBuild', 'substituteFrom').map(item =>
    keyFor('', textAt(item, 'kind'), id.namespace, textAt(item, 'name')),
  )
}

/** Whether everything that a Kustomization's variables come from is known by now. */
export function hasVariables(object: KubeObject, lookup: Lookup): boolean {
  return itemsAt(object.root, 'spec', 'postBuild', 'substituteFrom').every(item =>
    lookup.has('', textAt(item, 'kind'), object.id.namespace, textAt(item, 'name')),
  )
}
