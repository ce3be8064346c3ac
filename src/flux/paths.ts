/** A path as Flux joins it to the root of the artifact: `..` and a leading `/` do not lead out of it. */
export function cleanPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') segments.pop()
    else segments.push(segment)
  }
  return segments.join('/')
}

export function joinRoot(root: string, path: string): string {
  const clean = cleanPath(path)
  return root === '' ? clean : clean === '' ? root : `${root}/${clean}`
}
