import type { FuzzTree } from './tree.ts'

const STEPS = 400

/** Takes files, then blocks of lines, then lines away while the tree still shows the disagreement. */
export function shrink(tree: FuzzTree, isWrong: (tree: FuzzTree) => boolean): FuzzTree {
  let best = tree
  let steps = 0
  const tryOut = (files: ReadonlyMap<string, string>): boolean => {
    if (steps++ >= STEPS) return false
    const next = { ...best, files }
    if (!isWrong(next)) return false
    best = next
    return true
  }
  for (const path of tree.files.keys()) {
    const files = new Map(best.files)
    files.delete(path)
    tryOut(files)
  }
  for (const size of [8, 4, 2, 1])
    for (const path of best.files.keys()) shrinkFile(() => best, path, size, tryOut)
  return best
}

function shrinkFile(
  best: () => FuzzTree,
  path: string,
  size: number,
  tryOut: (files: ReadonlyMap<string, string>) => boolean,
): void {
  for (let at = 0; ;) {
    const lines = (best().files.get(path) ?? '').split('\n')
    if (at + size >= lines.length) return
    const fewer = lines.toSpliced(at, size).join('\n')
    if (!tryOut(new Map(best().files).set(path, fewer))) at += size
  }
}
