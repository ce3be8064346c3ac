import type { Config, SourceConfig } from '../tree/config.ts'
import { type KubeObject, scalarText } from '../kube/object.ts'
import type { Tree } from '../tree/tree.ts'
import type { Node } from '../yaml/node.ts'
import { type Artifact, isWithin, makeArtifact, narrow, type OwnIgnore } from './artifact.ts'
import { itemsAt, mapAt, scalarAt, textAt } from './fields.ts'
import { isKustomization, SOURCE, type SourceRef, sourceRefOf } from './kinds.ts'
import type { Origin } from './model.ts'
import { nearest } from './nearest.ts'
import { cleanPath, joinRoot } from './paths.ts'
import type { Written } from './scan.ts'

/** What `flux bootstrap` and flux-operator call the source of the cluster's own repository. */
export const BOOTSTRAP_NAME = 'flux-system'

/** Decides which sources are this repository and makes their artifacts, each once. */
export class Sources {
  readonly #tree: Tree
  readonly #config: Config
  readonly #written: readonly Written[]
  readonly #artifacts = new Map<string, Artifact>()
  readonly #roots = new Map<string, string | undefined>()

  constructor(tree: Tree, config: Config, written: readonly Written[]) {
    this.#tree = tree
    this.#config = config
    this.#written = written
  }

  /** What the configuration says of a source, undefined where it says nothing. */
  configured(ref: SourceRef): Origin | undefined {
    const said = this.#config.sources.find(one => isMeant(one, ref))
    if (said === undefined) return undefined
    if (said.external) return { kind: 'external', why: 'the configuration says so' }
    return this.here(cleanPath(said.root ?? ''), undefined)
  }

  /** The origin that a source object is. `start` is the source that the cluster is started with. */
  of(source: KubeObject, start: KubeObject | undefined): Origin {
    if (isStart(source, start)) return this.#byPaths(source, true)
    if (source.id.kind !== 'GitRepository') return this.#byPaths(source, false)
    const url = repositoryUrl(source)
    if (start !== undefined && start.id.kind === 'GitRepository') {
      if (url !== repositoryUrl(start)) return external(`it is another repository, ${url}`)
      if (reference(source) !== reference(start))
        return external(`it is another revision of this repository, ${reference(source)}`)
      return this.#byPaths(source, true)
    }
    return this.#byPaths(source, false)
  }

  /**
   * A source that nobody shows us, of a cluster that is started elsewhere: this repository, if the paths
   * that it is used with are there; missing, if it looks like a misspelt one that the repository shows.
   */
  unseen(ref: SourceRef): Origin {
    const shown = this.#written
      .map(one => one.object.id)
      .filter(id => id.group === SOURCE && id.kind === ref.kind)
    if (nearest(ref.name, [...new Set(shown.map(id => id.name))]) !== undefined)
      return { kind: 'missing' }
    const root = this.#rootFor(ref)
    return root === undefined
      ? external(`no ${ref.kind} ${ref.name} is in the repository`)
      : this.here(root, undefined)
  }

