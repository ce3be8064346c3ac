/** Lowest and highest number of a field, and its names in order from the lowest. */
interface Bounds {
  readonly low: number
  readonly high: number
  readonly names: readonly string[]
}

const bounds: readonly Bounds[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  {
    low: 1,
    high: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { low: 0, high: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
]
const DESCRIPTORS = [
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]

/** Why a schedule is none, or undefined (robfig/cron v3 ParseStandard, as 1.36 batch/validation uses it). */
export function scheduleProblem(text: string): string | undefined {
  const zone = /^(?:CRON_)?TZ=([^ ]*)( ?)/.exec(text)
  if (zone !== null) {
    if (zone[2] === '') return 'runtime error: slice bounds out of range [-1:]'
    if (!isTimeZone(zone[1] ?? ''))
      return `provided bad location ${zone[1]}: unknown time zone ${zone[1]}`
  }
  const spec = zone === null ? text : text.slice(zone[0].length).trim()
  if (spec.startsWith('@')) return descriptorProblem(spec)
  const fields = spec.split(/[\s\u0085]+/).filter(field => field !== '')
  if (fields.length !== 5)
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`
  return fields.map((field, i) => fieldProblem(field, bounds[i])).find(one => one !== undefined)
}

function descriptorProblem(spec: string): string | undefined {
  if (DESCRIPTORS.includes(spec)) return undefined
  if (!spec.startsWith('@every ')) return `unrecognized descriptor: ${spec}`
  const duration = spec.slice('@every '.length)
  return isDuration(duration)
    ? undefined
    : `failed to parse duration ${spec}: time: invalid duration ${JSON.stringify(duration)}`
}

function isDuration(text: string): boolean {
  return /^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(text)
}

function fieldProblem(field: string, limits: Bounds | undefined): string | undefined {
  if (limits === undefined) return undefined
  return field
    .split(',')
    .filter(part => part !== '')
    .map(part => rangeProblem(part, limits))
    .find(one => one !== undefined)
}

function rangeProblem(text: string, limits: Bounds): string | undefined {
  const [range = '', step, ...slashes] = text.split('/')
  const [first = '', last, ...hyphens] = range.split('-')
  const star = first === '*' || first === '?'
  if (hyphens.length > 0 && !star) return `too many hyphens: ${text}`
  const start = star ? limits.low : numberOf(first, limits)
  if (typeof start === 'string') return start
  const end = star ? limits.high : last === undefined ? start : numberOf(last, limits)
  if (typeof end === 'string') return end
  if (slashes.length > 0) return `too many slashes: ${text}`
  const by = step === undefined ? 1 : integerOf(step)
  if (typeof by === 'string') return by
  const until = step !== undefined && range.indexOf('-') === -1 ? limits.high : end
  if (start < limits.low)
    return `beginning of range (${start}) below minimum (${limits.low}): ${text}`
  if (until > limits.high) return `end of range (${until}) above maximum (${limits.high}): ${text}`
  if (start > until) return `beginning of range (${start}) beyond end of range (${until}): ${text}`
  return by === 0 ? `step of range should be a positive number: ${text}` : undefined
}

function numberOf(text: string, limits: Bounds): number | string {
  const name = limits.names.indexOf(text.toLowerCase())
  return name === -1 ? integerOf(text) : name + limits.low
}

function integerOf(text: string): number | string {
  if (!/^[+-]?\d{1,18}$/.test(text))
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`
  const value = Number(text)
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value
}

const zones = new Map<string, boolean>()

/** Whether the IANA data knows a time zone of this very name (Go's LoadLocation minds the case). */
export function isTimeZone(name: string): boolean {
  const known = zones.get(name) ?? (name === '' || name === 'UTC' || look(name))
  zones.set(name, known)
  return known
}

/** Names that Go's data has and the run time's may not, or the other way round. */
const ONLY_GO = ['Factory', 'posixrules', 'localtime']

function look(name: string): boolean {
  if (ONLY_GO.includes(name)) return name === 'Factory'
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false
  try {
    const canonical = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    const same = canonical.toLowerCase() === name.toLowerCase()
    return same ? canonical === name || canonical === 'UTC' : /^[A-Z]/.test(name)
  } catch {
    return false
  }
}
