import type { Node, Reader, Scalar } from './node.ts'

/** A collection that is still being read. */
export interface Frame {
  readonly list: boolean
  readonly flow: boolean
  readonly keys: Scalar[]
  readonly values: Node[]
  readonly start: number
  end: number
  readonly anchor: string
  /** The key whose value comes next. */
  key: Scalar | undefined
  /** Whether a key may be a merge. */
  merge: boolean
  /** Nodes in it and levels below it, aliases expanded. */
  size: number
  depth: number
}

export function openFrame(
  list: boolean,
  flow: boolean,
  start: number,
  end: number,
  anchor: string,
): Frame {
  return {
    list,
    flow,
    keys: [],
    values: [],
    start,
    end,
    anchor,
    key: undefined,
    merge: false,
    size: 1,
    depth: 1,
  }
}

const mergeTag = 'tag:yaml.org,2002:merge'

function isMerge(key: Scalar): boolean {
  if (key.text !== '<<') return false
  if (key.tag === mergeTag) return true
  return key.style === 'plain' && (key.tag === undefined || key.tag === '!')
}

/** Takes what go-yaml refuses, with the place. */
export type Refuse = (problem: string, at: { readonly start: number; readonly end: number }) => void

interface Entries {
  readonly keys: Scalar[]
  readonly values: Node[]
}

/** The entries of a map whose `<<` are resolved as its reader resolves them. */
export function closeFrame(frame: Frame, reader: Reader, refuse: Refuse): Entries {
  return reader === 'v3' ? mergeV3(frame, refuse) : mergeV2(frame, refuse)
}

/**
 * kyaml (`RNode.DeAnchor`): what the map says itself wins wherever it stands, an earlier source wins
 * over a later one, a second `<<` is refused – and of the fields called `<<` the first goes, quoted or not.
 */
function mergeV3(frame: Frame, refuse: Refuse): Entries {
  const merges = frame.keys.filter(isMerge)
  if (merges.length > 1) refuse('duplicate merge key', merges[1] ?? frame)
  const first = frame.keys.findIndex(key => key.text === '<<')
  const keys = frame.keys.toSpliced(first, 1)
  const values = frame.values.toSpliced(first, 1)
  const at = frame.keys.findIndex(isMerge)
  const value = frame.values[at]
  if (at === -1 || value === undefined) return { keys, values }
  const known = new Set(keys.map(key => key.text))
  for (const source of sources(value, refuse)) {
    for (const [i, key] of source.keys.entries()) {
      const one = source.values[i]
      if (one === undefined || known.has(key.text)) continue
      known.add(key.text)
      keys.push(key)
      values.push(one)
    }
  }
  return { keys, values }
}

/** go-yaml v2: entries are set one after the other, merges among them, so the last one wins. */
function mergeV2(frame: Frame, refuse: Refuse): Entries {
  const keys: Scalar[] = []
  const values: Node[] = []
  const index = new Map<string, number>()
  const merged = new Set<string>()
  const set = (key: Scalar, value: Node): void => {
    const at = index.get(key.text)
    if (at === undefined) {
      index.set(key.text, keys.push(key) - 1)
      values.push(value)
    } else {
      keys[at] = key
      values[at] = value
    }
  }
  for (const [i, key] of frame.keys.entries()) {
    const value = frame.values[i]
    if (value === undefined) continue
    if (isMerge(key)) {
      for (const source of sources(value, refuse).reverse())
        for (const [j, name] of source.keys.entries()) {
          merged.add(name.text)
          const one = source.values[j]
          if (one) set(name, one)
        }
    } else if (index.has(key.text) && !merged.has(key.text)) {
      keys.push(key)
      index.set(key.text, values.push(value) - 1)
    } else {
      merged.delete(key.text)
      set(key, value)
    }
  }
  return { keys, values }
}

/** The maps that a `<<` names, in the order written. */
function sources(value: Node, refuse: Refuse): Entries[] {
  const all = value.kind === 'list' ? value.items : [value]
  const maps: Entries[] = []
  for (const one of all) {
    if (one.kind === 'map') maps.push({ keys: [...one.keys], values: [...one.values] })
    else refuse('map merge requires map or sequence of maps as the value', one)
  }
  return maps
}
