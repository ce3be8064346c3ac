import { applyOperations } from '../../kube/patch.ts'
import { type Operation, readOperations } from '../../kube/operation.ts'
import { Refusal } from '../../kube/refusal.ts'
import type { MapNode, Node, Scalar } from '../../yaml/node.ts'
import type { Context, ReadTransforms, Transform } from '../context.ts'
import { flagAt, mapAt, mapsAt, scalarAt, scalarsAt } from '../file.ts'
import { inlineOf } from '../inline.ts'
import { ignoredDocument } from '../objects.ts'
import { idText } from '../resid.ts'
import type { Resource } from '../resource.ts'
import type { ResourceMap } from '../resourcemap.ts'
import { readTarget, type Selector, selectResources } from '../select.ts'
import { reportIdle } from './idle.ts'
import { reportEmptyTarget } from './traps.ts'
import { mergeInto, mergeIntoSelected, withTexts } from './merging.ts'
import { forgetOrigin, withInternal, withoutInternal } from './internal.ts'
import { asJson, throughJson } from '../throughjson.ts'
import { within } from '../within.ts'

/** `patches` (PatchTransformer). */
export const readPatches: ReadTransforms = context =>
  mapsAt(context.file.root, 'patches').map(entry => readPatch(context, entry))

/** One entry of `patches`, or the config of a PatchTransformer. */
export function readPatch(context: Context, entry: MapNode): Transform {
  const text = readText(context, entry, 'patch', true)
  const targetNode = mapAt(entry, 'target')
  const merges = attempt(() => text.resources())
  const operations = attempt(() => text.operations())
  if (merges instanceof Refusal && operations instanceof Refusal)
    throw new Refusal(
      `unable to parse SM or JSON patch from ${text.name}`,
      operations.at ?? text.at,
    )
  if (!(merges instanceof Refusal) && !(operations instanceof Refusal))
    if (merges.length > 0 && operations.length > 0)
      throw new Refusal(`illegally qualifies as both an SM and JSON patch: ${text.name}`, text.at)
  const target = () => targetNode && readTarget(targetNode)
  reportEmptyTarget(context, targetNode)
  if (merges instanceof Refusal)
    return map =>
      patchJson(map, target(), operations instanceof Refusal ? [] : operations, text, context)
  allowChanges(merges, mapAt(entry, 'options'))
  return map => patchMerge(map, target(), merges, text, context)
}

/** A patch's text, in the file or beside it. */
interface PatchText {
  /** As kustomize names it in errors. */
  readonly name: string
  readonly at: Node
  resources(): Resource[]
  operations(): readonly Operation[]
}

function readText(context: Context, entry: MapNode, key: string, trims: boolean): PatchText {
  const inline = scalarAt(entry, key)
  const path = scalarAt(entry, 'path')
  const text = trims ? inline?.text.trim() : inline?.text
  if (inline && text && path)
    throw new Refusal(`patch and path can't be set at the same time`, entry)
  if (inline && text) return inlineText(context, inline, text)
  if (path) return fileText(context, path)
  throw new Refusal('must specify one of patch and path', entry)
}

function inlineText(context: Context, scalar: Scalar, text: string): PatchText {
  const inline = inlineOf(scalar, text)
  return {
    // Upstream shows the text here; it may hold a secret.
    name: '[patch: "…"]',
    at: scalar,
    resources: () => {
      const resources = context.parseResources(inline.source, scalar)
      for (const one of resources) {
        const root = inline.relocate(one.root)
        if (root.kind === 'map') one.root = root
      }
      return resources
    },
    operations: () => {
      const read = readOperations(inline.source, inline.relocate)
      return demandOperations(context, read, scalar, scalar)
    },
  }
}

function fileText(context: Context, path: Scalar): PatchText {
  const source = context.load(path.text, path)
  return {
    name: `[path: ${JSON.stringify(path.text)}]`,
    at: path,
    resources: () => context.parseResources(source),
    operations: () => demandOperations(context, readOperations(source), path),
  }
}

function demandOperations(
  context: Context,
  read: ReturnType<typeof readOperations>,
  at: Node,
  inside?: Node,
): readonly Operation[] {
  if (!read.ok) throw new Refusal(read.message, at)
  if (read.ignored) context.report(ignoredDocument(inside ?? read.ignored, 'a JSON patch'))
  return read.list
}

