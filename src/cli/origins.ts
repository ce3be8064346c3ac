import type { KubeObject } from '../kube/object.ts'
import { type OriginLine, originsOf } from '../kustomize/origins.ts'
import { relativePath } from '../tree/tree.ts'

const WIDTH = 60

/**
 * Objects as `build` prints them, beside each line the place that made it: `path:line`, relative to
 * `folder`, and the transformation if there was one.
 */
export function printOrigins(objects: readonly KubeObject[], folder: string): string {
  return objects.map(({ root }) => printLines(originsOf(root), folder)).join('---\n')
}

/** Printed lines with their places beside them. */
export function printLines(lines: readonly OriginLine[], folder: string): string {
  const longest = Math.max(0, ...lines.map(({ text }) => text.length))
  const width = Math.min(WIDTH, longest)
  return lines
    .map(line => `${line.text.padEnd(width)}  # ${placeOf(line, folder)}`.trimEnd())
    .map(line => `${line}\n`)
    .join('')
}

function placeOf({ at, by }: OriginLine, folder: string): string {
  if (at === undefined) return ''
  const path = relativePath(folder, at.source.path)
  const { line } = at.source.position(at.start)
  return `${path}:${line}${by === undefined ? '' : ` (${by})`}`
}
