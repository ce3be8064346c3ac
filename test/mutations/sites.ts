import { readFileSync } from 'node:fs'
import { type Bundle, isRecord, type Raw, readBundle } from '../../src/schema/bundle.ts'
import type { KubeObject } from '../../src/kube/object.ts'
import type { MapNode, Node, Scalar } from '../../src/yaml/node.ts'

export type MistakeKind = 'field' | 'type' | 'missing' | 'enum' | 'path' | 'source'

/** One place where a mistake can be made: the new text of its file and the line that must be reported. */
export interface Site {
  readonly kind: MistakeKind
  readonly path: string
  readonly line: number
  readonly what: string
  change(text: string): string
}

const bundles = ['schemas/kubernetes-1.36.json', 'schemas/flux-2.9.json'].map(path =>
  readBundle(readFileSync(path, 'utf8')),
)

/**
 * Fields of built-in kinds that the server refuses to miss. The published schema asks for more than it
 * does, so the list is what `kube-apiserver` validates; for custom resources the CRD is the law.
 */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'apps.v1.DeploymentSpec': ['selector', 'template'],
  'core.v1.PodSpec': ['containers'],
  'core.v1.Container': ['name', 'image'],
  'core.v1.EnvVar': ['name'],
  'core.v1.ContainerPort': ['containerPort'],
  'core.v1.VolumeMount': ['name', 'mountPath'],
  'core.v1.ServicePort': ['port'],
  'core.v1.HTTPGetAction': ['port'],
  'core.v1.PersistentVolumeClaimVolumeSource': ['claimName'],
  'core.v1.PersistentVolumeClaimSpec': ['accessModes', 'resources'],
  'networking.v1.HTTPIngressPath': ['pathType'],
  'networking.v1.IngressServiceBackend': ['name', 'port'],
}

/** All places of an object that stand as written in a file, typed by its schema. */
export function* sitesOf(object: KubeObject): Iterable<Site> {
  const { group, version, kind } = object.id
  for (const bundle of bundles) {
    const entry = bundle.kinds.find(
      one => one.group === group && one.version === version && one.kind === kind,
    )
    if (entry === undefined) continue
    const context = { bundle, custom: entry.custom }
    yield* walk(object.root, { $ref: entry.type }, undefined, context, '')
  }
}

interface Context {
  readonly bundle: Bundle
  readonly custom: boolean
}

/** `owner` is the key (or the map itself in a list) that a missing field is reported at. */
function* walk(
  node: Node,
  schema: Raw,
  owner: Node | undefined,
  context: Context,
  at: string,
): Iterable<Site> {
  const { type, name } = resolve(schema, context.bundle)
  if (node.kind === 'scalar') yield* scalarSites(node, type, at)
  else if (node.kind === 'list') {
    const items = type['items']
    if (isRecord(items))
      for (const [i, item] of node.items.entries())
        yield* walk(item, items, item, context, `${at}[${i}]`)
  } else {
    const properties = type['properties']
    if (!isRecord(properties) || type['x-kubernetes-preserve-unknown-fields'] === true) return
    yield* mapSites(node, type, name, owner, context, at)
    for (const [i, key] of node.keys.entries()) {
      const value = node.values[i]
      const member = properties[key.text]
      if (value !== undefined && isRecord(member))
        yield* walk(value, member, key, context, `${at}.${key.text}`)
    }
  }
}

function resolve(schema: Raw, bundle: Bundle): { type: Raw; name: string } {
  const reference = schema['$ref']
  if (typeof reference !== 'string') return { type: schema, name: '' }
  return { type: bundle.types[reference] ?? {}, name: reference }
}

/** Identity is not a matter of schemas, and its loss has its own sentence. */
const IDENTITY = new Set(['apiVersion', 'kind', 'metadata'])

