import { canonical } from './equal.ts'
import type { Field } from './field.ts'

const MIRROR = 'kubernetes.io/config.mirror'
const LISTS = ['initContainers', 'containers']
const FREE = [
  'schedulingGroup',
  'activeDeadlineSeconds',
  'tolerations',
  'terminationGracePeriodSeconds',
  ...LISTS,
]

/** What of a pod may change (1.36 core/validation ValidatePodUpdate): images, deadlines, more tolerations. */
export function checkPodChange(old: Field, now: Field): void {
  const [before, after] = [old.get('spec'), now.get('spec')]
  const mirror = (root: Field) => root.get('metadata').get('annotations').entry(MIRROR)
  if (canonical(mirror(old)) !== canonical(mirror(now)))
    mirror(now).fixed('may not remove or update mirror pod annotation')
  const counted = LISTS.filter(name => before.get(name).size !== after.get(name).size)
  for (const name of counted) after.get(name).fixed('pod updates may not add or remove containers')
  if (counted.length > 0) return
  const shape = (spec: Field) =>
    [
      canonical(spec, FREE),
      ...LISTS.flatMap(name => spec.get(name).items()).map(one => canonical(one, ['image'])),
    ].join('\n')
  if (shape(before) !== shape(after))
    after.fixed(
      'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    )
  checkDeadline(before.get('activeDeadlineSeconds'), after.get('activeDeadlineSeconds'))
  checkTolerations(before.get('tolerations'), after.get('tolerations'))
  const [grace, next] = [before, after].map(spec =>
    spec.get('terminationGracePeriodSeconds').orNumber(30),
  )
  if (grace !== next && !((grace ?? 0) < 0 && next === 1))
    after.fixed('pod updates may not change `spec.terminationGracePeriodSeconds`')
}

function checkDeadline(before: Field, after: Field): void {
  if (!before.has) return
  if (!after.has) after.immutable('must not update from a positive integer to nil value')
  else if (after.orNumber(0) > before.orNumber(0))
    after.immutable('must be less than or equal to previous value')
}

function checkTolerations(before: Field, after: Field): void {
  const shape = (one: Field) => canonical(one, ['tolerationSeconds'])
  const kept = new Set(after.items().map(shape))
  if (!before.items().every(one => kept.has(shape(one))))
    after.fixed('existing toleration can not be modified except its tolerationSeconds')
}
