import { setTimeout as sleep } from 'node:timers/promises'
import { parseAllDocuments } from 'yaml'
import { condition } from './api.ts'
import { type Case, CHARTS, type Effect, GIT, type Seal } from './cases/case.ts'
import type { Cluster } from './cluster.ts'
import type { CaseFacts, Fact } from './facts.ts'
import { type Files, textOf } from './git.ts'
import { dig, isObj, type Obj, text } from './json.ts'
import { appliedBy, KUSTOMIZATIONS, readAll } from './reading.ts'
import { refOf } from './story.ts'
import type { World } from './world.ts'

const RELEASES = '/apis/helm.toolkit.fluxcd.io/v2/helmreleases'
/** Nothing may move for so long before what is read counts. */
const QUIET_MS = 8_000
/** How long objects may be in progress while nothing else moves. */
const STUCK_MS = 120_000
const PATIENCE_MS = 900_000

/** Applies all repositories to one cluster at the same time and reads what became of them. */
export async function runCases(
  cluster: Cluster,
  world: World,
  cases: readonly Case[],
  seal: Seal,
): Promise<CaseFacts[]> {
  world.git.create('cases')
  const { trees } = publish(world, cases, one => (one.before ?? one.files)(seal))
  const start = (one: Case) => bootstrap(cluster, world, one, trees.get(one.name) ?? {})
  const parts = Map.groupBy(cases, one => one.before !== undefined)
  const [changing, others] = [parts.get(true) ?? [], parts.get(false) ?? []]
  await inGroups(changing, 8, start)
  const [heads] = await Promise.all([
    advance(cluster, world, changing, seal),
    inGroups(others, 8, start),
  ])
  return readCases(cluster, cases, heads)
}

/**
 * Asks the controllers once more about some of them: on a slow machine something may have run out of its
 * time. An answer that has another reason stays as it is.
 */
export async function askAgain(cluster: Cluster, cases: readonly Case[]): Promise<CaseFacts[]> {
  const names = new Set(cases.map(one => one.name))
  const requestedAt = new Date().toISOString()
  const annotations = { 'reconcile.fluxcd.io/requestedAt': requestedAt }
  for (const one of await objectsOf(cluster, names))
    await cluster.api.merge(refOf(one), { metadata: { annotations } })
  return readCases(cluster, cases)
}

