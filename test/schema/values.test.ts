import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { base64Problem, isDuration, isTime } from '../../src/schema/format.ts'
import { formatProblem } from '../../src/schema/formats.ts'
import { nearest } from '../../src/schema/nearest.ts'
import { matches, patternProblem } from '../../src/schema/pattern.ts'
import { quantityProblem } from '../../src/schema/quantity.ts'
import { minorsOf } from '../../src/schema/version.ts'

describe('quantities', () => {
  it.each(['1', '1.5', '.5', '5.', '100m', '1Gi', '1e3', '1E3', '12E', '-1', '+1', '0', '1n'])(
    'are %s',
    text => {
      expect(quantityProblem(text)).toBeUndefined()
    },
  )

  it.each([
    ['', 'regular expression'],
    ['1 Gi', 'regular expression'],
    ['1.2.3', 'regular expression'],
    ['1gb', 'regular expression'],
    ['1GB', 'regular expression'],
    ['1K', 'suffix'],
    ['1e', 'suffix'],
    ['10MiB', 'regular expression'],
    ['.Ei', 'numeric part'],
    ['Pi', 'numeric part'],
    ['e-10', 'numeric part'],
  ])('are not %j', (text, problem) => {
    expect(quantityProblem(text)).toContain(problem)
  })
})

describe('texts with a grammar', () => {
  it('base64 takes what encodes bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(base64Problem(Buffer.from(bytes).toString('base64'))).toBeUndefined()
      }),
    )
  })

  it.each([
    ['a', 0],
    ['YQ', 0],
    ['YQ=', 3],
    ['YQ==x', 3],
    ['Y*==', 1],
  ])('base64 refuses %j', text => {
    expect(base64Problem(text)).toMatch(/illegal base64 data at input byte \d/)
  })

  it('base64 skips line breaks', () => {
    expect(base64Problem('YWJj\nZGVm\n')).toBeUndefined()
  })

  it.each([
    ['2026-01-31T12:00:00Z', true],
    ['2026-01-31T12:00:00.5+02:00', true],
    ['2026-02-30T12:00:00Z', false],
    ['2026-01-31', false],
    ['2026-01-31T24:00:00Z', false],
    ['2026-01-31t12:00:00z', false],
  ])('a time is %s: %s', (text, is) => {
    expect(isTime(text)).toBe(is)
  })

  it.each([
    ['5m', true],
    ['1h30m', true],
    ['1.5h', true],
    ['-5s', true],
    ['0', true],
    ['5', false],
    ['1d', false],
    ['', false],
  ])('a duration is %s: %s', (text, is) => {
    expect(isDuration(text)).toBe(is)
  })

  it.each([
    ['ipv4', '10.0.0.1', '10.0.0.256'],
    ['ipv6', 'fe80::1', 'fe80:::1'],
    ['cidr', '10.0.0.0/8', '10.0.0.0/33'],
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', 'x'],
    ['date', '2024-02-29', '2026-02-29'],
    ['k8s-short-name', 'a-b', 'A_b'],
    ['mac', '00:00:5e:00:53:01', '00:00'],
  ])('format %s takes %s and refuses %s', (format, good, bad) => {
    expect(formatProblem(format, good)).toBeUndefined()
    expect(formatProblem(format, bad)).toBe(format)
  })
})

describe('patterns', () => {
  it.each([
    ['^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$', '1h30m', true],
    ['^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$', '5d', false],
    ['(?i)^abc$', 'ABC', true],
    ['^\\pL+$', 'äb', true],
    ['^[[:alpha:]]+$', 'ab1', false],
    ['\\Aa\\z', 'a', true],
    ['^a$', 'a\n', false],
  ])('%s on %j: %s', (pattern, text, is) => {
    expect(matches(pattern, text)).toBe(is)
  })

  it('cannot be made to take for ever', () => {
    const start = performance.now()
    for (const pattern of ['^(a+)+$', '^(a|a)*$', '^(.*a){20}$', '(x+x+)+y', '(a+)+{9}'])
      matches(pattern, `${'a'.repeat(60)}${'x'.repeat(60)}!`)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('read by either engine mean the same', () => {
    const patterns = [
      '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$',
      '^(sops:)?[a-z]+(\\.[a-z]+)*$',
      '^(?:https?|oci)://.*$',
      'a{2,3}(b|c)+$',
    ]
    const texts = fc.array(fc.constantFrom('1', '.', 'ms', 's', 'a', 'b', 'sops:', 'oci://', 'm'), {
      maxLength: 9,
    })
    fc.assert(
      fc.property(fc.constantFrom(...patterns), texts, (pattern, parts) => {
        const text = parts.join('')
        expect(matches(pattern, text)).toBe(RE2JS.compile(pattern).matcher(text).find())
      }),
      { numRuns: 2000 },
    )
  })

  it('say what RE2 refuses', () => {
    expect(patternProblem('(?=a)')).toBeDefined()
    expect(patternProblem('^a+$')).toBeUndefined()
  })
})

describe('names', () => {
  it.each([
    ['replica', 'replicas'],
    ['Replicas', 'replicas'],
    ['repilcas', 'replicas'],
    ['selektor', 'selector'],
    ['nothing', undefined],
  ])('%s is near %s', (name, near) => {
    expect(nearest(name, ['replicas', 'selector', 'template', 'strategy'])).toBe(near)
  })

  it.each([
    ['1.36', ['1.36']],
    ['v1.34.4', ['1.34']],
    ['master', ['1.36']],
    ['1.33,1.36', ['1.33', '1.36']],
    ['1.20', []],
  ])('version %s means %j', (text, minors) => {
    expect(minorsOf(text).minors).toEqual(minors)
  })
})
