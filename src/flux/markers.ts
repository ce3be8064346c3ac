import type { Finding } from '../text/diagnostic.ts'
import type { Parsed } from '../yaml/node.ts'
import { IMAGE } from './kinds.ts'
import type { Model } from './model.ts'
import { nearest } from './nearest.ts'
import { isElsewhere } from './sight.ts'

const MARKER = /\{\s*"\$imagepolicy"\s*:\s*"([^"]*)"\s*\}/
const WANTED = /^([^:]+):([^:]+)(?::(?:tag|name|digest))?$/

/** Markers of image-automation-controller 1.2 in comments that no ImagePolicy of the repository answers. */
export function* checkMarkers(model: Model, files: readonly Parsed[]): Iterable<Finding> {
  const objects = model.clusters.flatMap(one => [
    ...one.kustomizations.flatMap(each => each.objects),
    ...one.loose,
  ])
  const policies = objects
    .filter(({ id }) => id.group === IMAGE && id.kind === 'ImagePolicy')
    .map(({ id }) => `${id.namespace}/${id.name}`)
  const known = new Set(policies)
  const isSure = policies.length > 0 && !model.kustomizations.some(isElsewhere)
  const read = new Set(model.kustomizations.flatMap(one => [...(one.build?.files ?? [])]))
  for (const { documents, comments } of files) {
    const source = documents[0]?.source
    if (source === undefined || !read.has(source.path)) continue
    for (const { start, end } of comments) {
      const text = source.text.slice(start, end)
      const marker = MARKER.exec(text)
      if (marker === null) continue
      const said = problemOf(marker[1] ?? '', known)
      if (said === undefined) continue
      const close = nearest(said.policy ?? '', policies)
      yield {
        code: 'dangling-marker',
        message: said.message,
        at: source.span(start + marker.index, start + marker.index + marker[0].length),
        ...(close === undefined ? {} : { help: `did you mean ${close.replace('/', ':')}?` }),
        ...(said.policy === undefined || close !== undefined || isSure ? {} : { level: 'note' }),
      }
    }
  }
}

function problemOf(
  text: string,
  known: ReadonlySet<string>,
): { readonly message: string; readonly policy?: string } | undefined {
  const [, namespace, name] = WANTED.exec(text) ?? []
  if (namespace === undefined || name === undefined)
    return { message: `a marker is namespace:name with :tag, :name or :digest, not ${text}` }
  const policy = `${namespace}/${name}`
  if (known.has(policy)) return undefined
  return { message: `there is no ImagePolicy ${policy}, so this is never updated`, policy }
}
