import { checkFieldRef, checkResourceRef } from './env.ts'
import type { Field } from './field.ts'
import { checkMode, checkNonReserved } from './path.ts'

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

/** Trust bundles and certificates are dropped while their gates are off. */
const SOURCES = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken']

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
  else checkNonReserved(path.under(volume))
}
