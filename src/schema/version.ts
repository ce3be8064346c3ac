/** Minors whose schemas are in the package, newest first. */
export const minors = ['1.36', '1.34', '1.33'] as const

/** The newest minor; what `master` stands for. */
export const newest: string = minors[0]

/**
 * The minor of a Kubernetes version as people write it (`1.36`, `1.36.2`, `v1.36.2`, `master`);
 * undefined where it is none.
 */
export function minorOf(version: string): string | undefined {
  if (version === 'master') return newest
  return /^v?(\d+\.\d+)(?:\.\d+)?(?:[-+].*)?$/.exec(version.trim())?.[1]
}

/** Whether we ship what this minor serves. */
export function isShipped(minor: string): boolean {
  return minors.some(one => one === minor)
}

/** The minors of a comma list, each once; the parts that are none in `wrong`. */
export function minorsOf(list: string): {
  readonly minors: readonly string[]
  readonly wrong: readonly string[]
} {
  const found = new Set<string>()
  const wrong: string[] = []
  for (const part of list.split(',')) {
    const minor = minorOf(part.trim())
    if (minor === undefined || !isShipped(minor)) wrong.push(part.trim())
    else found.add(minor)
  }
  return { minors: [...found], wrong }
}
