import { generateHybridIdentity, generateIdentity } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { encode } from '../src/secrets/bech32.ts'
import { scanBytes } from '../src/secrets/scan.ts'
import { disguises } from './secrets/disguises.ts'
import { rareDisguises } from './secrets/rare.ts'

const identities = {
  classic: await generateIdentity(),
  'post-quantum': await generateHybridIdentity(),
  plugin: encode('age-plugin-pq-', crypto.getRandomValues(new Uint8Array(32))).toUpperCase(),
}

describe.each(Object.entries(identities))('a %s identity', (_, key) => {
  it.each(Object.entries(disguises(key)))('is found: %s', (name, content) => {
    const bytes = Buffer.from(content)
    const leaks = scanBytes(bytes, name)
    expect(leaks.map(leak => leak.code)).toContain('age-identity')
    expect(JSON.stringify(leaks)).not.toContain(key.slice(20, 40))
  })
})

it.each(Object.entries(rareDisguises(identities.classic)))(
  'an identity under a rare encoding is found: %s',
  (name, content) => {
    const leaks = scanBytes(Buffer.from(content), name)
    expect(leaks.map(leak => leak.code)).toContain('age-identity')
    expect(JSON.stringify(leaks)).not.toContain(identities.classic.slice(20, 40))
  },
)

describe('what is no identity', () => {
  const key = identities.classic
  it.each(
    Object.entries({
      'a placeholder of X': `AGE-SECRET-KEY-1${'X'.repeat(58)}`,
      'a placeholder of Q': `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
      dots: 'AGE-SECRET-KEY-1...',
      'a random wrong checksum': `${key.slice(0, 40)}${key.slice(40).split('').reverse().join('')}`,
      'the prefix alone': 'Look for AGE-SECRET-KEY-1 in your files',
      'a digest': `sha256:${'0123456789abcdef'.repeat(4)}`,
    }),
  )('is not reported: %s', (_, text) => {
    expect(scanBytes(Buffer.from(`${text}\n`))).toEqual([])
  })
})
