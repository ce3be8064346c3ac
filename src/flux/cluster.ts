import type { Builder } from '../kustomize/build.ts'
import type { KubeObject } from '../kube/object.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import type { Config } from '../tree/config.ts'
import type { Finding } from '../text/diagnostic.ts'
import { baseName } from '../tree/tree.ts'
import { print } from '../yaml/print.ts'
import { isWithin } from './artifact.ts'
import { beforeBootstrap } from './bootstrap.ts'
import type { Entry } from './entries.ts'
import { isTrue, mapAt, nodeAt, textAt } from './fields.ts'
import type { Files } from './files.ts'
import { bearsFlags, type Flags, flagsIn, gateOf, versionOf, withoutRemotes } from './flags.ts'
import { type Generated, generatedBy, isGenerator } from './generator.ts'
import { isKustomization, keyOf, SOURCE, type SourceRef, sourceRefOf } from './kinds.ts'
import { Lookup } from './lookup.ts'
import type { Cluster, FluxKustomization, Origin, Skipped } from './model.ts'
import { outside } from './outside.ts'
import { cleanPath, joinRoot } from './paths.ts'
import { render, type Rendered } from './render.ts'
import { BOOTSTRAP_NAME, includedFolders, type Sources } from './sources.ts'
import { does } from './versions.ts'
import { collectVariables, hasVariables, variableSources } from './values.ts'

/** What all clusters of one model share. */
export interface Surroundings {
  readonly files: Files
  readonly config: Config
  readonly sources: Sources
  readonly builderFor: (origin: Origin & { readonly kind: 'here' }) => Builder
  /** What decrypts, where somebody gave an identity. */
  readonly keys?: DataKeys | undefined
}

export interface ClusterRun {
  readonly cluster: Cluster
  readonly lookup: Lookup
  /** What a source object of this cluster is. */
  readonly originOf: (source: KubeObject) => Origin
  readonly flags: Flags
  /** What a reference to a source leads to. */
  readonly resolve: (ref: SourceRef) => Origin
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skipped[]
}

interface Waiting {
  readonly object: KubeObject
  readonly parent: FluxKustomization | undefined
}

/** How often a Kustomization that changes itself is rendered anew. */
const MAX_ROUNDS = 4

/** Renders everything that one entry leads to: parents first, and what others need before those others. */
export function runCluster(entry: Entry, around: Surroundings): ClusterRun {
  return new Run(entry, around).run()
}

class Run {
  readonly #entry: Entry
  readonly #around: Surroundings
  readonly #lookup = new Lookup()
  readonly #generated = new Map<string, Generated>()
  readonly #done = new Map<string, FluxKustomization>()
  readonly #findings: Finding[] = []
  readonly #skipped: Skipped[] = []
  #start: KubeObject | undefined
  readonly #bearers: KubeObject[] = []
  #flags: Flags | undefined

  constructor(entry: Entry, around: Surroundings) {
    this.#entry = entry
    this.#around = around
  }

