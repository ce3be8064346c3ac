import { UsageError } from '../usage.ts'

/** What a schema location's template may use. */
export interface Names {
  readonly NormalizedKubernetesVersion: string
  readonly StrictSuffix: string
  readonly ResourceKind: string
  readonly ResourceAPIVersion: string
  readonly Group: string
  readonly KindSuffix: string
}

const STANDALONE =
  '{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json'

/** A location as a template: what does not end in `json` is a folder laid out as kubeconform's own. */
export function templateOf(location: string): string {
  const template = location.endsWith('json')
    ? location
    : `${location.replace(/\/$/, '')}/${STANDALONE}`
  for (const [, name = ''] of template.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g))
    if (!isName(name))
      throw new UsageError(
        `failed initializing schema location ${JSON.stringify(location)}: unknown field {{${name}}}`,
      )
  return template
}

const known = new Set([
  'NormalizedKubernetesVersion',
  'StrictSuffix',
  'ResourceKind',
  'ResourceAPIVersion',
  'Group',
  'KindSuffix',
])

function isName(name: string): boolean {
  return known.has(name.replace(/^\./, '')) && name.startsWith('.')
}

/** The names of a kind in kubeconform's words (pkg/registry/registry.go). */
export function namesOf(apiVersion: string, kind: string, version: string, strict: boolean): Names {
  const parts = apiVersion.split('/')
  const group = parts[0] ?? ''
  const suffix =
    parts.length > 1
      ? `-${(group.split('.')[0] ?? '').toLowerCase()}-${(parts[1] ?? '').toLowerCase()}`
      : `-${apiVersion.toLowerCase()}`
  return {
    NormalizedKubernetesVersion: version === 'master' ? version : `v${version.replace(/^v/, '')}`,
    StrictSuffix: strict ? '-strict' : '',
    ResourceKind: kind.toLowerCase(),
    ResourceAPIVersion: parts.at(-1) ?? '',
    Group: group,
    KindSuffix: suffix,
  }
}

export function fillTemplate(template: string, names: Names): string {
  const values = new Map(Object.entries(names))
  return template.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_, name: string) => values.get(name) ?? '')
}
