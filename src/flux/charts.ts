import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { baseName, type Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import type { Node } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { unpackChart } from './archive.ts'
import { composeValues } from './compose.ts'
import { isTrue, itemsAt, mapAt, scalarAt, textAt } from './fields.ts'
import { SOURCE } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Origin } from './model.ts'
import { cleanPath, joinRoot } from './paths.ts'
import { chartSource, releasesOf } from './releases.ts'
import { compareVersions, parseRange, parseVersion, satisfies } from './semver.ts'
import { type Chart, judgeValues } from './valuesschema.ts'

export interface ChartSources {
  /** The folder of `--charts`. */
  readonly cache: Tree | undefined
  /** What a source object is. */
  readonly originOf: (source: KubeObject) => Origin
}

/** Versions, charts and values of releases, as far as charts are at hand. */
export function* checkCharts(lookup: Lookup, sources: ChartSources): Iterable<Finding> {
  for (const release of releasesOf(lookup)) {
    const { kind, namespace, name } = chartSource(release)
    const source = lookup.find(SOURCE, kind, namespace, name)?.object
    if (source === undefined) continue
    if (kind === 'HelmRepository') yield* fromRepository(release, source, lookup, sources)
    else yield* fromFolder(release, source, lookup, sources)
  }
}

function* fromFolder(
  release: KubeObject,
  source: KubeObject,
  lookup: Lookup,
  { originOf }: ChartSources,
): Iterable<Finding> {
  const path = scalarAt(release.root, 'spec', 'chart', 'spec', 'chart')
  const origin = path && originOf(source)
  if (path === undefined || origin?.kind !== 'here') return
  const folder = joinRoot(origin.root, path.text)
  const { tree } = origin.artifact
  const chart: Chart = { text: file => textOf(tree, cleanPath(`${folder}/${file}`)) }
  if (chart.text('Chart.yaml') === undefined && tree.entry(folder)?.kind !== 'file') {
    yield {
      code: 'missing-chart',
      message: `chart not found: ${folder === '' ? '.' : folder} has no Chart.yaml in the artifact`,
      at: path,
      object: formatId(release.id),
      field: 'spec.chart.spec.chart',
    }
    return
  }
  yield* valuesFiles(release, origin.root, tree)
  yield* judgeValues(release, composeValues(release, lookup), chart)
}

/** Files of values that the artifact lacks (source-controller 1.9 `mergeFileValues`). */
function* valuesFiles(release: KubeObject, root: string, tree: Tree): Iterable<Finding> {
  const spec = mapAt(release.root, 'spec', 'chart', 'spec')
  if (isTrue(spec?.get('ignoreMissingValuesFiles'))) return
  for (const at of itemsAt(spec, 'valuesFiles')) {
    if (at.kind !== 'scalar') continue
    const path = joinRoot(root, at.text)
    if (tree.entry(path)?.kind === 'file') continue
    yield {
      code: 'missing-values',
      message: `values files merge error: no values file found at path '/${path}'`,
      at,
      object: formatId(release.id),
      field: 'spec.chart.spec.valuesFiles',
      help: 'paths begin at the root of the source, not at the chart',
    }
  }
}

function* fromRepository(
  release: KubeObject,
  source: KubeObject,
  lookup: Lookup,
  { cache }: ChartSources,
): Iterable<Finding> {
  const chart = textAt(release.root, 'spec', 'chart', 'spec', 'chart')
  const version = scalarAt(release.root, 'spec', 'chart', 'spec', 'version')
  if (cache === undefined || chart === '') return
  const index = indexOf(cache, source)
  const known = index?.get(chart)
  const wanted = version?.text ?? '*'
  if (index !== undefined && known === undefined) yield noChart(release, chart, index)
  if (known !== undefined && choose(known, wanted) === undefined) {
    const newest = choose(known, '*') ?? known[0] ?? ''
    yield {
      code: 'no-matching-version',
      message: `no chart version found for ${chart}-${wanted}`,
      at: version ?? scalarAt(release.root, 'spec', 'chart', 'spec', 'chart') ?? release.root,
      object: formatId(release.id),
      field: 'spec.chart.spec.version',
      help: `the repository has ${known.length} versions, the newest is ${newest}`,
    }
    return
  }
  const packed = archiveFor(cache, chart, wanted, known)
  if (packed) yield* judgeValues(release, composeValues(release, lookup), packed)
}

function noChart(
  release: KubeObject,
  chart: string,
  index: ReadonlyMap<string, readonly string[]>,
): Finding {
  return {
    code: 'missing-chart',
    message: `no chart name found: ${chart} is not in the index of the repository`,
    at: scalarAt(release.root, 'spec', 'chart', 'spec', 'chart') ?? release.root,
    object: formatId(release.id),
    field: 'spec.chart.spec.chart',
    help: `it has ${[...index.keys()].slice(0, 10).join(', ')}`,
  }
}

/** The version that Flux would install: the very text first, then the newest that satisfies the range. */
export function choose(versions: readonly string[], wanted: string): string | undefined {
  if (versions.includes(wanted)) return wanted
  const range = parseRange(wanted === '' ? '*' : wanted)
  if (range === undefined) return undefined
  return versions
    .flatMap(text => parseVersion(text) ?? [])
    .filter(version => satisfies(version, range))
    .toSorted(compareVersions)
    .at(-1)?.text
}

const indexes = new WeakMap<Tree, Map<string, Map<string, readonly string[]> | undefined>>()

/** Chart names and versions of a repository: `NAMESPACE/NAME/index.yaml` in the cache. */
function indexOf(cache: Tree, { id }: KubeObject): Map<string, readonly string[]> | undefined {
  const path = `${id.namespace}/${id.name}/index.yaml`
  const known = indexes.get(cache) ?? new Map<string, Map<string, readonly string[]> | undefined>()
  indexes.set(cache, known)
  if (!known.has(path)) known.set(path, readIndex(textOf(cache, path)))
  return known.get(path)
}

function readIndex(text: string | undefined): Map<string, readonly string[]> | undefined {
  if (text === undefined) return undefined
  const root = parse(new Source('index.yaml', text), 'v2').documents[0]?.root
  const entries = mapAt(root, 'entries')
  const found = new Map<string, readonly string[]>()
  for (const [i, key] of (entries?.keys ?? []).entries()) {
    const list: Node | undefined = entries?.values[i]
    const items = list?.kind === 'list' ? list.items : []
    found.set(
      key.text,
      items.map(item => textAt(item, 'version')).filter(one => one !== ''),
    )
  }
  return found
}

function archiveFor(
  cache: Tree,
  chart: string,
  wanted: string,
  known: readonly string[] | undefined,
): Chart | undefined {
  const stem = `${baseName(chart)}-`
  const here = cache
    .list('')
    .map(entry => entry.path)
    .filter(path => path.startsWith(stem) && path.endsWith('.tgz'))
    .map(path => path.slice(stem.length, -4))
    .filter(text => parseVersion(text) !== undefined)
  const version = choose(
    here.filter(one => known?.includes(one) ?? true),
    wanted,
  )
  const files = version && unpackChart(cache.read(`${stem}${version}.tgz`))
  if (!files) return undefined
  return {
    text: path => {
      const bytes = files.get(path)
      const text = bytes && decode(bytes)
      return typeof text === 'string' ? text : undefined
    },
  }
}

function textOf(tree: Tree, path: string): string | undefined {
  if (tree.entry(path)?.kind !== 'file') return undefined
  const text = decode(tree.read(path))
  return typeof text === 'string' ? text : undefined
}
