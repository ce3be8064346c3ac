import type { ObjectChange } from '../flux/changes.ts'
import type { FieldChange, Side } from '../flux/difference.ts'
import type { IsHidden } from '../text/frame.ts'
import type { Span } from '../text/source.ts'

const MASKED = '<masked>'

/** Changes by Kustomization, in the order in which Flux reaches them. */
export function byOwner(changes: readonly ObjectChange[]): Map<string, ObjectChange[]> {
  return Map.groupBy(
    changes,
    one => `${one.kustomization}${one.entry === '' ? '' : ` (${one.entry})`}`,
  )
}

/** How many are added, changed and removed, in words. */
export function countChanges(changes: readonly ObjectChange[]): string {
  const count = (kind: ObjectChange['kind']) => changes.filter(one => one.kind === kind).length
  return `${count('added')} added, ${count('changed')} changed, ${count('removed')} removed`
}

/** One field in one line: what was and what is, each with its place. */
export function fieldLine(one: FieldChange, isHidden: IsHidden): string {
  const [before, after] = [one.before, one.after].map(side => sideText(side, isHidden))
  return `${one.field}: ${before} → ${after}`
}

function sideText(side: Side | undefined, isHidden: IsHidden): string {
  return side === undefined ? 'nothing' : `${visible(side, isHidden)} (${placeOf(side.at)})`
}

function visible({ text, at }: Side, isHidden: IsHidden): string {
  return isHidden(at.source, at.start, at.end) ? MASKED : text
}

function placeOf({ source, start }: Span): string {
  return `${source.path}:${source.position(start).line}`
}

/** Changes as plain data, for the JSON report. */
export function flattenChanges(
  changes: readonly ObjectChange[],
  isHidden: IsHidden,
): readonly Record<string, unknown>[] {
  return changes.map(({ kustomization, entry, kind, object, at, fields }) => ({
    kustomization,
    entry,
    kind,
    object,
    ...flattenPlace(at),
    fields: fields.map(({ field, before, after }) => ({
      field,
      ...(before ? { before: flattenSide(before, isHidden) } : {}),
      ...(after ? { after: flattenSide(after, isHidden) } : {}),
    })),
  }))
}

function flattenSide(side: Side, isHidden: IsHidden): Record<string, unknown> {
  return { text: visible(side, isHidden), ...flattenPlace(side.at) }
}

function flattenPlace({ source, start }: Span): Record<string, unknown> {
  return { path: source.path, line: source.position(start).line }
}
