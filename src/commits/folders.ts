/** Folders whose own folders are scopes. */
export const TOPS: readonly string[] = ['apps', 'clusters', 'infrastructure', 'tenants']

/** The scopes that a GitOps repository has by itself: the folders below `apps`, `clusters` and their like. */
export function scopeFolders(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    const [top = '', ...rest] = path.split('/').slice(0, -1)
    if (TOPS.includes(top))
      for (const segment of rest.slice(0, 3)) folders.add(segment.toLowerCase())
  }
  return folders
}
