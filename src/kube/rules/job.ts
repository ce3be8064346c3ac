import { isTimeZone, scheduleProblem } from './cron.ts'
import type { Field } from './field.ts'
import { bytes, dnsLabel, labelValue, prefixedPath } from './format.ts'
import { checkFailurePolicy, checkSuccessPolicy, completionsOf } from './jobpolicy.ts'
import { checkLabels, checkSelector, isUsable, labelsOf, matches } from './selector.ts'
import { checkTemplate } from './template.ts'

const MANY = 100_000
const FEW = 10_000

/** Labels that the server puts on a job's pods. */
const OWN = ['controller-uid', 'batch.kubernetes.io/controller-uid']
const NAMES = ['job-name', 'batch.kubernetes.io/job-name']

/** A Job (1.36 batch/validation ValidateJob). */
export function checkJob(root: Field): void {
  const spec = root.get('spec')
  const name = root.get('metadata').get('name')
  checkJobSpec(spec)
  checkCopied(root.get('metadata'), spec.get('template').get('metadata').get('labels'))
  if (spec.get('manualSelector').isTrue) checkManual(spec)
  else checkGenerated(spec, name.text)
  const completions = spec.get('completions').orNumber(0)
  if (spec.get('completionMode').text !== 'Indexed' || completions <= 0) return
  const host = `${name.text}-${completions - 1}`
  if (dnsLabel(host).length > 0)
    name.invalid(`will not able to create pod with invalid DNS label: ${host}`)
}

/** A job without labels is given those of its pods. */
function checkCopied(meta: Field, labels: Field): void {
  if (meta.get('labels').size === 0) checkLabels(labels.under(meta))
}

function checkManual(spec: Field): void {
  const selector = spec.get('selector')
  if (selector.has) checkSelector(selector)
  else selector.required()
  const labels = spec.get('template').get('metadata').get('labels')
  if (isUsable(selector) && !matches(selector, labelsOf(labels)))
    labels.invalid('`selector` does not match template `labels`')
}

/** Selector and labels are the server's to make; what contradicts them is refused. */
function checkGenerated(spec: Field, job: string): void {
  const meta = spec.get('template').get('metadata')
  const labels = meta.get('labels')
  for (const complaint of labelValue(job))
    meta.get('labels').under(spec.get('template')).invalid(complaint, job)
  for (const key of OWN)
    if (labels.map?.has(key) === true)
      labels.near(labels.entry(key)).invalid("must be '<the uid of the job>'")
  for (const key of NAMES)
    if (labels.map?.has(key) === true && labels.get(key).text !== job)
      labels.near(labels.entry(key)).invalid(`must be '${job}'`)
  const selector = spec.get('selector')
  if (!selector.has) return
  checkSelector(selector)
  if (!isUsable(selector)) return
  const uid = selector.get('matchLabels').get('batch.kubernetes.io/controller-uid')
  const pod = new Map([...labelsOf(labels), ...OWN.map(key => [key, uid.text] as const)])
  for (const key of NAMES) if (!pod.has(key)) pod.set(key, job)
  if (uid.has) selector.invalid('`selector` not auto-generated')
  if (!matches(selector, pod)) labels.invalid('`selector` does not match template `labels`')
  const own = new Map([
    ...OWN.map(key => [key, uid.text] as const),
    ...NAMES.map(key => [key, job] as const),
  ])
  if (!uid.has && !matches(selector, own)) selector.invalid('`selector` not auto-generated')
}

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
]

/** The spec of a job, wherever it stands (validateJobSpec). */
function checkJobSpec(spec: Field): void {
  for (const name of COUNTS) spec.get(name).nonNegative()
  const perIndex = spec.get('backoffLimitPerIndex')
  if (spec.get('maxFailedIndexes').has && !perIndex.has)
    perIndex.required('when maxFailedIndexes is specified')
  const managed = spec.get('managedBy')
  if (managed.has) {
    managed.needs(prefixedPath)
    if (bytes(managed.text) > 63) managed.tooLong(63)
  }
  checkMode(spec)
  const indexed = spec.get('completionMode').text === 'Indexed'
  if (spec.get('podFailurePolicy').has) checkFailurePolicy(spec)
  const success = spec.get('successPolicy')
  if (success.has) {
    if (indexed) checkSuccessPolicy(spec)
    else success.invalid('requires indexed completion mode')
  }
  const replacement = spec.get('podReplacementPolicy')
  if (spec.get('podFailurePolicy').has) replacement.oneOf(['Failed'])
  else replacement.oneOf(['Failed', 'TerminatingOrFailed'])
  checkTemplate(spec.get('template'))
  checkRestart(spec)
}

