import type { MapNode, Node, Scalar, YamlProblem } from './node.ts'

/** A key that a map has twice: kyaml refuses it when it prints the object, v2 lets the last one win. */
export interface Duplicate {
  readonly key: Scalar
  readonly first: Scalar
  readonly map: MapNode
}

/** All keys of a tree that stand twice in their map, in the order written. */
export function duplicates(node: Node | undefined, found: Duplicate[] = []): Duplicate[] {
  if (node === undefined || node.kind === 'scalar') return found
  if (node.kind === 'list') {
    for (const item of node.items) duplicates(item, found)
    return found
  }
  duplicatesIn(node, found)
  for (const value of node.values) duplicates(value, found)
  return found
}

function duplicatesIn(map: MapNode, found: Duplicate[]): void {
  const { keys } = map
  if (keys.length < 2) return
  const seen = new Map<string, Scalar>()
  for (const key of keys) {
    const first = seen.get(key.text)
    if (first) found.push({ key, first, map })
    else seen.set(key.text, key)
  }
}

/** What go-yaml v3 says of a duplicate, with the lines of the file. */
export function duplicateProblem({ key, first }: Pick<Duplicate, 'key' | 'first'>): YamlProblem {
  const line = key.source.position(key.start).line
  const before = first.source.position(first.start).line
  const name = JSON.stringify(key.text)
  const message = `yaml: unmarshal errors:\n  line ${line}: mapping key ${name} already defined at line ${before}`
  return { source: key.source, start: key.start, end: key.end, message }
}
