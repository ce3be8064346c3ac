import { Refusal } from '../kube/refusal.ts'
import type { Source } from '../text/source.ts'
import type { Scalar } from '../yaml/node.ts'
import { absorb } from './absorb.ts'
import { accumulateComponents, accumulateResources } from './accumulate.ts'
import type { Accumulation } from './accumulation.ts'
import { readConfigurations } from './configurations.ts'
import type { Step } from './context.ts'
import { readCrds } from './crds.ts'
import { loadGenerators, loadTransformers, validate } from './external.ts'
import { mapAt, mapsAt, scalarsAt } from './file.ts'
import { generate, type GeneratedKind, mergeOptions } from './generate.ts'
import type { Resource } from './resource.ts'
import { builtinSpecs, mergeAllSpecs } from './specs.ts'
import { type Run, type Target } from './target.ts'
import { readSteps } from './transforms.ts'
import { bindVars, joinVars, readVars } from './vars.ts'
import { within } from './within.ts'

/** Runs every field of the file, in kustomize's order, on what is there (a component) or on nothing. */
export const runFields: Run = (target, into) => {
  const { root } = target.file
  within('accumulating resources', () =>
    accumulateResources(target, into, scalarsAt(root, 'resources')),
  )
  configure(target, into)
  generateAll(target, into)
  const all = within('accumulating components', () =>
    accumulateComponents(target, into, scalarsAt(root, 'components')),
  )
  transform(target, all)
  const vars = readVars(root)
  bindVars(all.map, vars)
  all.vars = joinVars(all.vars, vars)
  return all
}

function configure(target: Target, into: Accumulation): void {
  const { root } = target.file
  const load = (path: Scalar): Source => target.load(path.text, path)
  const configurations = scalarsAt(root, 'configurations')
  const own =
    configurations.length === 0
      ? builtinSpecs
      : mergeAllSpecs(builtinSpecs, readConfigurations(configurations, load), root)
  into.specs = mergeAllSpecs(into.specs, own, root)
  const crds = scalarsAt(root, 'crds')
  if (crds.length > 0) into.specs = mergeAllSpecs(into.specs, readCrds(crds, load), root)
}

function generateAll(target: Target, into: Accumulation): void {
  const context = target.context(into)
  const { root } = target.file
  const global = mapAt(root, 'generatorOptions')
  const make = (kind: GeneratedKind, field: string): readonly Resource[] =>
    mapsAt(root, field).map(args => {
      const options = mergeOptions(mapAt(args, 'options'), global)
      const resource = generate(kind, args, options, context)
      resource.origin = target.originOf(`${kind}Generator`)
      return resource
    })
  const made = [...make('ConfigMap', 'configMapGenerator'), ...make('Secret', 'secretGenerator')]
  const [chart] = mapsAt(root, 'helmCharts')
  if (chart) {
    const at = root.key('helmCharts') ?? chart
    const message = 'must specify --enable-helm'
    target.session.findings.push({ code: 'helm-charts', message: HELM, at: chart })
    throw new Refusal(`trouble configuring builtin HelmChartInflationGenerator: ${message}`, at)
  }
  const external = loadGenerators(target, context)
  for (const resource of made) take(into, resource)
  for (const run of external) for (const resource of run()) take(into, resource)
}

function take(into: Accumulation, resource: Resource): void {
  within('merging from generator', () => absorb(into.map, resource))
}

function transform(target: Target, all: Accumulation): void {
  const context = target.context(all)
  const steps = [
    ...readSteps(context, kind => target.originOf(kind)),
    ...loadTransformers(target, context, 'transformers'),
  ]
  for (const step of steps) runStep(all, step)
  for (const step of loadTransformers(target, context, 'validators')) validate(all.map, step)
}

const HELM =
  'Flux builds without helm: a helmCharts entry fails there, a HelmRelease does what it means'

function runStep({ map }: Accumulation, { run, origin }: Step): void {
  run(map)
  if (origin)
    for (const resource of map.resources) {
      if (resource.origin === undefined) resource.origin = origin
      else resource.addTransformation(origin)
    }
  map.dropEmpty()
}
