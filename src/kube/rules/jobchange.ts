import { canonical } from './equal.ts'
import type { Field } from './field.ts'
import { completionsOf } from './jobpolicy.ts'

const FROZEN = [
  'selector',
  'completionMode',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
]

/** A Job that was started is nearly fixed (1.36 batch/validation ValidateJobSpecUpdate). */
export function checkJobChange(old: Field, now: Field): void {
  const [before, after] = [old.get('spec'), now.get('spec')]
  for (const name of FROZEN)
    if (canonical(before.get(name)) !== canonical(after.get(name))) after.get(name).immutable()
  checkCompletions(before, after)
  const suspended = before.get('suspend').isTrue
  const [was, is] = [before, after].map(spec => shapeOf(spec.get('template'), suspended))
  if (was !== is) after.get('template').immutable()
}

function checkCompletions(before: Field, after: Field): void {
  const [was, is] = [completionsOf(before), completionsOf(after)]
  if (was === is) return
  const at = after.get('completions')
  if (after.get('completionMode').text !== 'Indexed') at.immutable()
  else if (is !== undefined && is !== (after.get('parallelism').number ?? 1))
    at.immutable('can only be modified in tandem with spec.parallelism')
}

const PLACING = ['nodeSelector', 'tolerations', 'schedulingGates', 'affinity']

/** A template in comparable form; while a job is suspended its pods may be placed and sized anew. */
function shapeOf(template: Field, suspended: boolean): string {
  if (!suspended) return canonical(template)
  const spec = template.get('spec')
  const affinity = canonical(spec.get('affinity'), ['nodeAffinity'])
  const containers = ['initContainers', 'containers'].flatMap(name =>
    spec
      .get(name)
      .items()
      .map(one => canonical(one, ['resources'])),
  )
  const rest = canonical(spec, [...PLACING, 'initContainers', 'containers'])
  return [canonical(template, ['metadata', 'spec']), affinity, rest, ...containers].join('\n')
}
