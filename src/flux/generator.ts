import { idOf, type KubeObject } from '../kube/object.ts'
import { MapNode, type Node, type Scalar, stringNode } from '../yaml/node.ts'
import { isWithin, narrow } from './artifact.ts'
import { itemsAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { EXTENSIONS, SOURCE, type SourceRef } from './kinds.ts'
import type { Origin } from './model.ts'
import { cleanPath, joinRoot } from './paths.ts'

/** An ExternalArtifact that an ArtifactGenerator makes, and what is in it. */
export interface Generated {
  readonly object: KubeObject
  readonly origin: () => Origin
}

export function isGenerator({ id }: KubeObject): boolean {
  return id.group === EXTENSIONS && id.kind === 'ArtifactGenerator'
}

function sourcesOf({ id, root }: KubeObject): (SourceRef & { readonly alias: string })[] {
  return itemsAt(root, 'spec', 'sources').map(item => ({
    alias: textAt(item, 'alias'),
    kind: textAt(item, 'kind'),
    name: textAt(item, 'name'),
    namespace: textAt(item, 'namespace') || id.namespace,
  }))
}

/** What source-watcher 2.2 makes of a generator; `originOf` tells what its sources are. */
export function generatedBy(
  generator: KubeObject,
  originOf: (ref: SourceRef) => Origin,
): Generated[] {
  const sources = new Map(sourcesOf(generator).map(one => [one.alias, one]))
  return itemsAt(generator.root, 'spec', 'artifacts').flatMap(item => {
    const name = scalarAt(item, 'name')
    if (name === undefined) return []
    let origin: Origin | undefined
    const make = () =>
      composed(item, alias => {
        const source = sources.get(alias)
        return source && originOf(source)
      })
    return [{ object: artifactObject(generator, name), origin: () => (origin ??= make()) }]
  })
}

function artifactObject({ id }: KubeObject, name: Scalar): KubeObject {
  const made = { by: 'artifact-generator' }
  const record = (fields: Readonly<Record<string, Node>>) =>
    new MapNode(
      Object.keys(fields).map(key => stringNode(key, name, made)),
      Object.values(fields),
      name,
      false,
      made,
    )
  const root = record({
    apiVersion: stringNode(`${SOURCE}/v1`, name, made),
    kind: stringNode('ExternalArtifact', name, made),
    metadata: record({ name, namespace: stringNode(id.namespace, name, made) }),
  })
  return { id: idOf(root), root }
}

interface Copy {
  readonly alias: string
  /** Folder or file of the source. */
  readonly from: string
  /** Where it is in the artifact. */
  readonly to: string
}

/**
 * An artifact whose files stand to each other as in the source they are copied from is a folder of that
 * source, at its own place or moved, without what is not copied. Any other layout is not followed.
 */
function composed(item: Node, originOf: (alias: string) => Origin | undefined): Origin {
  const copies = itemsAt(item, 'copy').map(readCopy)
  const [first] = copies
  if (first === undefined) return external('it copies in a way that is not followed here')
  const origin = originOf(first.alias)
  if (origin === undefined) return external(`its generator has no source @${first.alias}`)
  if (origin.kind === 'missing') return external('the source of its generator is missing')
  if (origin.kind !== 'here') return origin
  const shifts = copies.flatMap(copy => (copy?.alias === first.alias ? shiftOf(copy) : []))
  const [shift] = shifts
  const isOne = shifts.every(one => one.root === shift?.root && one.moved === shift.moved)
  if (shift === undefined || shifts.length < copies.length || !isOne)
    return external('it is put together from several folders in a way that is not followed here')
  const folders = copies.flatMap(copy => (copy ? [joinRoot(origin.root, copy.from)] : []))
  const keeps = (path: string) => folders.some(folder => isWithin(path, folder))
  return {
    kind: 'here',
    root: joinRoot(origin.root, shift.root),
    ...(shift.moved === '' ? {} : { moved: shift.moved }),
    artifact: narrow(origin.artifact, keeps),
  }
}

function external(why: string): Origin {
  return { kind: 'external', why }
}

/** A copy of a whole folder or of one file; undefined for patterns and strategies beyond that. */
function readCopy(item: Node): Copy | undefined {
  const [, alias = '', pattern = ''] = /^@([\w-]+)\/?(.*)$/.exec(textAt(item, 'from')) ?? []
  const to = /^@artifact\/?(.*)$/.exec(textAt(item, 'to'))?.[1]
  const isPlain = ['exclude', 'strategy', 'pathPattern'].every(key => !nodeAt(item, key))
  const from = pattern.replace(/(^|\/)\*\*$/, '')
  if (to === undefined || !isPlain || /[*?[{]/.test(from)) return undefined
  const isFolder = from !== pattern
  const name = isFolder || !(to === '' || to.endsWith('/')) ? '' : (from.split('/').at(-1) ?? '')
  return { alias, from: cleanPath(from), to: cleanPath(`${to}/${name}`) }
}

/** Which folder of the source stands where in the artifact: what the two paths end with alike is inside it. */
function shiftOf({ from, to }: Copy): { readonly root: string; readonly moved: string } {
  const [source, target] = [from.split('/'), to.split('/')]
  while (source.length > 0 && target.length > 0 && source.at(-1) === target.at(-1)) {
    source.pop()
    target.pop()
  }
  return { root: source.join('/'), moved: target.join('/') }
}
