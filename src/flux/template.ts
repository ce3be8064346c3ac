import type { KubeObject } from '../kube/object.ts'
import { itemsAt, scalarAt, textAt } from './fields.ts'
import { OPERATOR } from './kinds.ts'

/** An object that a ResourceSet makes; `<< … >>` in its names stands for anything. */
export interface Template {
  readonly kind: string
  readonly isNamed: (namespace: string, name: string) => boolean
  /** In whatever namespace. */
  readonly isCalled: (name: string) => boolean
}

export function isResourceSet({ id }: KubeObject): boolean {
  return id.group === OPERATOR && id.kind === 'ResourceSet'
}

/** What flux-operator 0.58 would make of a ResourceSet, as far as kinds and names tell. */
export function templatesOf({ id, root }: KubeObject): Template[] {
  const listed = itemsAt(root, 'spec', 'resources').map(item =>
    template(
      textAt(item, 'kind'),
      textAt(item, 'metadata', 'namespace') || id.namespace,
      textAt(item, 'metadata', 'name'),
    ),
  )
  const text = scalarAt(root, 'spec', 'resourcesTemplate')?.text ?? ''
  return [...listed, ...text.split(/^---.*$/m).map(part => written(part, id.namespace))]
}

/** A part of `resourcesTemplate`, which is no YAML before its template has run. */
function written(part: string, namespace: string): Template {
  const value = (pattern: RegExp) =>
    pattern
      .exec(part)?.[1]
      ?.trim()
      .replaceAll(/^["']|["']$/g, '')
  return template(
    value(/^kind:(.*)$/m) ?? '',
    value(/^ {2}namespace:(.*)$/m) ?? namespace,
    value(/^ {2}name:(.*)$/m) ?? '',
  )
}

function template(kind: string, namespace: string, name: string): Template {
  const [namespaces, names] = [wildcard(namespace), wildcard(name)]
  return { kind, isNamed: (a, b) => namespaces(a) && names(b), isCalled: names }
}

/** Whether a name begins and ends as the template does; what is between its gaps comes in order. */
function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.split(/<<.*?>>/)
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return text => text === first
  return text => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    for (const part of rest) {
      at = text.indexOf(part, at)
      if (at === -1) return false
      at += part.length
    }
    return at <= text.length - last.length
  }
}
