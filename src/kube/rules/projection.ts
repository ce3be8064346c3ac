import { checkFieldRef, checkResourceRef } from './env.ts'
import type { Field } from './field.ts'
import { qualifiedName, subdomain } from './format.ts'
import { checkMode, checkNonReserved } from './path.ts'
import { checkSelector } from './selector.ts'
import { checkSigner } from './signer.ts'

/** One key of a ConfigMap or Secret as a file (1.36 core/validation validateKeyToPath). */
export function checkKeyToPath(item: Field): void {
  item.get('key').needsText()
  item.get('path').needsText()
  checkNonReserved(item.get('path'))
  checkMode(item.get('mode'))
}

const FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

/** A file of a downward API volume; the server names the volume where the item would be. */
export function checkDownwardFile(file: Field, volume: Field): void {
  const at = (name: string) => file.get(name).under(volume)
  at('path').near(file).needsText()
  checkNonReserved(at('path'))
  const [field, resource] = [at('fieldRef'), at('resourceFieldRef')]
  const whole = volume.near(file)
  if (field.has) {
    checkFieldRef(field, FIELDS)
    if (resource.has)
      whole.invalid('fieldRef and resourceFieldRef can not be specified simultaneously', 'resource')
  } else if (resource.has) checkResourceRef(resource, true)
  else whole.required('one of fieldRef and resourceFieldRef is required')
  checkMode(at('mode'))
}

const SOURCES = [
  'secret',
  'configMap',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
]

/** A projected volume (validateProjectedVolumeSource). */
export function checkProjected(volume: Field): void {
  checkMode(volume.get('defaultMode'))
  const paths = new Set<string>()
  const take = (path: Field) => {
    if (path.text === '') return
    if (paths.has(path.text)) volume.near(path).invalid('conflicting duplicate paths', path.text)
    paths.add(path.text)
  }
  for (const source of volume.get('sources').items()) {
    for (const name of ['secret', 'configMap']) checkProjectedKeys(source.get(name), take)
    for (const file of source.get('downwardAPI').get('items').items()) {
      checkDownwardFile(file, source.get('downwardAPI'))
      take(file.get('path'))
    }
    checkToken(source.get('serviceAccountToken'), volume)
    checkTrustBundle(source.get('clusterTrustBundle'), take)
    if (source.report.minor >= 35) checkCertificate(source.get('podCertificate'), take)
    if (SOURCES.filter(name => source.get(name).has).length > 1)
      source.forbidden('may not specify more than 1 volume type per source')
  }
}

type Take = (path: Field) => void

function checkProjectedKeys(source: Field, take: Take): void {
  if (!source.has) return
  source.get('name').needsText()
  for (const item of source.get('items').items()) {
    checkKeyToPath(item)
    take(item.get('path'))
  }
}

function checkToken(token: Field, volume: Field): void {
  if (!token.has) return
  const seconds = token.get('expirationSeconds')
  const value = seconds.orNumber(3600)
  if (value < 600) seconds.invalid('may not specify a duration less than 10 minutes')
  if (value > 2 ** 32) seconds.invalid('may not specify a duration larger than 2^32 seconds')
  const path = token.get('path')
  if (path.text === '') volume.get('path').near(token).required()
  else checkNonReserved(path)
}

function checkTrustBundle(bundle: Field, take: Take): void {
  if (!bundle.has) return
  const [name, signer] = [bundle.get('name'), bundle.get('signerName')]
  if (name.has && signer.has) bundle.invalid('only one of name and signerName may be used')
  else if (name.has) {
    if (name.text === '') name.required('must be a valid object name')
    for (const complaint of bundleName(name.text))
      name.invalid(`not a valid clustertrustbundlename: ${complaint}`)
    if (bundle.get('labelSelector').has)
      bundle.get('labelSelector').invalid('labelSelector must be unset if name is specified')
  } else if (signer.has) {
    if (signer.text === '') signer.required('must be a valid signer name')
    checkSigner(signer)
    checkSelector(bundle.get('labelSelector'))
  } else bundle.required('either name or signerName must be specified')
  const path = bundle.get('path')
  path.needsText()
  checkNonReserved(path)
  take(path)
}

/** ValidateClusterTrustBundleName: `signer:rest`, or no colon at all. */
function bundleName(name: string): readonly string[] {
  return subdomain(name.slice(name.lastIndexOf(':') + 1))
}

const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519']
const PATHS = ['credentialBundlePath', 'keyPath', 'certificateChainPath']

function checkCertificate(certificate: Field, take: Take): void {
  if (!certificate.has) return
  const signer = certificate.get('signerName')
  checkSigner(signer)
  for (const [key, value] of certificate.get('userAnnotations').entries()) {
    const at = certificate.get('userAnnotations').near(value)
    for (const complaint of qualifiedName(key.toLowerCase())) at.invalid(complaint, key)
    if (!key.includes('/')) at.invalid('must be a domain-prefixed key (such as "acme.io/foo")', key)
  }
  const type = certificate.get('keyType')
  if (!KEY_TYPES.includes(type.text)) type.unsupported(KEY_TYPES)
  const seconds = certificate.get('maxExpirationSeconds')
  const host = signer.text.split('/')[0] ?? ''
  const most = host === 'kubernetes.io' || host.endsWith('.kubernetes.io') ? 86400 : 91 * 86400
  if (seconds.orNumber(86400) < 3600)
    seconds.invalid('if provided, maxExpirationSeconds must be >= 3600')
  if (seconds.orNumber(0) > most)
    seconds.invalid(`if provided, maxExpirationSeconds must be <= ${most}`)
  const paths = PATHS.map(name => certificate.get(name)).filter(path => path.text !== '')
  for (const path of paths) {
    checkNonReserved(path)
    take(path)
  }
  if (paths.length === 0)
    certificate.required(
      'specify at least one of credentialBundlePath, keyPath, and certificateChainPath',
    )
}
