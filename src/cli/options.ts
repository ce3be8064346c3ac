import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Level } from '../text/diagnostic.ts'
import { UsageError } from './usage.ts'

/** Flags that every command takes. */
export const commonOptions = {
  format: { type: 'string', default: 'text' },
  quiet: { type: 'boolean', short: 'q', default: false },
  'no-color': { type: 'boolean', default: false },
  'fail-on': { type: 'string', default: 'error' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsOptionsConfig

/** Parses the arguments of one command; what does not fit is a `UsageError` that names the command's usage. */
export function parseOptions<T extends ParseArgsOptionsConfig>(
  usage: string,
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : 'bad arguments'
    throw new UsageError(`${reason}\nusage: ${usage}`)
  }
}

export function levelOption(value: string): Level {
  if (value === 'error' || value === 'warning' || value === 'note') return value
  throw new UsageError(`--fail-on takes error, warning or note, not ${JSON.stringify(value)}`)
}

/** A comma list of check codes. */
export function codeList(value: string | undefined, isKnown: (code: string) => boolean) {
  if (value === undefined) return undefined
  const codes = value.split(',').map(code => code.trim())
  const unknown = codes.find(code => !isKnown(code))
  if (unknown !== undefined)
    throw new UsageError(`no check ${JSON.stringify(unknown)}: \`fluxgate explain\` lists them`)
  return new Set(codes)
}
