import type { Level } from '../text/diagnostic.ts'
import { formatId, type KubeObject } from '../kube/object.ts'
import { itemsAt, textAt } from './fields.ts'
import { isRelease, isSource, keyFor, keyOf, SOURCE, sourceRefOf } from './kinds.ts'
import { dependenciesOf } from './dependencies.ts'
import { type Drawing, type Drawn, fold, type Line } from './fold.ts'
import type { Cluster, FluxKustomization, Model } from './model.ts'
import { chartSource } from './releases.ts'

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'])

/** More workloads than this of one Kustomization are drawn as one node. */
const MAX_WORKLOADS = 8

/** The dependency graph as Mermaid: what applies what, what waits for what. `worst` gives the level of an object's findings. */
export function drawGraph(model: Model, worst: (object: string) => Level | undefined): string {
  const lines = ['flowchart LR']
  const marked: string[] = []
  model.clusters.forEach((cluster, index) => {
    const { nodes, edges } = fold(collect(cluster), worst)
    const ids = new Map([...nodes.keys()].sort().map((key, i) => [key, `c${index}n${i}`]))
    lines.push(`  subgraph c${index}["cluster ${escape(cluster.name || '.')}"]`)
    const groups = [...Map.groupBy(nodes.values(), node => node.namespace)].sort(byFirst)
    groups.forEach(([namespace, members], n) => {
      lines.push(`    subgraph c${index}g${n}["${escape(namespace || 'no namespace')}"]`)
      for (const node of members.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
        lines.push(`      ${ids.get(node.key)}${shape(node)}`)
        const levels = new Set(node.objects.map(worst))
        const level = levels.has('error') ? 'error' : levels.has('warning') ? 'warning' : undefined
        if (level !== undefined) marked.push(`  class ${ids.get(node.key)} ${level}`)
      }
      lines.push('    end')
    })
    lines.push('  end')
    const drawn = edges
      .filter(({ from, to }) => ids.has(from) && ids.has(to))
      .map(({ from, arrow, to }) => `  ${ids.get(from)} ${arrow} ${ids.get(to)}`)
    lines.push(...[...new Set(drawn)].sort())
  })
  if (marked.length > 0)
    lines.push(
      ...marked,
      '  classDef error stroke:#d1242f,stroke-width:3px',
      '  classDef warning stroke:#bf8700,stroke-width:3px',
    )
  return `${lines.join('\n')}\n`
}

function byFirst(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1
}

function escape(text: string): string {
  return text
    .split('<br/>')
    .map(line => line.replaceAll('"', '#quot;').replaceAll('<', '#lt;'))
    .join('<br/>')
}

function shape({ kind, name }: Drawn): string {
  const label = `"${kind}<br/>${escape(name)}"`
  if (/Repository$|^Bucket$|^ExternalArtifact$|^HelmChart$/.test(kind)) return `[(${label})]`
  if (/Kustomizations?$/.test(kind)) return `[${label}]`
  return kind === 'HelmRelease' ? `[[${label}]]` : `(${label})`
}

function collect(cluster: Cluster): Drawing {
  const nodes = new Map<string, Drawn>()
  const edges: Line[] = []
  const draw = (object: KubeObject, under?: string) => {
    const { kind, name, namespace } = object.id
    const key = keyOf(object.id)
    const node = { key, kind, name, namespace, objects: [formatId(object.id)] }
    nodes.set(key, under === undefined ? node : { ...node, under })
    return key
  }
  for (const object of cluster.loose)
    if (isSource(object) || object.id.kind === 'Kustomization') draw(object)
  for (const one of cluster.kustomizations) {
    const key = draw(one.object)
    edges.push(...referencesOf(one))
    for (const node of valueNodes(one)) nodes.set(node.key, node)
    for (const object of one.objects) {
      if (object.id.group === SOURCE) draw(object)
      if (isRelease(object))
        edges.push({ from: key, arrow: '-->', to: draw(object, key) }, ...releaseEdges(object))
      if (object.id.kind === 'Kustomization' && keyOf(object.id) !== key)
        edges.push({ from: key, arrow: '-->', to: keyOf(object.id) })
    }
    edges.push(...drawWorkloads(one, draw, nodes))
  }
  return { nodes, edges }
}

function drawWorkloads(
  one: FluxKustomization,
  draw: (object: KubeObject, under?: string) => string,
  nodes: Map<string, Drawn>,
): Line[] {
  const from = keyOf(one.object.id)
  const workloads = one.objects.filter(object => WORKLOADS.has(object.id.kind))
  if (workloads.length <= MAX_WORKLOADS)
    return workloads.map(object => ({ from, arrow: '-->', to: draw(object, from) }))
  const key = `${from} workloads`
  const { namespace } = one.object.id
  nodes.set(key, { key, kind: 'workloads', name: `${workloads.length}`, namespace, objects: [] })
  return [{ from, arrow: '-->', to: key }]
}

function referencesOf({ object }: FluxKustomization): Line[] {
  const key = keyOf(object.id)
  const { kind, namespace, name } = sourceRefOf(object)
  const edges: Line[] = [{ from: keyFor(SOURCE, kind, namespace, name), arrow: '==>', to: key }]
  for (const { to } of dependenciesOf(object))
    edges.push({ from: key, arrow: '-.->|dependsOn|', to })
  for (const item of itemsAt(object.root, 'spec', 'postBuild', 'substituteFrom'))
    edges.push({
      from: key,
      arrow: '-.->|substituteFrom|',
      to: keyFor('', textAt(item, 'kind'), object.id.namespace, textAt(item, 'name')),
    })
  return edges
}

/** The ConfigMaps and Secrets that variables come from. */
function valueNodes({ object }: FluxKustomization): Drawn[] {
  const { namespace } = object.id
  return itemsAt(object.root, 'spec', 'postBuild', 'substituteFrom').map(item => {
    const [kind, name] = [textAt(item, 'kind'), textAt(item, 'name')]
    const key = keyFor('', kind, namespace, name)
    return { key, kind, name, namespace, objects: [`v1 ${kind} ${namespace}/${name}`] }
  })
}

function releaseEdges(release: KubeObject): Line[] {
  const key = keyOf(release.id)
  const { kind, namespace, name } = chartSource(release)
  const edges: Line[] = [{ from: keyFor(SOURCE, kind, namespace, name), arrow: '==>', to: key }]
  for (const { to } of dependenciesOf(release))
    edges.push({ from: key, arrow: '-.->|dependsOn|', to })
  return edges
}
