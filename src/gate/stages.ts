import type { YamlFile } from '../checks/input.ts'
import { scopeFolders } from '../commits/folders.ts'
import { judgeHistory } from '../commits/landing.ts'
import { readPolicy } from '../commits/policy.ts'
import type { Cluster, Model } from '../flux/model.ts'
import { isServedStill } from '../flux/removed.ts'
import { lostQuotes, quotesHelp } from '../flux/quotes.ts'
import { judgeKind } from '../kube/kind.ts'
import { formatId, type KubeObject } from '../kube/object.ts'
import { judge } from '../kube/verdict.ts'
import { isCrd } from '../schema/crd/kinds.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding, Related } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'
import { ListNode, type Made, MapNode, type Node, Scalar, type YamlProblem } from '../yaml/node.ts'
import type { Request } from './request.ts'
import { judgeCertain } from './certain.ts'
import { judgeChanges } from './updates.ts'
import { secretFindings } from './secrets.ts'
import { judgeUnbuilt } from './unbuilt.ts'

/** What all stages say: reading, Flux's model, building, the API server's verdict, commits. */
export function* collectFindings(
  request: Request,
  files: readonly YamlFile[],
  model: Model,
  time: <T>(stage: string, run: () => T) => T,
  base: () => Model | undefined,
): Iterable<Finding> {
  const problems = problemsOf(files)
  for (const finding of model.findings) yield unlessUnparsable(finding, problems)
  for (const { build, directory } of model.kustomizations)
    for (const finding of build?.findings ?? [])
      yield seenIn(unlessUnparsable(finding, problems), directory)
  yield* looseProblems(problems, model)
  const schemas = withCrds(request.schemas, files, model)
  yield* time('judge', () => [...judgeAll(model, schemas)])
  const before = base()
  if (before) yield* time('compare', () => [...judgeChanges(before, model, schemas)])
  for (const { objects, uses, directory } of model.kustomizations)
    for (const object of uses.length > 0 ? objects : [])
      for (const finding of lostQuotes(object, schemas)) yield seenIn(finding, directory)
  for (const one of model.kustomizations)
    for (const finding of judgeUnbuilt(one, files, schemas)) yield seenIn(finding, one.directory)
  yield* time('commits', () => judgeCommits(request))
  const { tree, config, today, leaks, elsewhere = [] } = request
  yield* time('secrets', () => secretFindings({ tree, config, today, model, leaks, elsewhere }))
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

function problemsOf(files: readonly YamlFile[]): ReadonlyMap<string, YamlProblem> {
  return new Map(
    files.flatMap(({ path, parsed }) => (parsed.problem ? [[path, parsed.problem] as const] : [])),
  )
}

/** A build that stops at a file nobody can parse says what the file's own finding says better. */
function unlessUnparsable(finding: Finding, problems: ReadonlyMap<string, YamlProblem>): Finding {
  const problem = problems.get(finding.at.source.path)
  if (problem === undefined || !/^(build-failed|not-a-manifest)$/.test(finding.code)) return finding
  const { message } = problem
  const { seenIn, related } = finding
  return {
    code: 'unparsable-yaml',
    message,
    at: problem,
    ...(seenIn ? { seenIn } : {}),
    ...(related ? { related } : {}),
  }
}

function* looseProblems(
  problems: ReadonlyMap<string, YamlProblem>,
  model: Model,
): Iterable<Finding> {
  const read = new Set(model.kustomizations.flatMap(one => [...(one.build?.files ?? [])]))
  const failed = [
    ...model.findings,
    ...model.kustomizations.flatMap(one => one.build?.findings ?? []),
  ]
  const named = new Set(failed.map(one => one.at.source.path))
  for (const [path, problem] of problems) {
    if (named.has(path)) continue
    const { message } = problem
    const loose = { level: 'note', help: 'no Flux path reaches this file' } as const
    yield { code: 'unparsable-yaml', message, at: problem, ...(read.has(path) ? {} : loose) }
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
  for (const cluster of model.clusters) yield* judgeCluster(cluster, schemas)
}

function* judgeCluster(cluster: Cluster, schemas: Schemas): Iterable<Finding> {
  const isOlder = (object: KubeObject) =>
    isServedStill(object, cluster.flux) &&
    !schemas.lookup(object.id.group, object.id.version, object.id.kind).ok
  for (const { objects, directory } of cluster.kustomizations)
    for (const object of objects.filter(one => !isOlder(one)))
      for (const finding of judgeCertain(object, one => judgeOne(one, schemas)))
        yield seenIn(finding, directory)
  for (const object of cluster.loose) if (!isOlder(object)) yield* judgeOne(object, schemas)
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
  const related = [...(finding.related ?? []), ...replacedBy(finding.at)]
  const help = finding.help ?? (isMade(finding.at) ? quotesHelp(finding.at) : undefined)
  return {
    ...finding,
    ...(help === undefined ? {} : { help }),
    object: finding.object ?? formatId(object.id),
    ...(related.length > 0 ? { related } : {}),
  }
}

/** Where a transformation made the value: what stood there before. */
function replacedBy(at: Span): Related[] {
  const made: Made | undefined = isMade(at) ? at.made : undefined
  const from = made?.from
  if (made === undefined || from === undefined) return []
  return [{ span: from, text: `${made.by} replaces this` }]
}

function isMade(at: Span): at is Node {
  return at instanceof Scalar || at instanceof MapNode || at instanceof ListNode
}

function seenIn(finding: Finding, directory: string | undefined): Finding {
  return directory === undefined || finding.seenIn ? finding : { ...finding, seenIn: [directory] }
}
