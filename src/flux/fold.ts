import type { Level } from '../text/diagnostic.ts'

/** A node of the graph. */
export interface Drawn {
  readonly key: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  /** The objects that it stands for: their findings mark it. */
  readonly objects: readonly string[]
  /** What applies it, where it can be drawn as a part of that. */
  readonly under?: string
}

export interface Line {
  readonly from: string
  readonly arrow: string
  readonly to: string
}

export interface Drawing {
  readonly nodes: ReadonlyMap<string, Drawn>
  readonly edges: readonly Line[]
}

/** Nodes up to which everything is drawn. */
const MAX_NODES = 80

/** Mermaid draws 500 edges and 50,000 characters and refuses more. */
const MAX_EDGES = 300

/** Fewer alike than these stay nodes of their own. */
const MIN_ALIKE = 4

/** Names that a node for many lists. */
const MAX_NAMES = 6

/**
 * A drawing that a person can read and Mermaid can draw: what a Kustomization applies is counted in its node,
 * and where that is not enough, what has the same neighbours and no findings becomes one node.
 */
export function fold(drawing: Drawing, worst: (object: string) => Level | undefined): Drawing {
  if (drawing.nodes.size <= MAX_NODES) return drawing
  const counted = foldOwned(drawing)
  return counted.edges.length <= MAX_EDGES ? counted : foldAlike(counted, worst)
}

function foldOwned({ nodes, edges }: Drawing): Drawing {
  const inside = Map.groupBy(
    [...nodes.values()].filter(node => node.under !== undefined && nodes.has(node.under)),
    node => node.under,
  )
  const gone = new Set([...inside.values()].flat().map(node => node.key))
  const kept = new Map<string, Drawn>()
  for (const [key, node] of nodes) {
    if (gone.has(key)) continue
    const parts = inside.get(key) ?? []
    const counts = [...Map.groupBy(parts, part => part.kind)].map(
      ([kind, all]) => `<br/>${all.length} ${kind}${all.length > 1 ? 's' : ''}`,
    )
    const objects = [...node.objects, ...parts.flatMap(part => part.objects)]
    kept.set(key, { ...node, name: `${node.name}${counts.sort().join('')}`, objects })
  }
  return connected(kept, edges)
}

/** Drops edges to what is not there, and nodes of sources that nothing drawn uses. */
function connected(nodes: Map<string, Drawn>, edges: readonly Line[]): Drawing {
  const left = edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to))
  const used = new Set(left.flatMap(({ from, to }) => [from, to]))
  for (const [key, { kind }] of nodes)
    if (kind !== 'Kustomization' && !used.has(key)) nodes.delete(key)
  return { nodes, edges: left }
}

function foldAlike(
  { nodes, edges }: Drawing,
  worst: (object: string) => Level | undefined,
): Drawing {
  const around = new Map<string, string[]>()
  for (const { from, arrow, to } of edges) {
    around.set(from, [...(around.get(from) ?? []), `${arrow} ${to}`])
    around.set(to, [...(around.get(to) ?? []), `${from} ${arrow}`])
  }
  const isQuiet = (node: Drawn) =>
    node.objects.every(object => worst(object) === undefined || worst(object) === 'note')
  const groups = Map.groupBy(nodes.values(), node =>
    isQuiet(node)
      ? [node.kind, node.namespace, ...(around.get(node.key) ?? []).sort()].join('\0')
      : node.key,
  )
  const kept = new Map<string, Drawn>()
  for (const members of groups.values()) {
    const [first] = members
    if (first === undefined) continue
    if (members.length < MIN_ALIKE) for (const node of members) kept.set(node.key, node)
    else kept.set(first.key, together(first, members))
  }
  return connected(kept, edges)
}

function together(first: Drawn, members: readonly Drawn[]): Drawn {
  const names = members.map(node => node.name.split('<br/>')[0] ?? '').sort()
  const shown = names.slice(0, MAX_NAMES).join(', ')
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : ''
  const objects = members.flatMap(node => node.objects)
  return { ...first, kind: `${members.length} ${first.kind}s`, name: `${shown}${more}`, objects }
}
