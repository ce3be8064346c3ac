import { expect, it } from 'vitest'
import { isMute, judgeString } from '../../src/secrets/strings.ts'
import { findTokens } from '../../src/secrets/token.ts'
import { stringNode } from '../../src/yaml/node.ts'
import { Source } from '../../src/text/source.ts'

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return sides => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % sides
  }
}

function pick(parts: readonly string[], most: number, roll: (sides: number) => number): string {
  return Array.from({ length: 1 + roll(most) }, () => parts[roll(parts.length)] ?? '').join('')
}

/** What commands, URLs, settings, tokens, variables and documents are made of. */
const SPEECH = (
  'mysql|curl|sshpass| |  |-|--|-p|-u |token|password|hunter22|Authorization|uthorization|bearer |://|@|' +
  'https|db|:|: |=|{|}|[|]|${|A:=|\n|"|export |PASS|AKIA|ghp_|xoxb-|eyJ|QWxhZGRpbjpvcGVuIHNlc2FtZQ|' +
  '0123456789abcdef|z|kind|Secret|stringData'
).split('|')

it('calls no string mute that gives something away', () => {
  const roll = dice(3)
  let [mute, speaking] = [0, 0]
  for (let i = 0; i < 60_000; i++) {
    const text = pick(SPEECH, 9, roll)
    const node = stringNode(text, new Source('a.yaml', text).span(0))
    const found = [...judgeString(node, 'a', 0, () => [])]
    if (found.length > 0) speaking++
    // Shorter ones hold a credential only by what they are called.
    if (text.length < 16 || !isMute(text)) continue
    mute++
    expect(found, text).toEqual([])
  }
  expect(Math.min(mute, speaking)).toBeGreaterThan(500)
})

const CODE = 'a|Zz9|_|/|+|-|--|---|=| |\n|"|:|{|,|abcdefgh|ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.split(
  '|',
)

it('passes over no run of code that is long enough', () => {
  const roll = dice(5)
  let runs = 0
  for (let i = 0; i < 40_000; i++) {
    const text = pick(CODE, 14, roll)
    const tokens = findTokens(Buffer.from(text))
    for (const { 0: run, index } of text.matchAll(/[\w+/]{40,}/g)) {
      runs++
      const holding = tokens.find(({ start, end }) => start <= index && index + run.length <= end)
      expect(holding?.text, text).toContain(run)
    }
  }
  expect(runs).toBeGreaterThan(2000)
})
