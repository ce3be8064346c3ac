import type { Finding } from '../text/diagnostic.ts'
import { joinPath, type Tree } from '../tree/tree.ts'
import { ListNode, type MapNode, type Node, stringNode } from '../yaml/node.ts'
import { emptyMap, isTrue, itemsAt, listAt, nodeAt, setField, textAt } from './fields.ts'

export interface Rewritten {
  readonly file: MapNode
  readonly findings: readonly Finding[]
}

/**
 * The kustomization file of a folder with what a Flux Kustomization's spec adds to it (fluxcd/pkg/kustomize
 * 1.35.4 GenerateManifest). The nodes of the spec become nodes of the file, so whatever they cause points at
 * the spec.
 */
export function rewrite(
  tree: Tree,
  directory: string,
  file: MapNode,
  spec: MapNode | undefined,
  wasThere: boolean,
): Rewritten {
  let out = file
  if (wasThere && itemsAt(file, 'resources').length === 0)
    out = setField(out, 'buildMetadata', listOf([stringNode('originAnnotations', file)], file))
  out = setText(out, 'namespace', nodeAt(spec, 'targetNamespace'))
  out = setText(out, 'namePrefix', nodeAt(spec, 'namePrefix'))
  out = setText(out, 'nameSuffix', nodeAt(spec, 'nameSuffix'))
  out = append(out, 'patches', itemsAt(spec, 'patches').map(onlyPatch))
  const components = localComponents(tree, directory, spec)
  out = append(out, 'components', components.kept)
  out = append(out, 'patchesStrategicMerge', itemsAt(spec, 'patchesStrategicMerge'))
  out = append(out, 'patchesJson6902', itemsAt(spec, 'patchesJson6902'))
  const images = itemsAt(spec, 'images')
  const [first] = images
  if (first) out = setField(out, 'images', mergeImages(listAt(out, 'images'), images, first))
  const metadata = listAt(spec, 'buildMetadata')
  if (metadata && metadata.items.length > 0) out = setField(out, 'buildMetadata', metadata)
  return { file: out, findings: components.findings }
}

function listOf(items: readonly Node[], at: Node): ListNode {
  return new ListNode(items, at)
}

function setText(file: MapNode, key: string, value: Node | undefined): MapNode {
  return value?.kind === 'scalar' && value.text !== '' ? setField(file, key, value) : file
}

function append(file: MapNode, key: string, added: readonly Node[]): MapNode {
  const [first] = added
  if (first === undefined) return file
  const old = listAt(file, key)
  return setField(file, key, listOf([...(old?.items ?? []), ...added], old ?? first))
}

/** Flux's patches know `patch` and `target` and nothing else. */
function onlyPatch(item: Node): Node {
  if (item.kind !== 'map') return item
  let out = emptyMap(item)
  for (const key of ['patch', 'target']) {
    const value = item.get(key)
    if (value) out = out.with(item.key(key) ?? stringNode(key, value), value)
  }
  return out
}

const REMOTE = [
  'git::',
  'gh:',
  'ssh://',
  'https://',
  'http://',
  'git@',
  'github.com:',
  'github.com/',
]

/** Whether Flux takes a component for a folder of the artifact. */
function isLocal(path: string): boolean {
  const lower = path.toLowerCase()
  if (REMOTE.some(prefix => lower.length > prefix.length && lower.startsWith(prefix))) return false
  return !path.startsWith('/') && !lower.replace(/^file:\/\//, '').startsWith('/')
}

function localComponents(
  tree: Tree,
  directory: string,
  spec: MapNode | undefined,
): { kept: readonly Node[]; findings: readonly Finding[] } {
  const kept: Node[] = []
  const findings: Finding[] = []
  const ignoreMissing = isTrue(nodeAt(spec, 'ignoreMissingComponents'))
  for (const item of itemsAt(spec, 'components')) {
    if (item.kind !== 'scalar') continue
    if (!isLocal(item.text)) {
      const message = `component path '${item.text}' must be local and relative`
      findings.push({ code: 'remote-component', message, at: item })
      continue
    }
    const path = joinPath(directory, item.text)
    const exists = path !== undefined && tree.entry(path) !== undefined
    if (exists || !ignoreMissing) kept.push(item)
  }
  return { kept, findings }
}

/** By name: a new name replaces the name alone, tag and digest are replaced as a pair. */
function mergeImages(old: ListNode | undefined, added: readonly Node[], at: Node): ListNode {
  const items = [...(old?.items ?? [])]
  for (const image of added) {
    if (image.kind !== 'map') continue
    const name = textAt(image, 'name')
    const at = items.findIndex(item => textAt(item, 'name') === name)
    const known = items[at]
    if (known?.kind === 'map') items[at] = mergeImage(known, image)
    else items.push(image)
  }
  return listOf(items, old ?? at)
}

function mergeImage(known: MapNode, image: MapNode): MapNode {
  let out = known
  const newName = image.get('newName')
  if (newName && textAt(image, 'newName') !== '') out = setField(out, 'newName', newName)
  if (textAt(image, 'newTag') === '' && textAt(image, 'digest') === '') return out
  for (const key of ['newTag', 'digest']) {
    const value = image.get(key)
    out = value && textAt(image, key) !== '' ? setField(out, key, value) : out.without(key)
  }
  return out
}
