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

/** The folder of the repository that a path of an artifact means; undefined where the artifact has none of it. */
export function folderIn(
  { root, moved = '' }: { readonly root: string; readonly moved?: string },
  path: string,
): string | undefined {
  const clean = cleanPath(path)
  if (moved === '' || clean === moved) return joinRoot(root, moved === '' ? clean : '')
  return clean.startsWith(`${moved}/`) ? joinRoot(root, clean.slice(moved.length)) : undefined
}

/**
 * The folder of the repository that `folder` of an artifact is, as far as a file below it tells: the
 * artifact's root may lie below the repository's. Undefined where the file is not below such a folder.
 */
export function folderAround(file: string, folder: string): string | undefined {
  if (folder === '') return undefined
  const at = `/${file}`.indexOf(`/${folder}/`)
  return at === -1 ? undefined : file.slice(0, at + folder.length)
}
