import { countResults, type Print, type Result } from './result.ts'

/** `-output text` (kubeconform 0.7 pkg/output/text.go). */
export const printText: Print = (results, options) => {
  const lines = results.flatMap(one => line(one, options.verbose))
  if (options.summary) lines.push(summarise(results, options.isStdin))
  return lines.map(one => `${one}\n`).join('')
}

function line(one: Result, verbose: boolean): string[] {
  const { filename, kind, name, msg } = one
  switch (one.status) {
    case 'valid':
      return verbose ? [`${filename} - ${kind} ${name} is valid`] : []
    case 'invalid':
      return [`${filename} - ${kind} ${name} is invalid: ${msg}`]
    case 'error':
      return name === '' || kind === ''
        ? [`${filename} - failed validation: ${msg}`]
        : [`${filename} - ${kind} ${name} failed validation: ${msg}`]
    case 'skipped':
      return verbose ? [`${filename} - ${name} ${kind} skipped`] : []
    case 'empty':
      break
  }
  return []
}

function summarise(results: readonly Result[], isStdin: boolean): string {
  const { valid, invalid, errors, skipped, files } = countResults(results)
  const total = valid + invalid + errors + skipped
  const found = `${total} resource${total > 1 ? 's' : ''} found`
  const where = isStdin ? 'parsing stdin' : `in ${files} file${files > 1 ? 's' : ''}`
  return `Summary: ${found} ${where} - Valid: ${valid}, Invalid: ${invalid}, Errors: ${errors}, Skipped: ${skipped}`
}

/** `-output pretty` (pkg/output/pretty.go): the same with marks and colours. */
export const printPretty: Print = (results, options) => {
  const lines = results.flatMap(one => pretty(one, options.verbose))
  if (options.summary) lines.push(summarise(results, options.isStdin))
  return lines.map(one => `${one}\n`).join('')
}

const RED = 31
const GREEN = 32
const YELLOW = 33

function paint(color: number, text: string): string {
  return `\u001b[${color}m${text}\u001b[0m`
}

function pretty({ filename, kind, name, status, msg }: Result, verbose: boolean): string[] {
  const mark = (color: number, sign: string, text: string): string[] => [
    `${paint(color, sign)} ${filename}: ${paint(color, text)}`,
  ]
  if (status === 'invalid') return mark(RED, '✖', `${kind} ${name} is invalid: ${msg}`)
  if (status === 'error')
    return mark(RED, '✖', `${kind === '' ? '' : `${kind} `}failed validation: ${name} ${msg}`)
  if (!verbose) return []
  if (status === 'valid') return mark(GREEN, '✔', `${kind} ${name} is valid`)
  return status === 'skipped' ? mark(YELLOW, '-', `${kind} ${name} skipped`) : []
}
