import { textAt, itemsAt } from '../../src/flux/fields.ts'
import { isRelease } from '../../src/flux/kinds.ts'
import type { KubeObject } from '../../src/kube/object.ts'
import type { Case } from './cases/case.ts'
import type { CaseFacts, Fact } from './facts.ts'
import { dig, text } from './json.ts'
import { type Blamed, keyOf, type Verdict } from './verdict.ts'

/** Whether Flux and we say the same of one repository. */
export interface Row {
  readonly name: string
  readonly agrees: boolean
  readonly ready: boolean
  /** What Flux says: the first object that is not ready and why, or `ready`. */
  readonly flux: string
  /** The codes of our errors. */
  readonly ours: readonly string[]
  /** Where both differ. */
  readonly differences: readonly string[]
}

const REASONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^missing-path$/, ['ArtifactFailed', 'BuildFailed']],
  [/^dangling-source$/, ['ArtifactFailed', 'SourceNotReady']],
  [/^(missing-dependency|dependency-cycle)$/, ['DependencyNotReady']],
  [/^(missing-chart|no-matching-version|bad-version-range|repository-type)$/, ['SourceNotReady']],
  [/^chart-values$/, ['InstallFailed', 'UpgradeFailed']],
  [/^missing-namespace$/, ['ReconciliationFailed', 'InstallFailed']],
  [/^(missing-values|bad-values)$/, ['ValuesError', 'SourceNotReady']],
  [/^bad-expression$/, ['InvalidCELExpression', 'HealthCheckFailed']],
  [/^dangling-check$/, ['HealthCheckFailed']],
  [
    /^(build-failed|not-a-manifest|unparsable-yaml|duplicate-key|missing-metadata|bad-substitution|undefined-variable|helm-charts|remote-component|undecrypted-source)$/,
    ['BuildFailed'],
  ],
]

/** The reasons under which Flux reports what a code of ours names; else the API server refuses an object. */
export function reasonsOf(code: string): readonly string[] {
  return REASONS.find(([codes]) => codes.test(code))?.[1] ?? ['ReconciliationFailed']
}

/** Compares what the cluster said of one repository with our verdict. */
export function compare(one: Case, facts: CaseFacts, verdict: Verdict): Row {
  const shown = new Set(one.effects.filter((_, i) => facts.effects[i]).map(({ code }) => code))
  const blamed = blameReleases(verdict)
  const down = followers(facts, verdict)
  const differences = facts.facts.flatMap(fact => {
    const subject = `${fact.kind} ${fact.namespace}/${fact.name}`
    const errors = blamed.filter(
      error => error.subjects.includes(subject) && !isDropped(error, fact, facts),
    )
    const why = differ(fact, errors, shown, down.get(subject) ?? [])
    return why === undefined ? [] : [`${subject}: ${why}`]
  })
  const bad = facts.facts.filter(fact => fact.ready !== 'True')
  const first = bad.find(fact => fact.reason !== 'DependencyNotReady') ?? bad[0]
  return {
    name: one.name,
    agrees: differences.length === 0 && facts.facts.length > 0,
    ready: bad.length === 0,
    flux: first ? `${first.kind} ${first.name}: ${first.reason || 'no answer'}` : 'ready',
    ours: [...new Set(verdict.errors.map(({ code }) => code))],
    differences,
  }
}

/** Whether a field that no schema knows was dropped: the object is in the cluster without it. */
function isDropped({ code, object, field }: Blamed, fact: Fact, { applied }: CaseFacts): boolean {
  if (code !== 'unknown-field' || fact.ready !== 'True' || field === '') return false
  const [version, kind, name] = object.split(' ')
  const owned = applied.find(
    one =>
      one.by === `${fact.namespace}/${fact.name}` &&
      `${text(one.owned, 'apiVersion')} ${text(one.owned, 'kind')}` === `${version} ${kind}` &&
      [text(one.owned, 'metadata', 'namespace'), text(one.owned, 'metadata', 'name')]
        .filter(Boolean)
        .join('/') === name,
  )?.owned
  const path = field.split(/\.|\[(\d+)\]/).filter(Boolean)
  const keys = path.map(key => (/^\d+$/.test(key) ? Number(key) : key))
  return owned !== undefined && dig(owned, ...keys) === undefined
}

function differ(
  fact: Fact,
  errors: readonly Blamed[],
  shown: ReadonlySet<string>,
  follows: readonly string[],
): string | undefined {
  if (fact.ready === 'True') {
    const wrong = errors.find(({ code }) => !shown.has(code))
    return wrong && `Flux is content, and we say ${wrong.code}: ${wrong.message}`
  }
  const said = `${fact.reason || fact.ready || 'no answer'}: ${fact.message}`
  if (fact.ready !== 'False') return `Flux came to no answer, ${said}`
  if (follows.includes(fact.reason)) return undefined
  if (errors.some(({ code }) => reasonsOf(code).includes(fact.reason))) return undefined
  const ours = errors.map(({ code }) => code).join(', ') || 'nothing'
  return `Flux says ${said}; we say ${ours}`
}

/** An error about a Helm repository is one about the releases that take charts from it. */
function blameReleases({ errors, model }: Verdict): readonly Blamed[] {
  const releases = model.kustomizations.flatMap(one => one.objects).filter(isRelease)
  return errors.map(error => {
    if (error.code !== 'repository-type') return error
    return { ...error, subjects: releases.map(subjectOf) }
  })
}

/**
 * What is not ready because something else is not: who depends on it, and who waits for it. That the
 * other one is not ready is compared for itself.
 */
function followers(facts: CaseFacts, { model }: Verdict): ReadonlyMap<string, readonly string[]> {
  const down = new Set(
    facts.facts
      .filter(one => one.ready !== 'True')
      .map(one => `${one.kind} ${one.namespace}/${one.name}`),
  )
  const found = new Map<string, string[]>()
  const add = (subject: string, reason: string) =>
    found.set(subject, [...(found.get(subject) ?? []), reason])
  for (const one of model.kustomizations) {
    const key = keyOf(one)
    if (needed(one.object).some(other => other !== key && down.has(other)))
      add(key, 'DependencyNotReady')
    const waits = textAt(one.object.root, 'spec', 'wait') === 'true'
    for (const object of one.objects.filter(isRelease)) {
      const release = subjectOf(object)
      if (waits && down.has(release)) add(key, 'HealthCheckFailed')
      if (needed(object).some(other => down.has(other))) add(release, 'DependencyNotReady')
    }
  }
  return found
}

function needed(object: KubeObject): string[] {
  return itemsAt(object.root, 'spec', 'dependsOn').map(item => {
    const namespace = textAt(item, 'namespace') || object.id.namespace
    return `${object.id.kind} ${namespace}/${textAt(item, 'name')}`
  })
}

function subjectOf({ id }: KubeObject): string {
  return `${id.kind} ${id.namespace}/${id.name}`
}