function checkMode(spec: Field): void {
  const mode = spec.get('completionMode')
  mode.oneOf(['NonIndexed', 'Indexed'])
  if (mode.text === 'Indexed') return checkIndexed(spec)
  if (mode.has && mode.text !== 'NonIndexed') return
  for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes'])
    if (spec.get(name).has) spec.get(name).invalid('requires indexed completion mode')
}

function checkIndexed(spec: Field): void {
  const [completions, parallelism] = [completionsOf(spec), spec.get('parallelism')]
  const failed = spec.get('maxFailedIndexes')
  if (completions === undefined) spec.get('completions').required('when completion mode is Indexed')
  if (parallelism.orNumber(0) > MANY)
    parallelism.invalid(`must be less than or equal to ${MANY} when completion mode is Indexed`)
  if (completions !== undefined && failed.orNumber(0) > completions)
    failed.invalid('must be less than or equal to completions')
  if (failed.orNumber(0) > MANY) failed.invalid(`must be less than or equal to ${MANY}`)
  if ((completions ?? 0) <= MANY || !spec.get('backoffLimitPerIndex').has) return
  if (!failed.has) failed.required(`must be specified when completions is above ${MANY}`)
  for (const one of [parallelism, failed])
    if (one.orNumber(0) > FEW)
      one.invalid(
        `must be less than or equal to ${FEW} when completions are above ${MANY} and used with backoff limit per index`,
      )
}

function checkRestart(spec: Field): void {
  const policy = spec.get('template').get('spec').get('restartPolicy')
  if (policy.or('Always') === 'Always') policy.required('valid values: "OnFailure", "Never"')
  else if (!['OnFailure', 'Never'].includes(policy.text)) policy.unsupported(['OnFailure', 'Never'])
  else if (spec.get('podFailurePolicy').has && policy.text !== 'Never')
    policy.invalid('only "Never" is supported when podFailurePolicy is specified')
}

/** A CronJob (ValidateCronJobCreate). */
export function checkCronJob(root: Field): void {
  const spec = root.get('spec')
  const name = root.get('metadata').get('name')
  if (name.text.length > 52) name.invalid('must be no more than 52 characters')
  checkSchedule(spec.get('schedule'))
  for (const field of [
    'startingDeadlineSeconds',
    'successfulJobsHistoryLimit',
    'failedJobsHistoryLimit',
  ])
    spec.get(field).nonNegative()
  if (spec.get('timeZone').has) checkZone(spec.get('timeZone'))
  const policy = spec.get('concurrencyPolicy')
  if (policy.text !== '') policy.oneOf(['Allow', 'Forbid', 'Replace'])
  const job = spec.get('jobTemplate').get('spec')
  checkJobSpec(job)
  if (job.get('selector').has) job.get('selector').invalid('`selector` will be auto-generated')
  if (job.get('manualSelector').isTrue) job.get('manualSelector').unsupported(['nil', 'false'])
}

function checkSchedule(schedule: Field): void {
  if (schedule.text === '') return schedule.required()
  const problem = scheduleProblem(schedule.text)
  if (problem !== undefined) schedule.invalid(problem)
  if (schedule.text.includes('TZ'))
    schedule.invalid('cannot use TZ or CRON_TZ in schedule, use timeZone field instead')
}

function checkZone(zone: Field): void {
  const name = zone.text
  if (name === '') return zone.invalid('timeZone must be nil or non-empty string', '')
  const strange = (part: string) =>
    part === '.' || part === '..' || part.startsWith('-') || !/^[A-Za-z.\-_0-9+]{1,14}$/.test(part)
  if (name.split('/').some(strange)) return zone.invalid(`unknown time zone ${name}`)
  if (name.toLowerCase() === 'local')
    zone.invalid(
      'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
    )
  if (name !== 'Local' && !isTimeZone(name)) zone.invalid(`unknown time zone ${name}`)
}
