import type { MapNode } from '../../yaml/node.ts'
import type { Issue, Issues } from '../issue.ts'
import { Place } from './place.ts'
import { checkConversion, checkVersion } from './version.ts'

const LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const LABEL_TEXT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
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
  label(names.get('plural'))
  label(names.get('singular'))
  const kind = names.get('kind')
  if (kind.text !== '' && !isLabel(kind.text.toLowerCase())) {
    kind.invalid(`may have mixed case, but should otherwise match: ${LABEL_TEXT}`)
    if (!names.get('singular').has) kind.as(`${names.path}.singular`).invalid(LABEL_TEXT)
  }
  const list = names.get('listKind')
  if (list.text !== '' && !isLabel(list.text.toLowerCase()))
    list.invalid(`may have mixed case, but should otherwise match: ${LABEL_TEXT}`)
  if (list.text !== '' && list.text === kind.text)
    list.invalid('kind and listKind may not be the same')
  for (const name of names.get('shortNames').items()) label(name)
  for (const name of names.get('categories').items()) label(name)
}

function isLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text)
}

function label(place: Place): void {
  if (place.has && place.text !== '' && !isLabel(place.text)) place.invalid(LABEL_TEXT)
}

function checkVersions(versions: Place): void {
  if (versions.node?.kind !== 'list') return
  const all = versions.items()
  const names = all.map(version => version.get('name').text)
  if (all.filter(version => version.get('storage').isTrue).length !== 1)
    versions.say('Invalid value: must have exactly one version marked as storage version')
  if (new Set(names).size < names.length)
    versions.say('Invalid value: must contain unique version names')
  for (const version of all) {
    label(version.get('name'))
    checkVersion(version, all.length === 1 ? '.spec' : version.path)
  }
}
