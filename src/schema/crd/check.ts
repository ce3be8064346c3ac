import type { MapNode } from '../../yaml/node.ts'
import type { Issue, Issues } from '../issue.ts'
import { checkLabel, isLabel, LABEL_TEXT } from './label.ts'
import { Place } from './place.ts'
import { checkConversion, checkVersion, sharedBy } from './version.ts'

const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
const APPROVAL = 'api-approved.kubernetes.io'

/**
 * What the server says of a CustomResourceDefinition (kube-apiserver 1.36 apiextensions-apiserver
 * pkg/apis/apiextensions/validation): names, versions, schemas, conversion.
 */
export function checkCrd(root: MapNode): Issues {
  const found: Issue[] = []
  const crd = new Place(root, found)
  const spec = crd.get('spec')
  checkName(crd, spec)
  checkGroup(crd, spec.get('group'))
  spec.get('scope').oneOf(['Cluster', 'Namespaced'])
  checkNames(spec.get('names'))
  checkVersions(spec.get('versions'))
  if (spec.get('preserveUnknownFields').isTrue)
    spec
      .get('preserveUnknownFields')
      .say('Invalid value: true: must be false in order to use defaults in the schema')
  checkConversion(spec.get('conversion'))
  return found
}

function checkName(crd: Place, spec: Place): void {
  const metadata = crd.get('metadata')
  const wanted = `${spec.get('names').get('plural').text}.${spec.get('group').text}`
  const name = metadata.get('name')
  if (name.has && name.text !== wanted) name.invalid('must be spec.names.plural+"."+spec.group')
  if (name.has && !SUBDOMAIN.test(name.text)) name.invalid(SUBDOMAIN_TEXT)
  if (metadata.get('generateName').text !== '')
    metadata.get('generateName').invalid('must be spec.names.plural+"."+spec.group')
}

function checkGroup(crd: Place, group: Place): void {
  if (!group.has || group.text === '') return
  if (!SUBDOMAIN.test(group.text)) group.invalid(SUBDOMAIN_TEXT)
  else if (!group.text.includes('.')) group.invalid('should be a domain with at least one dot')
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group.text)) return
  const annotation = crd.get('metadata').get('annotations').get(APPROVAL)
  const place = annotation.as(`.metadata.annotations[${APPROVAL}]`)
  if (annotation.text === '')
    place.required(
      `protected groups must have approval annotation "${APPROVAL}", see https://github.com/kubernetes/enhancements/pull/1111`,
    )
  else if (!/^(?:unapproved.*|https?:\/\/.+)$/.test(annotation.text))
    place.invalid(
      'protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111',
    )
}

function checkNames(names: Place): void {
  for (const name of ['plural', 'singular'])
    if (names.get(name).text !== '') checkLabel(names.get(name))
  const [kind, list] = [names.get('kind'), names.get('listKind')]
  if (kind.text === '')
    for (const name of ['singular', 'listKind'])
      if (names.get(name).text === '') names.get(name).required()
  checkKind(kind, kind.text)
  checkKind(list, list.text === '' && kind.text !== '' ? `${kind.text}List` : list.text)
  if (kind.text !== '' && names.get('singular').text === '' && !isLabel(kind.text.toLowerCase()))
    names.get('singular').invalid(LABEL_TEXT)
  if (list.text !== '' && list.text === kind.text)
    list.invalid('kind and listKind may not be the same')
  for (const name of [...names.get('shortNames').items(), ...names.get('categories').items()])
    checkLabel(name)
}

/** The server writes the first storage version into the status, and misses the others there. */
function checkStored(versions: Place, others: readonly string[], count: number): void {
  const status = versions.as('.status.storedVersions')
  if (count === 0) status.say('Invalid value: null: must have at least one stored version')
  for (const name of others) status.say(`Invalid value: must have the storage version ${name}`)
}

function checkKind(place: Place, text: string): void {
  if (text !== '' && !isLabel(text.toLowerCase()))
    place.invalid(`may have mixed case, but should otherwise match: ${LABEL_TEXT}`)
}

function checkVersions(versions: Place): void {
  if (versions.node?.kind !== 'list') return
  const all = versions.items()
  const names = all.map(version => version.get('name').text)
  const stored = all.filter(version => version.get('storage').isTrue)
  if (stored.length !== 1)
    versions.say('Invalid value: must have exactly one version marked as storage version')
  checkStored(
    versions,
    stored.slice(1).map(version => version.get('name').text),
    stored.length,
  )
  if (new Set(names).size < names.length)
    versions.say('Invalid value: must contain unique version names')
  const shared = sharedBy(all)
  const status = (version: Place) => version.get('subresources').get('status').has
  for (const [i, version] of all.entries()) {
    checkLabel(version.get('name'))
    if (i === 0) checkLabel(version.get('name').as('.spec.version'))
    checkVersion(version, shared, i === 0, shared.schema ? all.some(status) : status(version))
  }
}
