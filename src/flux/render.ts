import type { Builder, RootOverride } from '../kustomize/build.ts'
import { ignoredDocument } from '../kustomize/objects.ts'
import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding, Related } from '../text/diagnostic.ts'
import { MapNode } from '../yaml/node.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import { Source } from '../text/source.ts'
import { isEncrypted, open, type Opened } from './decrypt.ts'
import { mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import type { Files } from './files.ts'
import { readLax } from './lax.ts'
import { collisions } from './collisions.ts'
import { lockedSources } from './locked.ts'
import { generate, kustomizationFile, unreadable } from './generate.ts'
import type { FluxKustomization, Origin } from './model.ts'
import { nearest } from './nearest.ts'
import { cleanPath, folderIn, joinRoot } from './paths.ts'
import { rewrite } from './rewrite.ts'
import { isOptedOut, substitute } from './substitute.ts'
import { badNames } from './values.ts'
import type { Variables } from './variables.ts'

/** What rendering needs besides the Kustomization itself. */
export interface RenderContext {
  readonly files: Files
  readonly builderFor: (origin: Origin & { readonly kind: 'here' }) => Builder
  readonly strict: boolean
  readonly keys?: DataKeys | undefined
}

export type Rendered = Pick<
  FluxKustomization,
  | 'origin'
  | 'directory'
  | 'build'
  | 'objects'
  | 'encrypted'
  | 'refusals'
  | 'dropped'
  | 'variables'
  | 'uses'
  | 'locked'
> & { readonly findings: readonly Finding[] }

/** One Flux Kustomization from artifact to objects, in the order of kustomize-controller 1.9. */
export function render(
  object: KubeObject,
  origin: Origin,
  variables: Variables,
  context: RenderContext,
): Rendered {
  const nothing = {
    origin,
    directory: undefined,
    build: undefined,
    objects: [],
    encrypted: [],
    refusals: [],
    dropped: [],
    variables,
    uses: [],
  }
  if (origin.kind !== 'here') return { ...nothing, findings: [] }
  const path = nodeAt(object.root, 'spec', 'path')
  const text = path?.kind === 'scalar' ? path.text : ''
  const folder = folderIn(origin, text)
  const directory = folder ?? cleanPath(text)
  const missing = missingPath(object, origin, directory, folder !== undefined)
  if (missing) return { ...nothing, refusals: [missing], findings: [missing] }
  const file = rootFile(object, origin, directory, context)
  if (file.findings.length > 0) {
    const findings = file.findings.map(one => seen(one, directory))
    return { ...nothing, directory, refusals: findings, findings }
  }
  const sources = lockedSources(object, origin, directory, context.files)
  const build = context.builderFor(sources?.origin ?? origin).build(directory, file.override)
  const encrypted = build.objects.filter(isEncrypted)
  const dropped = build.objects.filter(isDropped)
  const opened = build.objects
    .filter(one => !isDropped(one))
    .map(one => open(one, object, context.keys))
  const { objects, uses, findings } = substituteAll(object, opened, variables, context.strict)
  const refusals = [...opened.flatMap(one => one.refusals), ...findings].map(one =>
    seen(one, directory),
  )
  const all = [...file.silent, ...refusals]
  const made = { directory, build, objects, encrypted, dropped, uses, refusals, findings: all }
  return { ...nothing, ...made, ...(sources && { locked: sources.paths }) }
}

/** What stops one Kustomization shows where that one builds, wherever the line is that caused it. */
function seen(finding: Finding, directory: string): Finding {
  return finding.seenIn === undefined ? { ...finding, seenIn: [directory] } : finding
}

/** The objects of a build with their variables replaced, where Flux replaces any. */
function substituteAll(
  { root }: KubeObject,
  opened: readonly Opened[],
  variables: Variables,
  strict: boolean,
): Pick<Rendered, 'objects' | 'uses' | 'findings'> {
  const objects = opened.map(one => one.object)
  const always = textAt(root, 'spec', 'postBuild', 'substituteStrategy') === 'Always'
  const isOn = mapAt(root, 'spec', 'postBuild') !== undefined
  const some = variables.byName.size > 0 || variables.opaque.length > 0
  if (!isOn || (!some && !always)) return { objects, uses: [], findings: [] }
  const bad = objects.every(one => isOptedOut(one.root)) ? [] : badNames(variables)
  const results = objects.map(one => substitute(one, variables, strict))
  return {
    objects: results.map(one => one.object),
    uses: results.flatMap(one => one.uses),
    findings: [
      ...bad,
      ...results.flatMap(one => one.findings),
      ...collisions(
        objects,
        results.map(one => one.object),
      ),
    ],
  }
}

interface RootFile {
  readonly override: RootOverride
  /** Why Flux refuses the folder. */
  readonly findings: readonly Finding[]
  /** What Flux takes in silence and kustomize does not. */
  readonly silent: readonly Finding[]
}

/** Whether Flux leaves an object of a build aside (fluxcd/pkg/ssa ReadObjects). */
function isDropped({ id }: KubeObject): boolean {
  return id.group === 'kustomize.config.k8s.io' && id.kind === 'Kustomization'
}

function rootFile(
  object: KubeObject,
  origin: Origin & { readonly kind: 'here' },
  directory: string,
  { files }: RenderContext,
): RootFile {
  const { tree } = origin.artifact
  const at = scalarAt(object.root, 'spec', 'path') ?? object.root
  const spec = mapAt(object.root, 'spec')
  const present = kustomizationFile(tree, directory)
  if (present === undefined) {
    const made = generate(tree, directory, files, at)
    const { file, findings } = rewrite(tree, directory, made.file, spec, false)
    return {
      override: { file, lax: true },
      findings: [...made.findings, ...findings],
      silent: [],
    }
  }
  const refused = unreadable(tree, directory, present, files)
  if (refused)
    return { override: { file: emptyFile(present), lax: true }, findings: [refused], silent: [] }
  const { root, ignored } = files.lax(present)
  const rest = ignored ? [ignoredDocument(ignored, 'a kustomization file')] : []
  const old = readLax(root?.kind === 'map' ? root : emptyFile(present))
  const { file, findings } = rewrite(tree, directory, old.file, spec, true)
  return { override: { file, lax: true }, findings, silent: [...old.findings, ...rest] }
}

function emptyFile(path: string): MapNode {
  return new MapNode([], [], new Source(path, '').span(0))
}

function missingPath(
  object: KubeObject,
  { artifact, root, moved }: Origin & { readonly kind: 'here' },
  directory: string,
  isInside: boolean,
): Finding | undefined {
  const { tree } = artifact
  const entry = isInside ? tree.entry(directory) : undefined
  if (entry?.kind === 'directory') return undefined
  const at = nodeAt(object.root, 'spec', 'path') ?? object.root
  const base = { code: 'missing-path', at, object: formatId(object.id), field: 'spec.path' }
  if (entry !== undefined)
    return {
      ...base,
      message: `kustomization path is a file, and Flux takes a folder: ${directory}`,
    }
  const message = `kustomization path not found: stat ${directory}: no such file or directory`
  const why = artifact.absence(directory)
  if (why === undefined) {
    const close = nearest(
      directory,
      folders(
        tree.entries().map(one => one.path),
        root,
      ),
    )
    if (close === undefined) return { ...base, message }
    const meant = moved === undefined ? close : joinRoot(moved, close.slice(root.length))
    return { ...base, message, help: `did you mean ${meant}?` }
  }
  if (why === 'link')
    return {
      ...base,
      message,
      help: 'it is a symbolic link, and Flux leaves links out of the artifact',
    }
  const related: readonly Related[] = why.at ? [{ span: why.at, text: 'left out here' }] : []
  return { ...base, message, related, help: 'the folder is there, but an ignore rule keeps it out' }
}

function folders(paths: readonly string[], root: string): readonly string[] {
  const all = new Set<string>()
  for (const path of paths) {
    const segments = path.split('/')
    for (let n = 1; n < segments.length; n++) all.add(segments.slice(0, n).join('/'))
  }
  return [...all].filter(path => root === '' || path.startsWith(`${root}/`))
}