async function readCases(
  cluster: Cluster,
  cases: readonly Case[],
  heads: Heads = new Map(),
): Promise<CaseFacts[]> {
  const names = new Set(cases.map(one => one.name))
  const objects = Map.groupBy(await settled(cluster, names, heads), caseOf)
  const live = await readAll(cluster.api, [...objects.values()].flat())
  const facts: CaseFacts[] = []
  await inGroups(cases, 8, async one => {
    const own = objects.get(one.name) ?? []
    facts.push({
      name: one.name,
      facts: own.map(factOf),
      effects: await Promise.all(one.effects.map(effect => isSeen(cluster, effect))),
      applied: appliedBy(live, own),
    })
  })
  return facts.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The Flux objects of some cases. */
async function objectsOf({ api }: Cluster, names: ReadonlySet<string>): Promise<readonly Obj[]> {
  const lists = await Promise.all([KUSTOMIZATIONS, RELEASES].map(path => api.list(path)))
  // What is suspended says nothing.
  const isAwake = (one: Obj) => dig(one, 'spec', 'suspend') !== true
  return lists.flat().filter(one => names.has(caseOf(one)) && isAwake(one))
}

/** Puts each repository on a branch of its own; answers with the files as they are there. */
function publish({ git, helm }: World, cases: readonly Case[], filesOf: (one: Case) => Files) {
  const trees = new Map<string, Files>()
  for (const one of cases) {
    const placed = Object.entries(filesOf(one)).map(([path, content]): [string, Files[string]] => {
      if (typeof content !== 'string') return [path, content]
      const url = `${git.url}/cases.git`
      return [path, content.replaceAll(GIT, url).replaceAll(CHARTS, helm.url)]
    })
    trees.set(one.name, Object.fromEntries(placed))
  }
  const heads = git.commit('cases', trees, 'chore: start')
  return { trees, heads }
}

/** Once what was there before is applied, what is there now is pushed; answers with the commits. */
async function advance(
  cluster: Cluster,
  world: World,
  cases: readonly Case[],
  seal: Seal,
): Promise<Heads> {
  const names = new Set(cases.map(one => one.name))
  if (names.size === 0) return new Map()
  await settled(cluster, names)
  const { heads } = publish(world, cases, one => one.files(seal))
  const requestedAt = new Date().toISOString()
  const annotations = { 'reconcile.fluxcd.io/requestedAt': requestedAt }
  const apiVersion = 'source.toolkit.fluxcd.io/v1'
  await inGroups(cases, 8, async ({ name }) => {
    const metadata = { name: 'flux-system', namespace: name }
    await cluster.api.merge(
      { apiVersion, kind: 'GitRepository', metadata },
      { metadata: { annotations } },
    )
  })
  return new Map([...heads].filter(([name]) => names.has(name)))
}

/** The commits that Kustomizations of some cases must have come to. */
type Heads = ReadonlyMap<string, string>

async function bootstrap(
  { api }: Cluster,
  { identity }: World,
  { name }: Case,
  files: Files,
): Promise<void> {
  await api.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  const metadata = { name: 'sops-age', namespace: name }
  const stringData = { 'age.agekey': identity }
  await api.put(Object.assign({ apiVersion: 'v1', kind: 'Secret', metadata }, { stringData }))
  const sync = Object.keys(files).find(path => path.endsWith('/gotk-sync.yaml')) ?? ''
  for (const document of parseAllDocuments(textOf(files[sync]))) {
    const object: unknown = document.toJS()
    if (isObj(object)) await api.put(refOf(object))
  }
}

/**
 * The Flux objects of the cases once each has an answer and none has changed for a while. An object that is
 * looked at again counts by the answer it had before.
 */
async function settled(
  cluster: Cluster,
  names: ReadonlySet<string>,
  heads: Heads = new Map(),
): Promise<readonly Obj[]> {
  const isAnswered = (one: Obj) => isSettled(one) && isAt(one, heads)
  const isWaited = (one: Obj) =>
    !isAnswered(one) && condition(answered.get(uid(one)))?.reason === 'DependencyNotReady'
  const end = Date.now() + PATIENCE_MS
  const answered = new Map<string, Obj>()
  let [last, since] = ['', Date.now()]
  for (;;) {
    const own = await objectsOf(cluster, names)
    for (const one of own) if (isAnswered(one)) answered.set(uid(one), one)
    const best = own.map(one => (isWaited(one) ? one : (answered.get(uid(one)) ?? one)))
    const state = best.map(identify).join('\n')
    if (state !== last) [last, since] = [state, Date.now()]
    const isFinal = own.length > 0 && best.every(isAnswered)
    const quiet = Date.now() - since
    if ((isFinal && quiet > QUIET_MS) || quiet > STUCK_MS || Date.now() > end) return best
    await Promise.race([sleep(1000), cluster.processes.failed])
  }
}

/** Whether a Kustomization has tried the commit that its case must come to. */
function isAt(object: Obj, heads: Heads): boolean {
  const head = heads.get(caseOf(object))
  if (head === undefined || text(object, 'kind') !== 'Kustomization') return true
  return text(object, 'status', 'lastAttemptedRevision').endsWith(head)
}

/** The case that an object belongs to: what applied it tells, where it stands in a namespace of its own. */
function caseOf(object: Obj): string {
  const owner = text(object, 'metadata', 'labels', 'kustomize.toolkit.fluxcd.io/namespace')
  return owner || text(object, 'metadata', 'namespace')
}

function uid(object: Obj): string {
  return text(object, 'metadata', 'uid')
}

function identify(object: Obj): string {
  const ready = condition(object)
  return [uid(object), ready?.status, ready?.reason].join(' ')
}

function isSettled(object: Obj): boolean {
  const asked = text(object, 'metadata', 'annotations', 'reconcile.fluxcd.io/requestedAt')
  if (asked !== '' && asked !== text(object, 'status', 'lastHandledReconcileAt')) return false
  const ready = condition(object)
  return ready !== undefined && ready.status !== 'Unknown' && ready.reason !== 'Progressing'
}

function factOf(object: Obj): Fact {
  const ready = condition(object)
  const { name, namespace = '' } = refOf(object).metadata
  return {
    kind: text(object, 'kind') === 'HelmRelease' ? 'HelmRelease' : 'Kustomization',
    name,
    namespace,
    ready: ready?.status ?? '',
    reason: ready?.reason ?? '',
    message: calm(ready?.message ?? ''),
  }
}

/** A message without what differs from run to run. */
function calm(message: string): string {
  return message
    .replaceAll(/\/tmp\/fluxgate-e2e-[^/]+\/kustomization-\d+/g, '')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/\b[0-9a-f]{40,64}\b/g, 'SHA')
    .slice(0, 600)
}

async function isSeen({ api }: Cluster, { of, path, shows }: Effect): Promise<boolean> {
  const found = await api.read(of)
  const value = path.length === 0 ? found : dig(found, ...path)
  if ('none' in shows) return value === undefined && (path.length === 0 || found !== undefined)
  if ('begin' in shows) return typeof value === 'string' && value.startsWith(shows.begin)
  return value === shows.value
}

async function inGroups<T>(
  all: readonly T[],
  size: number,
  act: (one: T) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < all.length; i += size) await Promise.all(all.slice(i, i + size).map(act))
}
