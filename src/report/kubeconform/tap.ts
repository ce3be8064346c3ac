import type { Print, Result } from './result.ts'

/** `-output tap` (kubeconform 0.7 pkg/output/tap.go). */
export const printTap: Print = results => {
  const lines = results.map((one, i) => line(one, i + 1))
  return `${['TAP version 13', ...lines, `1..${results.length}`].join('\n')}\n`
}

function line(one: Result, number: number): string {
  const { filename, version, kind, namespace, name, msg } = one
  const title = `${filename} (${[version, kind, namespace, name].join('/')})`
  if (one.status === 'empty') return `ok ${number} - ${filename} (empty)`
  if (one.status === 'valid') return `ok ${number} - ${title}`
  if (one.status === 'skipped') return `ok ${number} - ${title} # skip`
  return one.status === 'error'
    ? `not ok ${number} - ${filename}: ${msg}`
    : `not ok ${number} - ${title}: ${msg}`
}
