import { describe, expect, test } from 'vitest'
import { readCases } from './cases.ts'
import { compact, kubectlAnnotate, kustomizeBuild } from './tools.ts'

const cases = readCases()
const syntax = /(?<![\w.])yaml: (?!invalid map key|cannot decode|unmarshal)[^\n]*/

/** go-yaml's sentence in a tool's error, where the error is about syntax. */
function sentenceOf(error: string | undefined): string | undefined {
  const found = syntax.exec(error ?? '')?.[0]
  return found?.replace(/ in File: .*$/, '')
}

test('all 258 recorded cases are there', () => {
  expect(cases.length).toBe(258)
})

describe('v3: kustomize 5.8.1 prints the same bytes, or both refuse', () => {
  test.each(cases)('$name', ({ input, v3 }) => {
    const outcome = kustomizeBuild(Buffer.from(input, 'base64'))
    if (v3.ok) expect(outcome).toEqual({ ok: true, text: v3.yaml })
    else {
      expect(outcome.ok).toBe(false)
      const sentence = sentenceOf(v3.error)
      if (sentence !== undefined && !outcome.ok) expect(outcome.why).toBe(sentence)
    }
  })
})

describe('v2: kubectl prints the same JSON, or both refuse', () => {
  test.each(cases)('$name', ({ input, v2 }) => {
    const outcome = kubectlAnnotate(Buffer.from(input, 'base64'))
    // Long answers were recorded up to 3,000 characters.
    const whole = (v2.json ?? '').length < 3000
    if (v2.ok && whole) expect(outcome).toEqual({ ok: true, text: compact(v2.json ?? '') })
    else if (v2.ok) expect(outcome.ok && outcome.text.startsWith(compact(v2.json ?? ''))).toBe(true)
    else {
      expect(outcome.ok).toBe(false)
      const sentence = sentenceOf(v2.error)
      if (sentence !== undefined && !outcome.ok) expect(outcome.why).toBe(sentence)
    }
  })
})
