import type { Config } from '../tree/config.ts'
import type { Input, YamlFile } from '../checks/input.ts'
import type { Commit } from '../commits/commit.ts'
import { scopeFolders } from '../commits/folders.ts'
import { judgeHistory } from '../commits/landing.ts'
import { readPolicy } from '../commits/policy.ts'
import { isGuessed } from '../flux/decrypt.ts'
import type { Model } from '../flux/model.ts'
import { formatId, type KubeObject } from '../kube/object.ts'
import { judgeKind } from '../kube/kind.ts'
import { judge } from '../kube/verdict.ts'
import { isCrd } from '../schema/crd/kinds.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import { parse } from '../yaml/parse.ts'
import type { Parsed } from '../yaml/node.ts'
import { judgeUnbuilt } from './unbuilt.ts'
import { secretFindings } from './secrets.ts'

/** What the shells hand to the gate. */
export interface Request {
  readonly tree: Tree
  readonly base: Tree | undefined
  readonly config: Config
  readonly schemas: Schemas
  /** ISO date. */
  readonly today: string
  readonly commits: readonly Commit[]
  /** The paths that each commit touches, by its id, where known. */
  readonly touched?: ReadonlyMap<string, readonly string[]>
  /** Makes Flux's model of a tree. */
  readonly model: (tree: Tree) => Model
}

const YAML_NAME = /\.ya?ml$/i

/** Larger files are not parsed unless Flux reaches them. */
const MAX_LOOSE_BYTES = 16 * 1024 * 1024

/** Runs each stage on first use and keeps what it said. */
export function createInput(request: Request, time: <T>(stage: string, run: () => T) => T): Input {
  const model = once(() => time('render', () => request.model(request.tree)))
  const baseModel = once(() =>
    time('render base', () => (request.base ? request.model(request.base) : undefined)),
  )
  const yamlFiles = once(() => time('read', () => readYaml(request.tree)))
  const found = once(() =>
    Map.groupBy(collect(request, yamlFiles(), model(), time), finding => finding.code),
  )
  return {
    tree: request.tree,
    base: request.base,
    config: request.config,
    schemas: request.schemas,
    today: request.today,
    commits: request.commits,
    get yamlFiles() {
      return yamlFiles()
    },
    get model() {
      return model()
    },
    get baseModel() {
      return baseModel()
    },
    found: code => found().get(code) ?? [],
    codes: () => [...found().keys()],
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function readYaml(tree: Tree): YamlFile[] {
  return tree
    .entries()
    .filter(entry => entry.kind === 'file' && YAML_NAME.test(entry.path))
    .filter(entry => entry.size <= MAX_LOOSE_BYTES)
    .map(entry => ({ path: entry.path, parsed: parseBytes(entry.path, tree.read(entry.path)) }))
}

function parseBytes(path: string, bytes: Uint8Array): Parsed {
  const text = decode(bytes)
  if (typeof text === 'string') return parse(new Source(path, text), 'v3')
  const source = new Source(path, '')
  const problem = { ...source.span(0), message: text.message }
  return { documents: [], comments: [], problem, ignored: undefined }
}

function* collect(
  request: Request,
  files: readonly YamlFile[],
  model: Model,
  time: <T>(stage: string, run: () => T) => T,
): Iterable<Finding> {
  yield* model.findings
  const read = new Set(model.kustomizations.flatMap(one => [...(one.build?.files ?? [])]))
  yield* unparsable(files, read)
  for (const { build, directory } of model.kustomizations)
    if (build) for (const finding of build.findings) yield seenIn(finding, directory)
  yield* time('judge', () => [...judgeAll(model, withCrds(request.schemas, files, model))])
  yield* time('commits', () => judgeCommits(request))
  for (const one of model.kustomizations)
    for (const finding of judgeUnbuilt(one, files, request.schemas))
      yield seenIn(finding, one.directory)
  const { tree, config, today } = request
  yield* time('secrets', () => secretFindings({ tree, config, today, model }))
}

function judgeCommits({ commits, touched, config, tree }: Request): readonly Finding[] {
  if (commits.length === 0) return []
  const policy = readPolicy(config.commits)
  const history = {
    commits,
    touched,
    folders: scopeFolders(tree.entries().map(entry => entry.path)),
    method: policy.mergeMethod,
  }
  return judgeHistory(history, policy)
}

function* unparsable(files: readonly YamlFile[], read: ReadonlySet<string>): Iterable<Finding> {
  for (const { path, parsed } of files) {
    if (parsed.problem === undefined) continue
    const { message } = parsed.problem
    const loose = { level: 'note', help: 'no Flux path reaches this file' } as const
    yield { code: 'unparsable-yaml', message, at: parsed.problem, ...(read.has(path) ? {} : loose) }
  }
}

/** CRDs of the repository, as files and as rendered, give the schemas of their kinds. */
function withCrds(schemas: Schemas, files: readonly YamlFile[], model: Model): Schemas {
  const written = files.flatMap(file => file.parsed.documents.map(document => document.root))
  const rendered = model.kustomizations.flatMap(one => one.objects.map(object => object.root))
  const maps = [...written, ...rendered].filter(root => root?.kind === 'map')
  return schemas.withCrds(maps.filter(isCrd))
}

function* judgeAll(model: Model, schemas: Schemas): Iterable<Finding> {
  for (const { objects, directory } of model.kustomizations)
    for (const object of objects)
      for (const finding of judgeOne(object, schemas))
        if (!isGuessed(finding.at)) yield seenIn(finding, directory)
  for (const { loose } of model.clusters)
    for (const object of loose) yield* judgeOne(object, schemas)
}

/** Judges an object as it is after decryption: without the envelope, and encrypted values are unknown. */
function judgeOne(object: KubeObject, schemas: Schemas): readonly Finding[] {
  if (!object.root.has('sops')) return judgeBoth(object, schemas).map(one => named(one, object))
  const root = object.root.without('sops')
  return judgeBoth({ ...object, root }, schemas)
    .filter(({ at }) => !isEncrypted(at.source.text.slice(at.start, at.end)))
    .map(one => named(one, object))
}

function judgeBoth(object: KubeObject, schemas: Schemas): readonly Finding[] {
  const kind = judgeKind(object, schemas)
  return kind === undefined ? judge(object, schemas) : [kind, ...judge(object, schemas)]
}

function isEncrypted(text: string): boolean {
  return /^["']?ENC\[/.test(text)
}

function named(finding: Finding, object: KubeObject): Finding {
  return { ...finding, object: finding.object ?? formatId(object.id) }
}

function seenIn(finding: Finding, directory: string | undefined): Finding {
  return directory === undefined || finding.seenIn ? finding : { ...finding, seenIn: [directory] }
}
