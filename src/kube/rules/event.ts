import type { Field } from './field.ts'
import { bytes, qualifiedName, subdomain } from './format.ts'

/** An Event (1.36 core/validation ValidateEventCreate); that of `events.k8s.io` is held to more. */
export function checkEvent(names: EventNames): (root: Field) => void {
  return root => {
    const meta = root.get('metadata').get('namespace')
    const space = meta.or('default')
    const about = root.get(names.about).get('namespace').under(root.get('involvedObject'))
    const differs = 'does not match event.namespace'
    if (root.get('eventTime').text === '') {
      if (about.text === '' ? space !== 'default' : about.text !== space)
        about.invalid(differs, about.text)
    } else {
      if (about.text === '' && !['default', 'kube-system'].includes(space))
        about.invalid(differs, about.text)
      checkNew(root, names)
    }
    if (meta.text !== '')
      for (const one of subdomain(space)) meta.as('.namespace').under(root).invalid(one)
    if (names.strict) checkStrict(root)
  }
}

/** What the two groups call the same thing. */
export interface EventNames {
  readonly about: string
  readonly controller: string
  readonly text: string
  readonly strict: boolean
}

function checkNew(root: Field, names: EventNames): void {
  const controller = root.get(names.controller)
  controller.needsText()
  controller.must(qualifiedName)
  for (const name of ['reportingInstance', 'action', 'reason']) {
    root.get(name).needsText()
    checkLength(root.get(name), 128)
  }
  checkLength(root.get(names.text).as('.message'), 1024)
}

function checkLength(field: Field, most: number): void {
  if (bytes(field.text) > most) field.wrong(`"": can have at most ${most} characters`)
}

/** Since `events.k8s.io/v1`. */
function checkStrict(root: Field): void {
  const series = root.get('series')
  if (series.has) {
    if (series.get('count').orNumber(0) < 2) series.get('count').wrong('"": should be at least 2')
    series.get('lastObservedTime').needsText()
  }
  root.get('eventTime').needsText()
  const type = root.get('type')
  if (type.text !== 'Normal' && type.text !== 'Warning')
    type.wrong(`"": has invalid value: ${type.text}`)
  const unset = 'needs to be unset'
  const old = (name: string) => root.get(`deprecated${name}`)
  for (const [name, as] of [
    ['FirstTimestamp', '.firstTimestamp'],
    ['LastTimestamp', '.lastTimestamp'],
  ] as const)
    if (old(name).text !== '') old(name).as(as).wrong(`"": ${unset}`)
  if (old('Count').orNumber(0) !== 0) old('Count').as('.count').wrong(`"": ${unset}`)
  const source = old('Source')
  if (source.get('component').text !== '' || source.get('host').text !== '')
    source.as('.source').wrong(`"": ${unset}`)
}