  /** The submodule that a folder of the repository lies in: what it holds is in another one. */
  submoduleAround(folder: string): string | undefined {
    const found = this.#tree.entries().find(one => {
      return one.kind === 'submodule' && isWithin(folder, one.path)
    })
    return found?.path
  }

  here(root: string, source: KubeObject | undefined): Origin {
    const ignore = source && ownIgnore(source)
    const sparse = itemsAt(source?.root, 'spec', 'sparseCheckout').map(one =>
      joinRoot(root, textOf(one)),
    )
    const key = [root, ignore?.text ?? '', ignore === undefined, ...sparse].join('\0')
    let artifact = this.#artifacts.get(key)
    if (artifact === undefined) {
      artifact = makeArtifact(this.#tree, root, ignore)
      if (sparse.length > 0)
        artifact = narrow(artifact, path => sparse.some(folder => isWithin(path, folder)))
      this.#artifacts.set(key, artifact)
    }
    return { kind: 'here', root, artifact }
  }

  #byPaths(source: KubeObject, isOurs: boolean): Origin {
    const { id } = source
    const root = this.#rootFor({ kind: id.kind, namespace: id.namespace, name: id.name })
    if (root !== undefined) return this.here(root, source)
    return isOurs ? this.here('', source) : external(`its content is not in this repository`)
  }

  /** The folder below which the paths exist that Kustomizations use with a source. */
  #rootFor(ref: SourceRef): string | undefined {
    const key = `${ref.kind}/${ref.name}`
    if (!this.#roots.has(key)) this.#roots.set(key, this.#findRoot(ref))
    return this.#roots.get(key)
  }

  #findRoot(ref: SourceRef): string | undefined {
    const paths = new Set<string>()
    for (const { object } of this.#written) {
      if (!isKustomization(object)) continue
      const used = sourceRefOf(object)
      const path = cleanPath(textAt(object.root, 'spec', 'path'))
      if (used.kind === ref.kind && used.name === ref.name && path !== '') paths.add(path)
    }
    let best: { root: string; hits: number } | undefined
    for (const root of this.#folders(paths)) {
      const hits = [...paths].filter(path => this.#isFolder(joinRoot(root, path))).length
      const isBetter =
        best === undefined ||
        hits > best.hits ||
        (hits === best.hits && root.length < best.root.length)
      if (hits > 0 && isBetter) best = { root, hits }
    }
    if (best !== undefined) return best.root
    return ref.kind === 'GitRepository' && this.#isMeantHere(ref, paths) ? '' : undefined
  }

  /** Whether paths that do not exist look like folders of this repository that somebody misspelled. */
  #isMeantHere(ref: SourceRef, paths: ReadonlySet<string>): boolean {
    if (ref.name === BOOTSTRAP_NAME) return true
    return [...paths].some(path => this.#isFolder(path.split('/')[0] ?? ''))
  }

  #isFolder(path: string): boolean {
    return this.#tree.entry(path)?.kind === 'directory'
  }

  /** The folders below which at least the first segment of a path exists. */
  *#folders(paths: ReadonlySet<string>): Iterable<string> {
    const firsts = new Set([...paths].map(path => path.split('/')[0] ?? ''))
    const folders = new Set([''])
    for (const { path } of this.#tree.entries()) {
      const segments = path.split('/')
      for (let n = 1; n < segments.length; n++)
        if (firsts.has(segments[n] ?? '')) folders.add(segments.slice(0, n).join('/'))
    }
    yield* folders
  }
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? node.text : ''
}

/** The folders of an artifact that other repositories are copied into. */
export function includedFolders(source: KubeObject): string[] {
  return itemsAt(source.root, 'spec', 'include').map(item =>
    cleanPath(textAt(item, 'toPath') || textAt(item, 'repository', 'name')),
  )
}

function external(why: string): Origin {
  return { kind: 'external', why }
}

function isMeant(one: SourceConfig, ref: SourceRef): boolean {
  return (
    one.kind === ref.kind &&
    one.name === ref.name &&
    (one.namespace === undefined || one.namespace === ref.namespace)
  )
}

function isStart(source: KubeObject, start: KubeObject | undefined): boolean {
  if (start === undefined) return false
  const [a, b] = [source.id, start.id]
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace
}

/** The repository a URL means, however it is written: protocol, user, port and `.git` aside. */
function repositoryUrl({ root }: KubeObject): string {
  const url = textAt(root, 'spec', 'url')
  const match = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)(?::\d+)?[:/]+(.*?)(?:\.git)?\/*$/i.exec(url)
  return match ? `${match[1]}/${match[2]}`.toLowerCase() : url
}

/** Branch, tag, version or commit in the order in which Flux prefers them. */
function reference({ root }: KubeObject): string {
  const ref = mapAt(root, 'spec', 'ref')
  for (const key of ['commit', 'name', 'semver', 'tag', 'branch']) {
    const value = scalarText(ref, key)
    if (value !== '') return `${key} ${value}`
  }
  return 'branch master'
}

function ownIgnore({ root }: KubeObject): OwnIgnore | undefined {
  const node = scalarAt(root, 'spec', 'ignore')
  if (node === undefined) return undefined
  const { text } = node
  return {
    text,
    place: (start, end) => {
      const line = text.slice(start, end)
      const at = node.source.text.indexOf(line, node.start)
      return at === -1 || at >= node.end ? node : node.source.span(at, at + line.length)
    },
  }
}
