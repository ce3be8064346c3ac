/** Whether kustomize fetches the path as a file over HTTP. */
export function isRemoteFile(path: string): boolean {
  return /^https?:/i.test(path) && !/[\s%](?![0-9a-f]{2})/i.test(path)
}

/**
 * Whether kustomize takes the path for a git repository (api/internal/git NewRepoSpecFromURL): a
 * scheme it knows, or the style of scp, a host and at least two parts of a path.
 */
export function isRemoteBase(path: string): boolean {
  if (path.startsWith('/')) return false
  const [whole = ''] = path.split('?')
  const [scheme, afterScheme] = cutScheme(whole.replace(/^git::/i, ''))
  const user = /^[a-z][a-z0-9-]*@/i.exec(afterScheme)?.[0] ?? ''
  const rest = afterScheme.slice(user.length)
  const isGithub = /^github\.com[/:]/i.test(rest)
  const isScp = scheme === '' && (user !== '' || isGithub)
  if (scheme === '' && !isScp) return false
  if (scheme === 'file://') return splitsRepository(user + rest, true)
  const end = hostEnd(rest, isScp)
  const host = end === -1 ? rest : rest.slice(0, end + 1)
  if (host === '') return false
  return splitsRepository(end === -1 ? '' : rest.slice(end + 1), false)
}

function cutScheme(text: string): readonly [string, string] {
  const scheme = /^(?:ssh|https?|file):\/\//i.exec(text)?.[0] ?? ''
  return [scheme.toLowerCase(), text.slice(scheme.length)]
}

function hostEnd(rest: string, isScp: boolean): number {
  const slash = rest.indexOf('/')
  const colon = isScp ? rest.indexOf(':') : -1
  return slash === -1 || (colon > 0 && colon < slash) ? (isScp ? colon : slash) : slash
}

function splitsRepository(path: string, isFile: boolean): boolean {
  const [repository, root] = splitRepository(path, isFile)
  if (repository === '') return false
  return !/^\/?(?:\.\/)*\.\.(?:\/|$)/.test(root)
}

function splitRepository(path: string, isFile: boolean): readonly [string, string] {
  const git = path.indexOf('_git/')
  if (git !== -1) {
    const [name = '', ...root] = path.slice(git + 5).split('/')
    return [path.slice(0, git + 5) + name, root.join('/')]
  }
  const double = path.indexOf('//')
  if (double !== -1) return [path.slice(0, double), path.slice(double + 2)]
  const suffix = path.indexOf('.git')
  if (suffix !== -1) return [path.slice(0, suffix + 4), path.slice(suffix + 4)]
  if (isFile) return [path, '']
  const parts = path.split('/')
  return parts.length < 2 ? ['', ''] : [parts.slice(0, 2).join('/'), parts.slice(2).join('/')]
}
