import { composeValues } from '../flux/compose.ts'
import { clusterLookup } from '../flux/lookup.ts'
import { isRelease, namespaceName } from '../flux/kinds.ts'
import { hideSecrets, type Tell } from '../flux/mask.ts'
import type { Model } from '../flux/model.ts'
import { originsOf } from '../kustomize/origins.ts'
import { printable } from '../text/frame.ts'
import { print } from '../yaml/print.ts'
import type { Shell } from './command.ts'
import { printLines } from './origins.ts'
import { UsageError } from './usage.ts'

/** Prints the values that a Helm release gets, beside each line the place that set it; secret values are masked. */
export function printValues(
  { model, name, format, tell }: { model: Model; name: string; format: string; tell: Tell },
  shell: Shell,
): 0 {
  const found = model.clusters.flatMap(cluster => {
    const lookup = clusterLookup(cluster)
    const releases = [...lookup.all()].filter(({ object }) => isRelease(object))
    return releases.map(({ object }) => ({ object, lookup, entry: cluster.name }))
  })
  const [one, second] = found.filter(({ object }) => namespaceName(object.id) === name)
  if (one === undefined) {
    const all = [...new Set(found.map(({ object }) => namespaceName(object.id)))].sort()
    throw new UsageError(`no HelmRelease ${name}; there are ${all.join(', ') || 'none'}`)
  }
  if (second !== undefined && second.entry !== one.entry)
    throw new UsageError(
      `several releases are called ${name}: choose one with --entry ${one.entry} or --entry ${second.entry}`,
    )
  const { values, unknown } = composeValues(one.object, one.lookup)
  const shown = hideSecrets(values, tell)
  const origins = shown.kind === 'map' && shown.size > 0 ? originsOf(shown) : []
  if (format === 'ndjson') {
    const places = origins.map(({ at, by }) => ({
      ...(at ? { path: at.source.path, line: at.source.position(at.start).line } : {}),
      ...(by === undefined ? {} : { by }),
    }))
    const yaml = print(shown)
    shell.out(`${JSON.stringify({ release: name, ok: true, yaml, origins: places, unknown })}\n`)
    return 0
  }
  for (const what of unknown) shell.out(`# not known from here: ${printable(what)}\n`)
  shell.out(origins.length === 0 ? '{}\n' : printLines(origins, ''))
  return 0
}
