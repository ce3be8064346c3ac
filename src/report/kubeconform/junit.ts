import { countResults, type Print, type Result } from './result.ts'

/** `-output junit` (kubeconform 0.7 pkg/output/junit.go): a suite for each file. */
export const printJunit: Print = results => {
  const counts = countResults(results)
  const suites = [...Map.groupBy(results, one => one.filename)]
  const total = counts.valid + counts.invalid + counts.errors + counts.skipped
  const head = `<testsuites name="kubeconform" time="0" tests="${total}" failures="${counts.invalid}" disabled="${counts.skipped}" errors="${counts.errors}">`
  return `${[head, ...suites.flatMap(([name, all], i) => suite(name, all, i + 1)), '</testsuites>'].join('\n')}\n`
}

function suite(name: string, every: readonly Result[], id: number): string[] {
  const all = every.filter(one => one.status !== 'empty')
  const { invalid, errors, skipped } = countResults(all)
  const head = `  <testsuite name="${escape(name)}" id="${id}" tests="${all.length}" failures="${invalid}" errors="${errors}" disabled="0" skipped="${skipped}">`
  return all.length === 0
    ? [`${head}</testsuite>`]
    : [head, ...all.flatMap(testCase), '  </testsuite>']
}

function testCase(one: Result): string[] {
  const name = one.namespace === '' ? one.name : `${one.namespace}/${one.name}`
  const head = `    <testcase name="${escape(name)}" classname="${escape(`${one.kind}@${one.version}`)}" time="0">`
  const body =
    one.status === 'invalid'
      ? [`      <failure message="${escape(one.msg)}" type=""></failure>`]
      : one.status === 'error'
        ? [`      <error message="${escape(one.msg)}" type=""></error>`]
        : one.status === 'skipped'
          ? ['      <skipped message=""></skipped>']
          : []
  return body.length === 0 ? [`${head}</testcase>`] : [head, ...body, '    </testcase>']
}

function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;')
}
