import type { Diagnostic } from '../text/diagnostic.ts'
import { printable } from '../text/frame.ts'
import { detailsOf, placeOf } from './place.ts'
import type { Reporter } from './reporter.ts'

/** TAP 14: a point for each finding, not ok where it is an error; one that is ok where there is none. */
export const reportTap: Reporter = ({ diagnostics, incomplete }) => {
  const lines = ['TAP version 14', `1..${Math.max(1, diagnostics.length)}`]
  if (incomplete !== undefined) return `${lines[0]}\nBail out! ${line(incomplete)}\n`
  if (diagnostics.length === 0) lines.push('ok 1 - no findings')
  diagnostics.forEach((one, index) => lines.push(...point(one, index + 1)))
  return `${lines.join('\n')}\n`
}

function point(one: Diagnostic, number: number): string[] {
  const ok = one.level === 'error' ? 'not ok' : 'ok'
  const title = line(`${one.code} ${placeOf(one.at)} ${one.message}`)
  const details = detailsOf(one).map(text => `    - ${JSON.stringify(text)}`)
  return [
    `${ok} ${number} - ${title}`,
    '  ---',
    `  severity: ${one.level}`,
    ...(details.length === 0 ? [] : ['  details:', ...details]),
    '  ...',
  ]
}

/** One line in which `#` starts no directive. */
function line(text: string): string {
  return printable(text.replaceAll('\n', ' ')).replaceAll('\\', '\\\\').replaceAll('#', '\\#')
}
