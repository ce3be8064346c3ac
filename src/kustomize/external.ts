import { Refusal } from '../kube/refusal.ts'
import { Accumulation } from './accumulation.ts'
import { accumulateResources } from './accumulate.ts'
import type { Context, Step } from './context.ts'
import { scalarsAt } from './file.ts'
import { inlineOf } from './inline.ts'
import { type Generator, readGenerator, readTransformer } from './plugins.ts'
import { appendPath } from './origin.ts'
import { idKey, idText } from './resid.ts'
import type { Origin, Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'
import type { Target } from './target.ts'

/** The generators of `generators:`, from files and from the kustomization file itself. */
export function loadGenerators(target: Target, context: Context): readonly Generator[] {
  return configsOf(target, context, 'generators').map(config => {
    const run = readGenerator(context, config)
    const origin = originOf(config)
    return () => {
      const made = run()
      for (const resource of made) resource.origin ??= origin
      return made
    }
  })
}

/** The transformers of `transformers:` or `validators:`. */
export function loadTransformers(
  target: Target,
  context: Context,
  field: 'transformers' | 'validators',
): readonly Step[] {
  return configsOf(target, context, field).map(config => ({
    run: readTransformer(context, config),
    origin: originOf(config),
  }))
}

/** The configs of plugins: texts that are objects, then files and directories. */
function configsOf(target: Target, context: Context, field: string): readonly Resource[] {
  const entries = scalarsAt(target.file.root, field)
  if (entries.length === 0) return []
  const configs = new Accumulation()
  const paths = entries.filter(entry => {
    const inline = inlineOf(entry)
    let resources: readonly Resource[]
    try {
      resources = context.parseResources(inline.source, entry)
    } catch (error) {
      if (error instanceof Refusal) return true
      throw error
    }
    for (const one of resources) {
      const root = inline.relocate(one.root)
      if (root.kind === 'map') one.root = root
      if (target.origin) one.origin = { path: appendPath(target.origin, target.file.name) }
      configs.map.append(one)
    }
    return false
  })
  accumulateResources(target, configs, paths)
  return configs.map.resources
}

function originOf({ origin, id }: Resource): Origin | undefined {
  if (origin === undefined) return undefined
  const { group, version, kind, name, namespace } = id
  const apiVersion = group === '' ? version : `${group}/${version}`
  return {
    ...(origin.path === undefined ? {} : { configuredIn: origin.path }),
    configuredBy: { apiVersion, kind, name, namespace },
  }
}

/** Runs a validator: it may refuse, but not change anything. */
export function validate(map: ResourceMap, step: Step): void {
  const before = map.resources.map(resource => resource.root)
  step.run(map)
  const after = map.resources
  const known = new Set<string>()
  for (const { id, root } of after) {
    const key = idKey(id)
    if (known.has(key))
      throw new Refusal(
        `validator shouldn't modify the resource map: id in self matches 2 in other; id: ${idText(id)}`,
        root,
      )
    known.add(key)
  }
  if (after.length !== before.length || after.some((one, i) => one.root !== before[i]))
    throw new Refusal("validator shouldn't modify the resource map")
}
