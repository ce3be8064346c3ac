import type { Field, Test } from './field.ts'
import { asPrefix, bytes, dnsLabel, pathSegment, qualifiedName, subdomain } from './format.ts'
import { checkLabels } from './selector.ts'

const ANNOTATIONS_LIMIT = 256 * 1024

/**
 * Metadata of any object (1.36 apimachinery/pkg/api/validation ValidateObjectMeta, and what
 * server-side apply asks of it before). `name` tests the name as its kind wants it; a `core` kind's finalizers must be known or belong to
 * a domain.
 */
export function checkMeta(
  meta: Field,
  name: Test = subdomain,
  namespaced: boolean = true,
  core: boolean = false,
): void {
  checkName(meta, name)
  const namespace = meta.get('namespace')
  if (namespaced) namespace.mayBe(dnsLabel)
  checkLabels(meta.get('labels'))
  checkAnnotations(meta.get('annotations'))
  checkOwners(meta.get('ownerReferences'))
  checkFinalizers(meta.get('finalizers'), core)
  checkServerFields(meta)
}

function checkName(meta: Field, test: Test): void {
  const name = meta.get('name')
  if (name.text === '') name.required('name or generateName is required')
  else {
    const path = pathSegment(name.text)
    if (path.length > 0) name.must(pathSegment)
    else name.must(test)
  }
  const prefix = meta.get('generateName')
  if (prefix.text !== '' && name.text !== '') prefix.must(text => test(asPrefix(text)))
}

/** What only the server may say; an apply request that says it is refused. */
function checkServerFields(meta: Field): void {
  const managed = meta.get('managedFields')
  if (managed.has) managed.forbidden('metadata.managedFields must be nil')
  const uid = meta.get('uid')
  if (uid.text !== '')
    uid.forbidden(
      `uid mismatch: the provided object specified uid ${uid.text}, and no existing object was found`,
    )
  const version = meta.get('resourceVersion')
  if (version.text !== '' && !/^\d{1,19}$/.test(version.text))
    version.invalid('must be a number that the server gave')
}

/** ValidateAnnotations: keys as of labels but for case, 256 KiB in all. */
export function checkAnnotations(annotations: Field): void {
  let size = 0
  for (const [key, value] of annotations.entries()) {
    for (const complaint of qualifiedName(key.toLowerCase()))
      annotations.near(value).invalid(complaint, key)
    size += bytes(key) + bytes(value.text)
  }
  if (size > ANNOTATIONS_LIMIT) annotations.tooLong(ANNOTATIONS_LIMIT)
}

function checkOwners(owners: Field): void {
  let controller = ''
  for (const one of owners.items()) {
    const at = (key: string) => one.get(key).as(`.${key}`)
    const apiVersion = at('apiVersion')
    const version = apiVersion.text.slice(apiVersion.text.lastIndexOf('/') + 1)
    const parts = apiVersion.text.split('/').length
    if (version === '' || parts > 2)
      apiVersion.invalid('version must not be empty', apiVersion.text)
    for (const key of ['kind', 'name', 'uid'])
      if (at(key).text === '') at(key).invalid('must not be empty', '')
    if (apiVersion.text === 'v1' && one.get('kind').text === 'Event')
      one.invalid('/v1, Kind=Event is disallowed from being an owner')
    if (!one.get('controller').isTrue) continue
    const name = `${one.get('kind').text}/${one.get('name').text}`
    if (controller !== '')
      owners.invalid(
        `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`,
      )
    else controller = name
  }
}

function checkFinalizers(finalizers: Field, core: boolean): void {
  const names = finalizers.items()
  for (const one of names)
    for (const complaint of qualifiedName(one.text))
      finalizers.near(one).invalid(complaint, one.text)
  if (core) for (const one of names) checkKubeFinalizer(one)
  const texts = finalizers.texts()
  if (texts.includes('orphan') && texts.includes('foregroundDeletion'))
    finalizers.invalid('finalizer orphan and foregroundDeletion cannot be both set')
}

/** 1.36 core/validation validateKubeFinalizerName. */
export function checkKubeFinalizer(one: Field): void {
  if (one.text.includes('/')) return
  if (['kubernetes', 'orphan', 'foregroundDeletion'].includes(one.text)) return
  one.invalid('name is neither a standard finalizer name nor is it fully qualified')
}
