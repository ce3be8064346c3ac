import { countResults, type Print, type Result } from './result.ts'

const names: Readonly<Record<string, string>> = {
  valid: 'statusValid',
  invalid: 'statusInvalid',
  error: 'statusError',
  skipped: 'statusSkipped',
}

/** `-output json` (kubeconform 0.7 pkg/output/json.go). */
export const printJson: Print = (results, { verbose, summary }) => {
  const shown = results.filter(
    ({ status }) => status === 'invalid' || status === 'error' || verbose,
  )
  const { valid, invalid, errors, skipped } = countResults(results)
  const report = {
    resources: shown.map(resource),
    ...(summary ? { summary: { valid, invalid, errors, skipped } } : {}),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function resource({ filename, kind, name, version, status, msg, errors }: Result): unknown {
  const base = { filename, kind, name, version, status: names[status] ?? '', msg }
  return errors.length === 0 ? base : { ...base, validationErrors: errors }
}