  run(): ClusterRun {
    const { kustomizations, others, name, open, synthetic } = this.#entry
    for (const object of [...others, ...kustomizations])
      this.#lookup.add({ object, owner: undefined })
    for (const one of this.#entry.starters ?? []) this.#flag(one)
    const [first] = kustomizations
    if (first && !open) this.#start = this.#sourceOf(first)
    const waiting: Waiting[] = kustomizations.map(object => ({ object, parent: undefined }))
    while (waiting.length > 0) {
      const ready = waiting.findIndex(one => this.#isReady(one.object))
      const [next] = waiting.splice(Math.max(0, ready), 1)
      if (next && !this.#done.has(keyOf(next.object.id))) waiting.push(...this.#visit(next))
    }
    const loose = synthetic
      ? []
      : [...kustomizations, ...others].filter(one => !this.#isApplied(one))
    const cluster = {
      name,
      open,
      flux: this.#version(),
      kustomizations: [...this.#done.values()],
      loose,
    }
    return {
      cluster,
      lookup: this.#lookup,
      flags: this.flags(),
      resolve: ref => this.#resolve(ref),
      originOf: source => this.#around.sources.configured(source.id) ?? this.#originOf(source),
      findings: this.#findings,
      skipped: this.#skipped,
    }
  }

  #isApplied({ id }: KubeObject): boolean {
    return this.#lookup.find(id.group, id.kind, id.namespace, id.name)?.owner !== undefined
  }

  #originOf(source: KubeObject): Origin {
    const generated = this.#generated.get(keyOf(source.id))
    return generated ? generated.origin() : this.#around.sources.of(source, this.#start)
  }

  #isReady(object: KubeObject): boolean {
    return (
      hasVariables(object, this.#lookup) &&
      (this.#sourceOf(object) !== undefined ||
        this.#around.sources.configured(sourceRefOf(object)) !== undefined)
    )
  }

  #sourceOf(object: KubeObject): KubeObject | undefined {
    return this.#find(sourceRefOf(object))
  }

  #find({ kind, namespace, name }: SourceRef): KubeObject | undefined {
    return this.#lookup.find(SOURCE, kind, namespace, name)?.object
  }

  /** Renders one Kustomization until it no longer changes itself, and gives back its children. */
  #visit({ object, parent }: Waiting): Waiting[] {
    const key = keyOf(object.id)
    let current = object
    let result = this.#render(current)
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (this.#takesOwnVariables(current, result.objects)) result = this.#render(current)
      const self = result.objects.find(one => isKustomization(one) && keyOf(one.id) === key)
      if (self === undefined || isSameSpec(self, current)) break
      current = self
      this.#lookup.add({ object: self, owner: undefined })
      result = this.#render(current)
    }
    const { findings, ...rendered } = result
    this.#findings.push(...findings)
    this.#skipped.push(...result.skipped)
    const made: FluxKustomization = {
      object: current,
      spec: mapAt(current.root, 'spec'),
      cluster: this.#entry.name,
      parent,
      ...rendered,
    }
    this.#done.set(key, made)
    this.#findings.push(...beforeBootstrap(made, this.#around.files))
    return this.#take(made)
  }

  /** What a Kustomization takes its variables from may be among what it applies: then it is there by the second time. */
  #takesOwnVariables(object: KubeObject, objects: readonly KubeObject[]): boolean {
    if (hasVariables(object, this.#lookup)) return false
    const wanted = new Set(variableSources(object))
    const own = objects.filter(one => wanted.has(keyOf(one.id)))
    for (const one of own) this.#lookup.add({ object: one, owner: undefined })
    return own.length > 0
  }

  /** Files what a Kustomization applies, and finds the Kustomizations among it. */
  #take(made: FluxKustomization): Waiting[] {
    const elsewhere = mapAt(made.spec, 'kubeConfig') !== undefined
    const children: Waiting[] = []
    for (const object of made.objects) {
      if (!elsewhere) this.#lookup.add({ object, owner: made })
      if (isGenerator(object)) this.#generate(object)
      if (!elsewhere && bearsFlags(object)) this.#flag(object)
      if (isKustomization(object)) children.push({ object, parent: made })
    }
    return children
  }

  /** The flags of the controllers, as what is rendered by now sets them. */
  flags(): Flags {
    return (this.#flags ??= flagsIn(this.#bearers))
  }

  #version(): string {
    return versionOf(this.flags(), this.#around.config.flux)
  }

  #flag(object: KubeObject): void {
    this.#bearers.push(object)
    this.#flags = undefined
  }

  #generate(generator: KubeObject): void {
    for (const one of generatedBy(generator, ref => this.#resolve(ref))) {
      this.#generated.set(keyOf(one.object.id), one)
      this.#lookup.add({ object: one.object, owner: undefined })
    }
  }

  #render(object: KubeObject): Rendered & { readonly skipped: readonly Skipped[] } {
    const { config } = this.#around
    const { variables, findings, skipped } = collectVariables(object, this.#lookup, config)
    const origin = this.#origin(object)
    const gate = gateOf(this.flags(), 'kustomize-controller', 'StrictPostBuildSubstitutions')
    const strict = gate ?? does('strictSubstitution', this.#version())
    const rendered = render(object, origin, variables, { ...this.#around, strict })
    const unknown = outside(object, origin, this.#lookup, this.#isSaid(object))
    return {
      ...rendered,
      build: rendered.build && withoutRemotes(rendered.build, this.flags()),
      refusals: [...unknown.findings.filter(isRefusal), ...rendered.refusals],
      findings: whileSuspended(object, [...findings, ...unknown.findings, ...rendered.findings]),
      skipped: [...skipped, ...unknown.skipped],
    }
  }

  #origin(object: KubeObject): Origin {
    const ref = sourceRefOf(object)
    if (ref.name === '' && this.#entry.synthetic) return this.#around.sources.here('', undefined)
    const source = this.#find(ref)
    const path = cleanPath(textAt(object.root, 'spec', 'path'))
    const included = source && includedFolders(source).find(folder => isWithin(path, folder))
    if (included !== undefined)
      return { kind: 'external', why: `${included} is included from another repository` }
    const origin = this.#resolve(ref, object)
    if (origin.kind !== 'here') return origin
    const { root, moved = '' } = origin
    const isFetched = isTrue(nodeAt(source?.root, 'spec', 'recurseSubmodules'))
    const submodule = isFetched && this.#around.sources.submoduleAround(joinRoot(root, path))
    if (submodule) return { kind: 'external', why: `${submodule} is a submodule` }
    return moved !== path && isWithin(moved, path)
      ? { kind: 'external', why: `its folder is put together around ${moved}` }
      : origin
  }

  #isSaid(object: KubeObject): boolean {
    return this.#around.sources.configured(sourceRefOf(object)) !== undefined
  }

  #resolve(ref: SourceRef, user?: KubeObject): Origin {
    const { sources } = this.#around
    const configured = sources.configured(ref)
    if (configured) return configured
    const found = this.#find(ref)
    if (found) return this.#originOf(found)
    if (this.#lookup.has(SOURCE, ref.kind, ref.namespace, ref.name))
      return { kind: 'external', why: 'a ResourceSet makes it' }
    const isBootstrap = ref.name === BOOTSTRAP_NAME
    if (!this.#entry.open && (!isBootstrap || this.#startsOtherwise(ref)))
      return { kind: 'missing' }
    // What a tenant's file brings beside it says nothing of the source that everything starts with.
    const speaks = user && (!isBootstrap || baseName(user.root.source.path) === 'gotk-sync.yaml')
    return speaks && this.#lookup.hasSourceBeside(user, ref.kind)
      ? { kind: 'missing' }
      : sources.unseen(ref)
  }

  /** Whether the source that the cluster is started with has this name, and another kind. */
  #startsOtherwise({ kind, namespace, name }: SourceRef): boolean {
    const start = this.#start?.id
    return start?.name === name && start.namespace === namespace && start.kind !== kind
  }
}

function isRefusal({ code }: Finding): boolean {
  return code === 'dangling-source'
}

/** What stops a Kustomization that is suspended stops nothing yet. */
function whileSuspended({ root }: KubeObject, findings: readonly Finding[]): readonly Finding[] {
  if (!isTrue(nodeAt(root, 'spec', 'suspend'))) return findings
  return findings.map(one => (one.level === undefined ? { ...one, level: 'warning' } : one))
}

function isSameSpec(a: KubeObject, b: KubeObject): boolean {
  const [x, y] = [mapAt(a.root, 'spec'), mapAt(b.root, 'spec')]
  return x === y || (x !== undefined && y !== undefined && print(x) === print(y))
}
