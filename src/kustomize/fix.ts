import { ListNode, type MapNode, type Node, Scalar } from '../yaml/node.ts'
import { itemsAt, mapsAt, textAt } from './file.ts'

/**
 * Moves deprecated spellings to today's (api/types FixKustomization) and drops what is Go's zero
 * value, so that an empty kustomization is an empty map but for `kind` and `apiVersion`.
 */
export function fixKustomization(root: MapNode): MapNode {
  let fixed = dropZero(root)
  fixed = appendTo(fixed, 'bases', 'resources')
  fixed = appendTo(fixed, 'imageTags', 'images')
  fixed = appendTo(fixed, 'helmChartInflationGenerator', 'helmCharts')
  fixed = fixEnv(fixed, 'configMapGenerator')
  return fixEnv(fixed, 'secretGenerator')
}

function dropZero(root: MapNode): MapNode {
  let kept = root
  for (const [i, key] of root.keys.entries()) {
    const value = root.values[i]
    if (value?.kind === 'scalar' && value.text === '') kept = kept.without(key.text)
  }
  return kept
}

function appendTo(root: MapNode, from: string, to: string): MapNode {
  const moved = root.get(from)
  const key = root.key(from)
  if (moved?.kind !== 'list' || key === undefined) return root
  const rest = root.without(from)
  if (moved.items.length === 0) return rest
  const there = rest.get(to)
  const items = [...itemsAt(rest, to), ...moved.items]
  const toKey = rest.key(to) ?? new Scalar(to, key.style, key.tag, key.reader, key)
  return rest.with(toKey, new ListNode(items, there ?? moved))
}

/** `env` joins `envs`, last. */
function fixEnv(root: MapNode, field: string): MapNode {
  const key = root.key(field)
  const list = root.get(field)
  if (key === undefined || list?.kind !== 'list') return root
  if (!mapsAt(root, field).some(args => textAt(args, 'env') !== '')) return root
  const items = list.items.map(item => (item.kind === 'map' ? moveEnv(item) : item))
  return root.with(key, new ListNode(items, list, list.flow))
}

function moveEnv(args: MapNode): MapNode {
  const key = args.key('env')
  const env: Node | undefined = args.get('env')
  if (key === undefined || env?.kind !== 'scalar' || env.text === '') return args
  const envs = new ListNode([...itemsAt(args, 'envs'), env], env)
  const envsKey = args.key('envs') ?? new Scalar('envs', key.style, key.tag, key.reader, key)
  return args.without('env').with(envsKey, envs)
}
