import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agree, type Answer, ask, Batch } from './kustomize/fuzz/compare.ts'
import { shrink } from './kustomize/fuzz/shrink.ts'
import { type FuzzTree, makeTree } from './kustomize/fuzz/tree.ts'

const SEED = Number(process.env['FUZZ_SEED'] ?? '1')
const COUNT = Number(process.env['FUZZ_TREES'] ?? '300')
const ROUND = 200

let batch: Batch
beforeAll(() => {
  batch = new Batch()
})
afterAll(() => {
  batch.dispose()
})

/** `FUZZ_SEED` and `FUZZ_TREES` choose which trees; the default is what every run compares. */
it(`agrees with kustomize on ${COUNT} random trees from seed ${SEED}`, () => {
  const histogram = new Map<string, number>()
  const wrong: FuzzTree[] = []
  let refused = 0
  for (let from = 0; from < COUNT; from += ROUND) {
    const size = Math.min(ROUND, COUNT - from)
    const trees = Array.from({ length: size }, (_, i) => makeTree(SEED + from + i))
    for (const [i, answer] of batch.answers(trees).entries()) {
      const tree = trees[i]
      if (tree === undefined) continue
      for (const field of tree.fields) histogram.set(field, (histogram.get(field) ?? 0) + 1)
      if ('error' in answer) refused++
      if (!agree(answer, safely(tree))) wrong.push(tree)
    }
  }
  const share = ((100 * refused) / COUNT).toFixed(1)
  console.log(
    `seed ${SEED}: ${COUNT} trees, ${refused} refused (${share} %), ${wrong.length} wrong`,
  )
  console.log(Object.fromEntries([...histogram].sort((a, b) => b[1] - a[1])))
  expect(wrong.slice(0, 3).map(keep)).toEqual([])
  expect(refused / COUNT).toBeGreaterThanOrEqual(0.1)
})

function safely(tree: FuzzTree): Answer {
  try {
    return ask(tree.files, tree.root)
  } catch (error) {
    return { yaml: `crashed: ${String(error)}` }
  }
}

/** Shrinks a disagreement into a case folder, ready to be recorded; answers with its path. */
function keep(tree: FuzzTree): string {
  const small = shrink(tree, one => {
    const [answer] = batch.answers([one])
    return answer !== undefined && !agree(answer, safely(one))
  })
  const folder = join(import.meta.dirname, 'kustomize', 'found', `seed-${tree.seed}`)
  for (const [path, text] of small.files) {
    const file = join(folder, 'in', path.slice(tree.root.length + 1))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return folder
}
