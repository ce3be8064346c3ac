import { createHash } from 'node:crypto'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { expect, it } from 'vitest'
import { findLeaks } from '../src/secrets/tree.ts'
import { memoryTree } from '../src/tree/memory.ts'

it('says so when there are more candidates than it tries', async () => {
  const recipient = await identityToRecipient(await generateIdentity())
  const sops = `creation_rules:\n  - path_regex: .*\n    age: ${recipient}\n`
  const hashes = (count: number) =>
    Array.from({ length: count }, (_, i) => createHash('sha256').update(`${i}`).digest('hex'))
  const said = (count: number) =>
    [
      ...findLeaks(
        memoryTree({
          '.sops.yaml': sops,
          'sums.txt': hashes(count)
            .map((hash, i) => `${hash}  file-${i}.txt`)
            .join('\n'),
        }),
      ),
    ]
      .filter(one => one.code === 'opaque-content')
      .map(one => one.at.source.path)
  expect(said(100)).toEqual([])
  expect(said(4100)).toContain('sums.txt')
})
