import { checkClaimSpec } from './claim.ts'
import type { Field } from './field.ts'
import { dnsLabel } from './format.ts'
import { checkControlled } from './workload.ts'

/** 1.36 apps/validation ValidateStatefulSetSpec; before 1.34 only the template's metadata was judged. */
export function checkStatefulSet(root: Field): void {
  const spec = root.get('spec')
  const policy = spec.get('podManagementPolicy')
  if (!['OrderedReady', 'Parallel'].includes(policy.or('OrderedReady')))
    policy.invalid("must be 'OrderedReady' or 'Parallel'")
  checkStrategy(spec.get('updateStrategy'))
  checkRetention(spec.get('persistentVolumeClaimRetentionPolicy'))
  for (const name of ['replicas', 'minReadySeconds']) spec.get(name).nonNegative()
  spec.get('ordinals').get('start').nonNegative()
  if (spec.report.minor >= 34) spec.get('serviceName').mayBe(dnsLabel)
  const whole = spec.report.minor >= 34
  const claims = spec.get('volumeClaimTemplates').items()
  if (whole) for (const claim of claims) checkClaimSpec(claim.get('spec'))
  checkControlled(spec, {
    name: 'statefulset',
    kind: 'StatefulSet',
    partial: !whole,
    claims: claims.map(claim => claim.get('metadata').get('name')),
  })
}

function checkStrategy(strategy: Field): void {
  const rolling = strategy.get('rollingUpdate')
  const type = strategy.get('type').or('RollingUpdate')
  if (type === 'OnDelete') {
    if (rolling.has) rolling.invalid("only allowed for updateStrategy 'RollingUpdate'")
    return
  }
  if (type !== 'RollingUpdate') return strategy.invalid("must be 'RollingUpdate' or 'OnDelete'")
  rolling.get('partition').nonNegative()
}

function checkRetention(policy: Field): void {
  for (const name of ['whenDeleted', 'whenScaled'])
    if (policy.get(name).text !== '') policy.get(name).oneOf(['Retain', 'Delete'])
}

/** A ControllerRevision (1.36 apps/validation ValidateControllerRevisionCreate). */
export function checkRevision(root: Field): void {
  root.get('revision').nonNegative()
  const data = root.get('data')
  if (!data.has) data.required('data is mandatory')
  else if (data.map === undefined) data.required('data must be a valid JSON object')
}
