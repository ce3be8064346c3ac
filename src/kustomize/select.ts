import { compileAnchored, type Pattern } from '../kube/pattern.ts'
import { type LabelMatch, readSelector } from '../kube/labels.ts'
import type { Id } from '../kube/object.ts'
import { Refusal } from '../kube/refusal.ts'
import type { MapNode } from '../yaml/node.ts'
import { textAt } from './file.ts'
import { effectiveNamespace } from './resid.ts'
import type { Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'

const parts = ['group', 'version', 'kind', 'name', 'namespace'] as const
type Part = (typeof parts)[number]

/** A selector of objects (api/types Selector): Go regular expressions that match whole texts. */
export interface Selector {
  readonly node: MapNode
  readonly patterns: Readonly<Record<Part, Pattern | undefined>>
  readonly labels: string
  readonly annotations: string
}

/** Reads a selector; throws `Refusal` where an expression does not compile. */
export function readTarget(node: MapNode): Selector {
  const patterns = { ...none }
  for (const part of parts) {
    const text = textAt(node, part)
    if (text === '') continue
    const pattern = compileAnchored(text)
    if (pattern === undefined)
      throw new Refusal(`error parsing regexp: \`^(?:${text})$\``, node.get(part))
    patterns[part] = pattern
  }
  const labels = textAt(node, 'labelSelector')
  return { node, patterns, labels, annotations: textAt(node, 'annotationSelector') }
}

const none: Record<Part, Pattern | undefined> = {
  group: undefined,
  version: undefined,
  kind: undefined,
  name: undefined,
  namespace: undefined,
}

function fits({ patterns }: Selector, part: Part, text: string): boolean {
  return patterns[part]?.test(text) ?? true
}

export function fitsKind(selector: Selector, id: Id): boolean {
  return (
    fits(selector, 'group', id.group) &&
    fits(selector, 'version', id.version) &&
    fits(selector, 'kind', id.kind)
  )
}

/** Whether kind, name and namespace as written fit one id (replacement targets). */
export function fitsId(selector: Selector, id: Id): boolean {
  return (
    fitsKind(selector, id) &&
    fits(selector, 'name', id.name) &&
    fits(selector, 'namespace', id.namespace)
  )
}

/** Whether labels and annotations fit; an empty selector fits all. */
export function fitsMetadata(selector: Selector, resource: Resource): boolean {
  const { labels, annotations } = selector
  return (
    matcher(labels)(textsOf(resource.root, 'labels')) &&
    matcher(annotations)(textsOf(resource.root, 'annotations'))
  )
}

function matcher(text: string): LabelMatch {
  return text === '' ? () => true : readSelector(text)
}

/** The raw texts of `metadata.labels` or `metadata.annotations` (RNode GetLabels). */
export function textsOf(root: MapNode, field: string): Map<string, string> {
  const metadata = root.get('metadata')
  const map = metadata?.kind === 'map' ? metadata.get(field) : undefined
  const texts = new Map<string, string>()
  if (map?.kind !== 'map') return texts
  for (const [at, key] of map.keys.entries()) {
    const value = map.values[at]
    texts.set(key.text, value?.kind === 'scalar' ? value.text : '')
  }
  return texts
}

/**
 * The resources that a target selects (resmap Select): name and namespace by the original or the
 * current id, never one between.
 */
export function selectResources(map: ResourceMap, selector: Selector): Resource[] {
  return map.resources.filter(resource => {
    const { id, originalId } = resource
    return (
      (fits(selector, 'namespace', effectiveNamespace(originalId)) ||
        fits(selector, 'namespace', effectiveNamespace(id))) &&
      (fits(selector, 'name', originalId.name) || fits(selector, 'name', id.name)) &&
      fitsKind(selector, id) &&
      fitsMetadata(selector, resource)
    )
  })
}
