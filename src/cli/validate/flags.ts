import { UsageError } from '../usage.ts'

/** What a flag takes: nothing, one value, or a value each time it is given. */
const kinds: Readonly<Record<string, 'switch' | 'value' | 'list'>> = {
  // kubeconform's
  cache: 'value',
  debug: 'switch',
  'exit-on-error': 'switch',
  h: 'switch',
  'ignore-filename-pattern': 'list',
  'ignore-missing-schemas': 'switch',
  'insecure-skip-tls-verify': 'switch',
  'kubernetes-version': 'value',
  n: 'value',
  output: 'value',
  reject: 'value',
  'schema-location': 'list',
  skip: 'value',
  strict: 'switch',
  summary: 'switch',
  v: 'switch',
  verbose: 'switch',
  // ours
  'base-file': 'switch',
  config: 'value',
  'fail-on': 'value',
  format: 'value',
  help: 'switch',
  'no-color': 'switch',
  q: 'switch',
  quiet: 'switch',
}

const ours = new Set(['base-file', 'config', 'fail-on', 'format', 'help', 'no-color', 'q', 'quiet'])

/** The flags of one call, under their names without dashes. */
export interface Flags {
  readonly switches: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly files: readonly string[]
  /** Whether the call speaks kubeconform's language: any of its flags, and no `--format`. */
  readonly isKubeconform: boolean
}

/** Reads flags with one dash or two, `=` or a space before the value, anywhere in the line. */
export function readFlags(args: readonly string[]): Flags {
  const switches = new Set<string>()
  const values = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const files: string[] = []
  const rest = [...args]
  while (rest.length > 0) {
    const arg = rest.shift() ?? ''
    if (arg === '--') {
      files.push(...rest)
      break
    }
    const match = /^--?([^-=][^=]*)(?:=([^]*))?$/.exec(arg)
    if (match === null) {
      files.push(arg)
      continue
    }
    const [, name = '', given] = match
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined) throw new UsageError(`flag provided but not defined: -${name}`)
    if (kind === 'switch') {
      if (isOn(name, given)) switches.add(name)
      continue
    }
    const value = given ?? rest.shift()
    if (value === undefined) throw new UsageError(`flag needs an argument: -${name}`)
    if (kind === 'value') values.set(name, value)
    else lists.set(name, [...(lists.get(name) ?? []), value])
  }
  const used = [...switches, ...values.keys(), ...lists.keys()]
  const theirs = used.some(name => !ours.has(name) && name !== 'kubernetes-version')
  return { switches, values, lists, files, isKubeconform: theirs && !values.has('format') }
}

function isOn(name: string, given: string | undefined): boolean {
  if (given === undefined || /^(?:1|t|T|TRUE|true|True)$/.test(given)) return true
  if (/^(?:0|f|F|FALSE|false|False)$/.test(given)) return false
  throw new UsageError(`invalid boolean value ${JSON.stringify(given)} for -${name}: parse error`)
}