function attempt<T>(run: () => T): T | Refusal {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function allowChanges(patches: readonly Resource[], options: MapNode | undefined): void {
  for (const patch of patches) {
    patch.allowNameChange = flagAt(options, 'allowNameChange')
    patch.allowKindChange = flagAt(options, 'allowKindChange')
    // kustomize notes it in the annotations of the patch, which are texts from then on.
    if (patch.allowNameChange || patch.allowKindChange)
      patch.root = withTexts(patch.root, 'annotations')
  }
}

/** The resource that a patch without a target names itself. */
function ownTarget(map: ResourceMap, patch: Resource): Resource {
  const name = JSON.stringify(idText(patch.originalId))
  return within(`no resource matches strategic merge patch ${name}`, () =>
    map.byId(patch.originalId),
  )
}

function patchMerge(
  map: ResourceMap,
  target: Selector | undefined,
  patches: readonly Resource[],
  text: PatchText,
  context: Context,
): void {
  if (target === undefined) {
    for (const patch of patches) mergeInto(ownTarget(map, patch), patch, context)
    return
  }
  if (patches.length > 1)
    throw new Refusal(
      `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${text.name}`,
      text.at,
    )
  const [patch] = patches
  if (patch === undefined) return
  const selected = selectResources(map, target)
  if (selected.length === 0) reportIdle(context, 'patch', target)
  mergeIntoSelected(map, new Set(selected), patch, context)
}

function patchJson(
  map: ResourceMap,
  target: Selector | undefined,
  operations: readonly Operation[],
  text: PatchText,
  context: Context,
): void {
  if (operations.length === 0) return
  if (target === undefined)
    throw new Refusal(`must specify a target for JSON patch ${text.name}`, text.at)
  const selected = selectResources(map, target)
  if (selected.length === 0) reportIdle(context, 'patch', target)
  for (const resource of selected) {
    resource.storePreviousId()
    patchOne(resource, operations)
  }
}

/** `patchesJson6902` (PatchJson6902Transformer): it runs late and keeps no earlier id. */
export const readJsonPatches: ReadTransforms = context =>
  mapsAt(context.file.root, 'patchesJson6902').map(entry => readJsonPatch(context, entry, 'patch'))

/** One entry of `patchesJson6902` (`patch`), or the config of its plugin (`jsonOp`). */
export function readJsonPatch(context: Context, entry: MapNode, key: string): Transform {
  const targetNode = mapAt(entry, 'target')
  if (targetNode === undefined || scalarAt(targetNode, 'name') === undefined)
    throw new Refusal('must specify the target name', entry)
  const text = readText(context, entry, key, false)
  const operations = text.operations()
  if (operations.length === 0) throw new Refusal(`patch appears to be empty; ${text.name}`, text.at)
  return map => {
    const target = readTarget(targetNode)
    const selected = selectResources(map, target)
    if (selected.length === 0) reportIdle(context, 'patch', target)
    for (const resource of selected) patchOne(resource, operations)
  }
}

function patchOne(resource: Resource, operations: readonly Operation[]): void {
  const marked = withInternal(resource)
  const patched = throughJson(applyOperations(throughJson(marked), operations.map(asJson)))
  if (patched.kind !== 'map')
    throw new Refusal('json: cannot unmarshal array into Go value of type map[string]interface {}')
  forgetOrigin(resource, patched)
  resource.root = withoutInternal(patched)
}

/** `patchesStrategicMerge`: each entry is a patch itself or the path of one. */
export const readMergePatches: ReadTransforms = context => {
  const entries = scalarsAt(context.file.root, 'patchesStrategicMerge')
  return entries.length === 0 ? [] : [readMergePatch(context, entries, undefined)]
}

/** The config of a PatchStrategicMergeTransformer: `paths` and inline `patches`. */
export function readMergePatch(
  context: Context,
  paths: readonly Scalar[],
  inline: Scalar | undefined,
): Transform {
  const patches = [
    ...paths.flatMap(path => {
      const read = attempt(() => inlineText(context, path, path.text).resources())
      return read instanceof Refusal ? fileText(context, path).resources() : read
    }),
    ...(inline ? inlineText(context, inline, inline.text).resources() : []),
  ]
  if (patches.length === 0) throw new Refusal('patch appears to be empty', paths[0] ?? inline)
  return map => {
    for (const patch of patches)
      mergeIntoSelected(map, new Set([map.byId(patch.originalId)]), patch, context)
  }
}
