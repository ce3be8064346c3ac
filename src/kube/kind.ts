import { deprecationOf, removalOf } from '../schema/removed.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import { apiVersionOf, type KubeObject } from './object.ts'

const FLUX = /(?:^|\.)toolkit\.fluxcd\.io$/

/**
 * What discovery says of an object's kind: nothing when it is served, else why not. A group that nobody
 * has shown us is a note, because its CRD may live in the cluster alone.
 */
export function judgeKind(object: KubeObject, schemas: Schemas): Finding | undefined {
  const { group, version, kind } = object.id
  const found = schemas.lookup(group, version, kind)
  const apiVersion = apiVersionOf(object.id)
  const at = object.root.get('apiVersion') ?? object.root
  if (found.ok) {
    const message = deprecationOf(apiVersion, kind)
    return message === undefined
      ? undefined
      : { code: 'deprecated-api', message, at, field: 'apiVersion' }
  }
  const removal = removalOf(apiVersion, kind)
  if (removal !== undefined) {
    const message = `${apiVersion} ${kind} is no longer served since Kubernetes ${removal.since}`
    const help = removal.use === undefined ? 'nothing replaces it' : `use ${removal.use}`
    return { code: 'removed-api', message, at, field: 'apiVersion', help }
  }
  const message = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`
  return found.missing === 'kind'
    ? wrongKind(object, message, found.nearest)
    : wrongVersion(object, message, found)
}

function wrongKind(object: KubeObject, message: string, near: string | undefined): Finding {
  const at = object.root.get('kind') ?? object.root
  const finding = { code: 'unknown-kind', message, at, field: 'kind' }
  return near === undefined ? finding : { ...finding, help: `did you mean ${near}?` }
}

function wrongVersion(
  object: KubeObject,
  message: string,
  found: { readonly missing: 'group' | 'version' | 'kind'; readonly nearest?: string | undefined },
): Finding {
  const at = object.root.get('apiVersion') ?? object.root
  const finding = { code: 'unknown-kind', message, at, field: 'apiVersion' }
  if (found.missing === 'group')
    return {
      ...finding,
      level: 'note',
      help: 'if the cluster has a CRD for it: `fluxgate schemas add FILE`, or `fluxgate schemas sync`',
    }
  if (found.nearest === undefined) return finding
  const old = FLUX.test(object.id.group) && /^v\d+(?:alpha|beta)\d+$/.test(object.id.version)
  const help = `use ${found.nearest}`
  return old ? { ...finding, code: 'removed-api', help } : { ...finding, help }
}