function* mapSites(
  node: MapNode,
  type: Raw,
  name: string,
  owner: Node | undefined,
  context: Context,
  at: string,
): Iterable<Site> {
  const properties = isRecord(type['properties']) ? type['properties'] : {}
  const required = context.custom ? type['required'] : REQUIRED[name]
  for (const [i, key] of node.keys.entries()) {
    const value = node.values[i]
    if (value === undefined || !stands(key) || node.flow) continue
    if (at === '' && IDENTITY.has(key.text)) continue
    const wrong = `${key.text.slice(0, -1)}x${key.text.slice(-1)}`
    const isRequired = Array.isArray(required) && required.includes(key.text)
    if (key.text in properties && !(wrong in properties) && !isRequired)
      yield replacing('field', key, wrong, `${at}.${key.text}`)
    if (isRequired && owner !== undefined && node.size > 1 && sameFile(node, owner, value))
      yield removing(node, i, owner, `${at}.${key.text}`)
  }
}

function sameFile(node: MapNode, ...others: readonly Node[]): boolean {
  return others.every(one => one.source.path === node.source.path && one.made === undefined)
}

function* scalarSites(node: Scalar, type: Raw, at: string): Iterable<Site> {
  if (!stands(node) || /^\.(apiVersion|kind|metadata\.)/.test(at)) return
  if (Array.isArray(type['enum'])) yield replacing('enum', node, 'Bogus', at)
  const wrong = { integer: 'several', boolean: 'perhaps', string: '[1]', number: 'several' }
  for (const [name, text] of Object.entries(wrong))
    if (type['type'] === name && type['format'] !== 'int-or-string')
      yield replacing('type', node, text, at)
}

/** Whether a scalar is on its line as it was written, alone and whole. */
function stands(node: Scalar): boolean {
  const written = node.source.text.slice(node.start, node.end)
  const isWhole = written === node.text || written.slice(1, -1) === node.text
  return node.made === undefined && isWhole && node.text !== '' && !written.includes('\n')
}

function replacing(kind: MistakeKind, node: Scalar, by: string, what: string): Site {
  return {
    kind,
    path: node.source.path,
    line: node.source.position(node.start).line,
    what: `${what} → ${by}`,
    change: text => text.slice(0, node.start) + by + text.slice(node.end),
  }
}

function removing(node: MapNode, index: number, owner: Node, what: string): Site {
  const key = node.keys[index]
  const behind = node.keys.filter(one => key && one.source === key.source && one.start > key.start)
  const next = behind.sort((a, b) => a.start - b.start)[0]
  const value = node.values[index]
  if (key === undefined || value === undefined) throw new Error('no such entry')
  return {
    kind: 'missing',
    path: node.source.path,
    line: node.source.position(owner.start).line,
    what: `${what} removed`,
    change: text => {
      if (next !== undefined) return text.slice(0, key.start) + text.slice(next.start)
      const lineStart = text.lastIndexOf('\n', key.start) + 1
      const lineEnd = text.indexOf('\n', Math.max(value.end - 1, key.end))
      return text.slice(0, lineStart) + text.slice(lineEnd === -1 ? text.length : lineEnd + 1)
    },
  }
}

/** The references of Flux objects: `spec.path` and the names of sources. */
export function* referenceSites(object: KubeObject): Iterable<Site> {
  const { group, kind } = object.id
  const path = leaf(object.root, ['spec', 'path'])
  if (kind === 'Kustomization' && group === 'kustomize.toolkit.fluxcd.io' && path && stands(path))
    yield replacing('path', path, './apps/nowhere', 'spec.path')
  const source =
    leaf(object.root, ['spec', 'sourceRef', 'name']) ??
    leaf(object.root, ['spec', 'chart', 'spec', 'sourceRef', 'name'])
  if (/^(Kustomization|HelmRelease)$/.test(kind) && source && stands(source))
    yield replacing('source', source, 'nobody', 'sourceRef.name')
}

function leaf(root: Node, path: readonly string[]): Scalar | undefined {
  let node: Node | undefined = root
  for (const key of path) node = node?.kind === 'map' ? node.get(key) : undefined
  return node?.kind === 'scalar' ? node : undefined
}
