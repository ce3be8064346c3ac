import { checkPodAnnotations } from './annotation.ts'
import { checkPodImages } from './container.ts'
import type { Field } from './field.ts'
import { checkPodSpec, checkTemplate, containersOf } from './template.ts'

/** A pod of its own (1.36 core/validation ValidatePodCreate). */
export function checkPod(root: Field): void {
  const [meta, spec] = [root.get('metadata'), root.get('spec')]
  checkPodAnnotations(meta, spec, meta)
  checkPodSpec(spec, { podName: meta.get('name').text, isPod: true, claims: [] })
  checkTokens(spec)
  checkPodImages(containersOf(spec))
  const extra = spec.get('ephemeralContainers')
  if (extra.size > 0) extra.forbidden('cannot be set on create')
  if (spec.get('nodeName').text !== '' && spec.get('schedulingGates').size > 0)
    spec.get('nodeName').forbidden('cannot be set until all schedulingGates have been cleared')
}

/** A token needs a service account to speak for. */
function checkTokens(spec: Field): void {
  if (spec.get('serviceAccountName').or(spec.get('serviceAccount').text) !== '') return
  for (const volume of spec.get('volumes').items())
    for (const source of volume.get('projected').get('sources').items()) {
      const token = source.get('serviceAccountToken')
      if (token.has) token.forbidden('must not be specified when serviceAccountName is not set')
    }
}

/** ValidatePodTemplate. */
export function checkPodTemplate(root: Field): void {
  checkTemplate(root.get('template'))
}
