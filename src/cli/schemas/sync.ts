import { type Bundle, isRecord, readRecord, readText, versionText } from '../../schema/bundle.ts'
import { bundleOf } from '../../schema/export.ts'
import { UsageError } from '../usage.ts'
import type { ClusterServer } from './server.ts'

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList'

/** How many documents are asked for at a time. */
const AT_ONCE = 4

/** Reads what a cluster serves: version, discovery, and the schemas of every group and version. */
export async function readCluster(
  server: ClusterServer,
  progress: (done: number, all: number) => void,
): Promise<Bundle> {
  const version = await server.get('/version')
  const discovery = await Promise.all([
    server.get('/api', AGGREGATED),
    server.get('/apis', AGGREGATED),
  ])
  if (!discovery.every(isAggregated))
    throw new UsageError(
      `${server.address} has no aggregated discovery: the API server is too old, 1.27 or later is needed`,
    )
  const documents = await readDocuments(server, progress)
  const name = isRecord(version) ? versionText(readText(version, 'gitVersion')) : ''
  const bundle = bundleOf({ discovery, documents }, 'cluster', name, () => true)
  if (bundle.kinds.length === 0)
    throw new UsageError(`${server.address} lists no kinds: is it a Kubernetes API server?`)
  return { ...bundle, complete: true }
}

function isAggregated(answer: unknown): boolean {
  return isRecord(answer) && readText(answer, 'kind') === 'APIGroupDiscoveryList'
}

async function readDocuments(
  server: ClusterServer,
  progress: (done: number, all: number) => void,
): Promise<unknown[]> {
  const index = await server.get('/openapi/v3')
  const paths = Object.entries(isRecord(index) ? readRecord(index, 'paths') : {}).filter(([path]) =>
    /^apis?\/.*v\d/.test(path),
  )
  const documents: unknown[] = []
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE)
    const read = some.map(([path, entry]) => server.get(addressOf(path, entry)))
    documents.push(...(await Promise.all(read)))
    progress(Math.min(at + AT_ONCE, paths.length), paths.length)
  }
  return documents
}

function addressOf(path: string, entry: unknown): string {
  const given = isRecord(entry) ? readText(entry, 'serverRelativeURL') : ''
  return given.startsWith('/openapi/v3/') ? given : `/openapi/v3/${path}`
}
