import { Refusal } from '../kube/refusal.ts'
import type { Scalar } from '../yaml/node.ts'
import { Accumulation } from './accumulation.ts'
import { readKustomization } from './kustfile.ts'
import { isWithin, type Loader, Remote } from './loader.ts'
import { ignoredText, type ReadObjects, readObjects } from './objects.ts'
import { appendPath } from './origin.ts'
import { isKnownKind } from './resid.ts'
import { type Origin, Resource } from './resource.ts'
import type { KnownBase } from './session.ts'
import { type Target } from './target.ts'
import { within } from './within.ts'

/** `resources`: each entry as a file, failing that as a directory. */
export function accumulateResources(
  target: Target,
  into: Accumulation,
  paths: readonly Scalar[],
): void {
  for (const path of paths) {
    const refusal = attempt(() => accumulateFile(target, into, path))
    if (refusal) accumulateBase(target, into, path, refusal)
  }
}

function attempt(run: () => void): Refusal | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function accumulateFile(target: Target, into: Accumulation, path: Scalar): void {
  const resources: Resource[] = []
  within(
    `accumulating resources from '${path.text}'`,
    () => {
      const file = target.locate(path.text, path)
      const read = readFile(target, file, path)
      if (read.ignored) target.session.findings.push(ignoredText(read.ignored))
      const origin: Origin | undefined = target.origin && {
        path: appendPath(target.origin, path.text),
      }
      for (const root of read.roots) {
        const resource = new Resource(root, file)
        resource.readFrom(origin)
        target.session.hasUnknown ||= !isKnownKind(resource.id)
        resources.push(resource)
      }
    },
    path,
  )
  within(`merging resources from '${path.text}'`, () => into.map.appendAll(resources), path)
}

/** The objects of a file; where it is no YAML, kustomize names the file behind the reader's words. */
function readFile(target: Target, file: string, path: Scalar): ReadObjects {
  try {
    return target.loader.store.objects(file, readObjects)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { message, at = path } = error
    const isMalformed = message.startsWith('MalformedYAMLError')
    throw new Refusal(isMalformed ? `${message} in File: ${path.text}` : message, at)
  }
}

/** What remains when an entry is no file; both reasons are told where neither works. */
function accumulateBase(target: Target, into: Accumulation, path: Scalar, asFile: Refusal): void {
  const prefix = `accumulation err='${asFile.message}'`
  let loader: Loader
  try {
    loader = target.loader.enter(path.text, path)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    reportRemote(target, path, error)
    if (asFile.message.includes('MalformedYAMLError')) throw asFile
    const isHere = asFile.at !== undefined && asFile.at !== path
    throw new Refusal(`${prefix}: ${error.message}`, isHere ? asFile.at : path)
  }
  within(prefix, () => accumulateDirectory(target, into, loader, path, false), path)
}

function reportRemote(target: Target, path: Scalar, error: Refusal): void {
  if (!(error instanceof Remote)) return
  target.session.findings.push({
    code: 'remote-base',
    message: `${path.text} lies outside this repository: Flux fetches it on every build`,
    at: path,
  })
}

/** `components`: directories whose fields run on what is there already. */
export function accumulateComponents(
  target: Target,
  into: Accumulation,
  paths: readonly Scalar[],
): Accumulation {
  let all = into
  for (const path of paths) {
    let loader: Loader
    try {
      loader = target.loader.enter(path.text, path)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      reportRemote(target, path, error)
      throw new Refusal(`loader.New "${error.message}"`, path)
    }
    all = within(
      'accumulateDirectory',
      () => quoted(() => accumulateDirectory(target, all, loader, path, true)),
      path,
    )
  }
  return all
}

/** Errors of components stand in quotes. */
function quoted<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(JSON.stringify(error.message), error.at)
    throw error
  }
}

function accumulateDirectory(
  target: Target,
  into: Accumulation,
  loader: Loader,
  path: Scalar,
  isComponent: boolean,
): Accumulation {
  const { session } = target
  try {
    const known = isComponent ? undefined : knownBase(target, loader)
    if (known) {
      into.merge(known, path)
      return into
    }
    const sub = enter(target, loader, path)
    const isOne = sub.file.kind === 'Component'
    if (isOne !== isComponent)
      throw new Refusal(
        isComponent
          ? `expected kind 'Component' for path '${loader.shown}' but got '${sub.file.kind}'`
          : `expected kind != 'Component' for path '${loader.shown}'`,
        path,
      )
    const made = within(`recursed accumulation of path '${loader.shown}'`, () =>
      isComponent ? sub.accumulate(into) : accumulateShared(sub),
    )
    const merged = isComponent ? new Accumulation() : into
    within(`recursed merging from path '${loader.shown}'`, () => merged.merge(made, path))
    return merged
  } catch (error) {
    if (error instanceof Refusal) session.chain.push({ span: path, text: 'built from here' })
    throw error
  }
}

function enter(target: Target, loader: Loader, path: Scalar): Target {
  const { session } = target
  const read = within(`couldn't make target for path '${loader.shown}'`, () =>
    readKustomization(loader),
  )
  session.roots.add(loader.root)
  if (read.path !== undefined) session.files.add(read.path)
  session.findings.push(...read.findings)
  const origin = target.origin && { path: appendPath(target.origin, path.text) }
  const sub = target.enter(loader, read.file, origin)
  session.setSchema(read.file.root, at => sub.load(at.text, at))
  return sub
}

/** A base as an earlier build left it, unless this way to it would be a circle. */
function knownBase({ session }: Target, loader: Loader): Accumulation | undefined {
  if (!session.sharesBases) return undefined
  const known = session.caches.bases.get(loader.root)
  if (known === undefined || closesCircle(known, loader)) return undefined
  session.findings.push(...known.findings)
  for (const file of known.files) session.files.add(file)
  for (const root of known.roots) session.roots.add(root)
  session.hasMerged ||= known.hasMerged
  session.hasUnknown ||= known.hasUnknown
  return known.accumulation.copy()
}

function closesCircle(known: KnownBase, loader: Loader): boolean {
  const [, ...visited] = loader.chain()
  return [...known.roots].some(root => visited.some(one => isWithin(root, one)))
}

/** Builds a base and keeps what it comes to. */
function accumulateShared(sub: Target): Accumulation {
  const { session } = sub
  const outer = { findings: session.findings, files: session.files, roots: session.roots }
  session.findings = []
  session.files = new Set()
  session.roots = new Set([sub.loader.root])
  try {
    const accumulation = sub.accumulate()
    const { findings, files, roots } = session
    if (session.sharesBases)
      session.caches.bases.set(sub.loader.root, {
        accumulation: accumulation.copy(),
        findings,
        files,
        roots,
        hasMerged: session.hasMerged,
        hasUnknown: session.hasUnknown,
      })
    return accumulation
  } finally {
    session.findings = [...outer.findings, ...session.findings]
    session.files = new Set([...outer.files, ...session.files])
    session.roots = new Set([...outer.roots, ...session.roots])
  }
}
