import type { Diagnostic } from '../text/diagnostic.ts'
import { printable } from '../text/frame.ts'
import { detailsOf, placeOf } from './place.ts'
import type { Reporter } from './reporter.ts'

/** JUnit: a test case for each finding, failed where it is an error; one that passes where there is none. */
export const reportJunit: Reporter = ({ diagnostics, counts, incomplete }) => {
  const cases = diagnostics.map(testCase)
  if (incomplete !== undefined)
    cases.push(
      `    <testcase classname="fluxgate" name="could not judge"><error message="${escape(incomplete)}"/></testcase>`,
    )
  if (cases.length === 0) cases.push('    <testcase classname="fluxgate" name="no findings"/>')
  const errors = incomplete === undefined ? 0 : 1
  const totals = `tests="${cases.length}" failures="${counts.error}" errors="${errors}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="fluxgate" ${totals}>`,
    `  <testsuite name="fluxgate" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(one: Diagnostic): string {
  const { code, level, message } = one
  const place = placeOf(one.at)
  const text = escape([`${place}: ${message}`, ...detailsOf(one)].join('\n'))
  const open = `    <testcase classname="${escape(code)}" name="${escape(`${place} ${message}`)}">`
  const inner =
    level === 'error'
      ? `<failure type="${escape(code)}" message="${escape(message)}">${text}</failure>`
      : `<system-out>${level}: ${text}</system-out>`
  return `${open}${inner}</testcase>`
}

/** Text for XML 1.0, which has no place for most controls even when escaped. */
function escape(text: string): string {
  const plain = text
    .split('\n')
    .map(printable)
    .join('\n')
    .replaceAll(/[\ufffe\uffff]/g, '\u{fffd}')
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}
