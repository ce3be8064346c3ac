import { apiVersionOf, type KubeObject } from '../kube/object.ts'
import type { Tree } from '../tree/tree.ts'
import type { MapNode, Node, Scalar } from '../yaml/node.ts'
import { itemsAt, mapAt, scalarAt } from './fields.ts'
import { Files } from './files.ts'
import { HELM, SOURCE } from './kinds.ts'
import { replacementOf } from './removed.ts'
import { objectsIn } from './scan.ts'

/** A change to one file: the range is replaced by the text. */
export interface Edit {
  readonly path: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Kubernetes API versions that went and have a successor with the same fields, and the minor that dropped them. */
const RENAMED: Readonly<Record<string, readonly [string, number]>> = {
  'policy/v1beta1 PodDisruptionBudget': ['policy/v1', 25],
  'batch/v1beta1 CronJob': ['batch/v1', 25],
  'autoscaling/v2beta1 HorizontalPodAutoscaler': ['autoscaling/v2', 25],
  'autoscaling/v2beta2 HorizontalPodAutoscaler': ['autoscaling/v2', 26],
  'discovery.k8s.io/v1beta1 EndpointSlice': ['discovery.k8s.io/v1', 25],
  'networking.k8s.io/v1beta1 IngressClass': ['networking.k8s.io/v1', 22],
  'rbac.authorization.k8s.io/v1beta1 Role': ['rbac.authorization.k8s.io/v1', 22],
  'rbac.authorization.k8s.io/v1beta1 RoleBinding': ['rbac.authorization.k8s.io/v1', 22],
  'rbac.authorization.k8s.io/v1beta1 ClusterRole': ['rbac.authorization.k8s.io/v1', 22],
  'rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding': ['rbac.authorization.k8s.io/v1', 22],
  'storage.k8s.io/v1beta1 StorageClass': ['storage.k8s.io/v1', 22],
  'storage.k8s.io/v1beta1 CSIDriver': ['storage.k8s.io/v1', 22],
  'scheduling.k8s.io/v1beta1 PriorityClass': ['scheduling.k8s.io/v1', 22],
  'apps/v1beta1 Deployment': ['apps/v1', 16],
  'apps/v1beta2 Deployment': ['apps/v1', 16],
  'extensions/v1beta1 Deployment': ['apps/v1', 16],
  'apps/v1beta2 StatefulSet': ['apps/v1', 16],
  'apps/v1beta2 DaemonSet': ['apps/v1', 16],
}

const YAML_NAME = /\.(ya?ml)$/

/** The edits that the chosen versions need, by file and place; each changes only what it names. */
export function migrations(tree: Tree, flux: string, kubernetes: string): Edit[] {
  const files = new Files(tree)
  const edits: Edit[] = []
  for (const { path, kind } of tree.entries()) {
    if (kind !== 'file' || !YAML_NAME.test(path)) continue
    for (const object of objectsIn(files, path)) edits.push(...editsOf(object, flux, kubernetes))
  }
  return edits
}

function* editsOf(object: KubeObject, flux: string, kubernetes: string): Iterable<Edit> {
  const apiVersion = scalarAt(object.root, 'apiVersion')
  const now = replacementOf(object, flux) ?? renamed(object, kubernetes)
  if (apiVersion && now !== undefined) {
    yield replaceScalar(apiVersion, now)
    yield* movedFields(object)
  }
  yield* safeFixes(object)
}

function renamed({ id }: KubeObject, kubernetes: string): string | undefined {
  const [now, since] = RENAMED[`${apiVersionOf(id)} ${id.kind}`] ?? []
  const minor = Number(/^v?1\.(\d+)/.exec(kubernetes)?.[1] ?? 99)
  return now !== undefined && since !== undefined && minor >= since ? now : undefined
}

/** Fields that the older version of a kind had under another name, or that are gone. */
function* movedFields({ id, root }: KubeObject): Iterable<Edit> {
  if (id.group === HELM) {
    const chart = mapAt(root, 'spec', 'chart', 'spec')
    const [key, value] = [chart?.key('valuesFile'), scalarAt(chart, 'valuesFile')]
    if (key && value && !chart?.has('valuesFiles')) {
      yield at(key, 'valuesFiles')
      yield { ...at(value, ''), end: value.start, text: '[' }
      yield { ...at(value, ''), start: value.end, text: ']' }
    }
  }
  if (id.group !== SOURCE) return
  const spec = mapAt(root, 'spec')
  for (const gone of ['gitImplementation', 'accessFrom']) {
    const edit = spec && removeField(spec, gone)
    if (edit) yield edit
  }
}

/** What another check reports and what has one right answer. */
function* safeFixes({ id, root }: KubeObject): Iterable<Edit> {
  const url = id.kind === 'HelmRepository' ? scalarAt(root, 'spec', 'url') : undefined
  const key = mapAt(root, 'spec')?.key('url')
  if (!url?.text.startsWith('oci://') || !key || scalarAt(root, 'spec', 'type')) return
  if (itemsAt(root, 'spec').length > 0 || mapAt(root, 'spec')?.flow) return
  const { column } = key.source.position(key.start)
  yield { ...at(key, ''), end: key.start, text: `type: oci\n${' '.repeat(column - 1)}` }
}

function replaceScalar(node: Scalar, text: string): Edit {
  const raw = node.source.text.slice(node.start, node.end)
  const quote = /^["']/.exec(raw)?.[0] ?? ''
  return at(node, `${quote}${text}${quote}`)
}

function at({ source, start, end }: Node, text: string): Edit {
  return { path: source.path, start, end, text }
}

/** Takes out the lines of a field of a block map that has other fields. */
function removeField(map: MapNode, name: string): Edit | undefined {
  const i = map.indexOf(name)
  const [key, value] = [map.keys[i], map.values[i]]
  if (!key || !value || map.flow || map.size < 2) return undefined
  const { source } = key
  const start = source.lineStart(source.position(key.start).line)
  const end = source.lineStart(source.position(Math.max(key.start, value.end - 1)).line + 1)
  return { path: source.path, start, end, text: '' }
}

/** The text with its edits made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = text
  for (const { start, end, text: now } of edits.toSorted(
    (a, b) => b.start - a.start || b.end - a.end,
  ))
    out = out.slice(0, start) + now + out.slice(end)
  return out
}

/** Lines `i` to `nextI` of the old text became lines `j` to `nextJ` of the new one. */
interface Region {
  readonly i: number
  readonly nextI: number
  readonly j: number
  readonly nextJ: number
}

const CONTEXT = 3

/** Two texts as a unified diff of their lines, three lines of context; empty where they are equal. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const groups: Region[][] = []
  for (const region of regionsOf(a, b)) {
    const last = groups.at(-1)?.at(-1)
    if (last && region.i - last.nextI <= 2 * CONTEXT) groups.at(-1)?.push(region)
    else groups.push([region])
  }
  const hunks = groups.flatMap(group => hunkOf(a, b, group))
  return hunks.length === 0 ? '' : [`--- a/${path}`, `+++ b/${path}`, ...hunks, ''].join('\n')
}

function* regionsOf(a: readonly string[], b: readonly string[]): Iterable<Region> {
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++
      j++
      continue
    }
    const [nextI, nextJ] = resync(a, b, i, j)
    yield { i, nextI, j, nextJ }
    ;[i, j] = [nextI, nextJ]
  }
}

function hunkOf(a: readonly string[], b: readonly string[], group: readonly Region[]): string[] {
  const [first] = group
  const last = group.at(-1)
  if (!first || !last) return []
  const from = Math.max(0, first.i - CONTEXT)
  const end = Math.min(isEnded(a) ? a.length - 1 : a.length, last.nextI + CONTEXT)
  const body: string[] = []
  let at = from
  for (const { i, nextI, j, nextJ } of group) {
    body.push(...mark(' ', a.slice(at, i)), ...mark('-', a.slice(i, nextI)))
    body.push(...mark('+', b.slice(j, nextJ)))
    at = nextI
  }
  body.push(...mark(' ', a.slice(at, end)))
  const sizes = ['-', '+'].map(sign => body.filter(x => x[0] === ' ' || x[0] === sign).length)
  return [`@@ -${from + 1},${sizes[0]} +${first.j - (first.i - from) + 1},${sizes[1]} @@`, ...body]
}

/** Whether the last line ends: what follows its break is no line. */
function isEnded(lines: readonly string[]): boolean {
  return lines.at(-1) === ''
}

function mark(sign: string, lines: readonly string[]): string[] {
  return lines.map(line => sign + line)
}

/** The nearest place where both texts go on with the same line. */
function resync(
  a: readonly string[],
  b: readonly string[],
  i: number,
  j: number,
): [number, number] {
  for (let distance = 1; distance <= a.length - i + (b.length - j); distance++)
    for (let x = 0; x <= distance; x++) {
      const [m, n] = [i + x, j + distance - x]
      if (m <= a.length && n <= b.length && (a[m] === b[n] || (m === a.length && n === b.length)))
        return [m, n]
    }
  return [a.length, b.length]
}
