import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { detached } from '../../src/yaml/word.ts'

test('a detached text is the same text, whatever a table may mean by it', () => {
  for (const text of ['', '0', '01', '4294967295', '__proto__', 'constructor', 'name', '\ud800'])
    expect(detached(text)).toBe(text)
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), texts => {
      expect(texts.map(detached)).toEqual(texts)
    }),
  )
})
