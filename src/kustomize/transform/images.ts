import { compilePattern, type Pattern } from '../../kube/pattern.ts'
import { Refusal } from '../../kube/refusal.ts'
import { ListNode, type MapNode, type Node, type Scalar } from '../../yaml/node.ts'
import { typeOf } from '../../yaml/value.ts'
import type { Context, ReadTransforms, Transform } from '../context.ts'
import { editFields, type FieldSpec } from '../fieldspec.ts'
import { mapsAt, scalarAt, textAt } from '../file.ts'
import { withText, wrongKind } from '../setter.ts'

const BY = 'image'

export const imageTransforms: ReadTransforms = context =>
  mapsAt(context.file.root, 'images').map(image => setImage(image, context.specs.images, context))

/**
 * Changes names, tags and digests of images: first in all lists called `containers` or
 * `initContainers`, then where the specs say, so that `tagSuffix` counts twice (api/filters/imagetag).
 */
export function setImage(image: MapNode, specs: readonly FieldSpec[], context: Context): Transform {
  return map => {
    const updater = new Updater(image)
    for (const resource of map.resources) {
      if (resource.id.kind === 'CustomResourceDefinition') continue
      const root = updater.containers(resource.root)
      const set = (node: Node): Node => updater.set(node)
      resource.root = editFields(root.kind === 'map' ? root : resource.root, specs, { by: BY, set })
    }
    if (!updater.matched) context.report(unmatched(image))
  }
}

function unmatched(image: MapNode) {
  const name = scalarAt(image, 'name')
  return {
    code: 'unmatched-image',
    message: `no image is called ${JSON.stringify(name?.text ?? '')}: the entry changes nothing`,
    at: name ?? image,
  }
}

class Updater {
  matched = false
  readonly #image: MapNode
  readonly #pattern: Pattern

  constructor(image: MapNode) {
    this.#image = image
    const name = textAt(image, 'name')
    // The name stands in the expression as it is: its dots match anything.
    const source = `^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`
    const pattern = /^[\w./:-]*$/.test(name) ? new RegExp(source) : compilePattern(source)
    if (pattern === undefined)
      throw new Refusal(`image name ${JSON.stringify(name)} is no regular expression`, image)
    this.#pattern = pattern
  }

  containers(node: Node): Node {
    if (node.kind === 'scalar' || !holdsContainers(node)) return node
    if (node.kind === 'list') return mapItems(node, item => this.containers(item))
    let changed: MapNode = node
    for (const [i, key] of node.keys.entries()) {
      const value = node.values[i]
      if (value === undefined) continue
      const inner = this.containers(value)
      const done = isContainers(key) && inner.kind === 'list' ? this.#list(inner) : inner
      if (done !== value) changed = changed.with(key, done)
    }
    return changed
  }

  #list(list: ListNode): ListNode {
    return mapItems(list, item => {
      if (item.kind === 'scalar' && typeOf(item) === 'null') return item
      if (item.kind !== 'map') throw wrongKind(item, 'map')
      const image = item.get('image')
      const key = item.key('image')
      return image && key ? item.with(key, this.set(image)) : item
    })
  }

  set(node: Node): Node {
    if (node.kind !== 'scalar') throw wrongKind(node, 'scalar')
    if (!this.#pattern.test(node.text)) return node
    this.matched = true
    const { text, at } = changedName(node.text, this.#image)
    return text === node.text ? node : withText(node, text, at, BY)
  }
}

function isContainers(key: Scalar): boolean {
  return key.text === 'containers' || key.text === 'initContainers'
}

function mapItems(list: ListNode, change: (item: Node) => Node): ListNode {
  const items = list.items.map(change)
  if (items.every((item, i) => item === list.items[i])) return list
  return new ListNode(items, list, list.flow, list.made)
}

const holders = new WeakMap<Node, boolean>()

/** Whether a list of containers is anywhere below; asked once for each node. */
function holdsContainers(node: MapNode | ListNode): boolean {
  const known = holders.get(node)
  if (known !== undefined) return known
  const below = node.kind === 'map' ? node.values : node.items
  const holds =
    (node.kind === 'map' && node.keys.some(isContainers)) ||
    below.some(child => child.kind !== 'scalar' && holdsContainers(child))
  holders.set(node, holds)
  return holds
}

/** The new text, and the line of the kustomization file that says so most exactly. */
function changedName(text: string, image: MapNode): { text: string; at: Node } {
  const [oldName, oldTag, oldDigest] = splitImage(text)
  const newName = scalarAt(image, 'newName')
  const newTag = scalarAt(image, 'newTag')
  const digest = scalarAt(image, 'digest')
  const suffix = scalarAt(image, 'tagSuffix')
  let [tag, hash] = [oldTag, oldDigest]
  if (newTag || digest) [tag, hash] = [newTag?.text ?? '', digest?.text ?? '']
  else if (suffix) [tag, hash] = [tag + suffix.text, '']
  const name = newName?.text ?? oldName
  const whole = name + (tag && `:${tag}`) + (hash && `@${hash}`)
  return { text: whole, at: newTag ?? digest ?? newName ?? suffix ?? image }
}

/** Name, tag and digest (api/internal/image Split): a port in the host is part of the name. */
export function splitImage(image: string): readonly [string, string, string] {
  const slash = Math.max(0, image.indexOf('/'))
  const at = image.indexOf('@', slash)
  const colon = image.indexOf(':', slash)
  if (at === -1 && colon === -1) return [image, '', '']
  if (at !== -1 && (at < colon || colon === -1))
    return [image.slice(0, at), '', image.slice(at + 1)]
  if (at === -1) return [image.slice(0, colon), image.slice(colon + 1), '']
  return [image.slice(0, colon), image.slice(colon + 1, at), image.slice(at + 1)]
}
