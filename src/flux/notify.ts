import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { itemsAt, mapAt, scalarAt, textAt } from './fields.ts'
import { NOTIFICATION } from './kinds.ts'
import type { Lookup } from './lookup.ts'

/** What notification-controller 1.9 makes nothing of, though the API server takes it. */
export function* checkNotifications(lookup: Lookup): Iterable<Finding> {
  for (const { object } of lookup.all()) {
    if (object.id.group !== NOTIFICATION) continue
    if (object.id.kind === 'Provider') yield* checkAddress(object)
    if (object.id.kind === 'Receiver') yield* checkLabels(object)
  }
}

/** How many parts the path of a repository has, by the type of its provider (internal/notifier). */
const PARTS: Readonly<Record<string, number>> = {
  github: 2,
  githubdispatch: 2,
  githubpullrequestcomment: 2,
  gitea: 2,
  giteapullrequestcomment: 2,
  bitbucket: 2,
  azuredevops: 4,
}

const SHAPES: Readonly<Record<number, string>> = {
  2: 'https://HOST/OWNER/REPOSITORY',
  4: 'https://HOST/ORGANISATION/PROJECT/_git/REPOSITORY',
}

/** The address of a provider that writes to a Git host; one in its Secret would win, and nobody writes both. */
function* checkAddress({ id, root }: KubeObject): Iterable<Finding> {
  const address = scalarAt(root, 'spec', 'address')
  const parts = PARTS[textAt(root, 'spec', 'type')]
  if (address === undefined || address.text === '' || parts === undefined) return
  const repository = repositoryId(address.text)
  if (repository.split('/').length === parts) return
  yield {
    code: 'provider-address',
    message: `invalid repository id: '${repository}'`,
    at: address,
    object: formatId(id),
    field: 'spec.address',
    help: `the address is that of the repository: ${SHAPES[parts]}`,
  }
}

/** Path of a Git address without `.git`, also of `git@host:path` (internal/notifier parseGitAddress). */
function repositoryId(address: string): string {
  const path =
    /^[\w+.-]+:\/\/[^/]*(\/[^?#]*)?/.exec(address)?.[1] ??
    /^(?:[^@/\s]+@)?[^:/\s]+:(?!\/\/)(.*)$/.exec(address)?.[1] ??
    (address.includes('://') ? '' : address)
  return path.replace(/^\/+/, '').replace(/\.git$/, '')
}

/** Labels choose among all objects of a kind; beside a name they choose nothing. */
function* checkLabels({ id, root }: KubeObject): Iterable<Finding> {
  for (const [i, item] of itemsAt(root, 'spec', 'resources').entries()) {
    const labels = mapAt(item, 'matchLabels')
    const name = textAt(item, 'name')
    if (labels === undefined || name === '' || name === '*' || item.kind !== 'map') continue
    yield {
      code: 'idle-labels',
      message: `matchLabels have no effect beside name: ${name}`,
      at: item.key('matchLabels') ?? labels,
      object: formatId(id),
      field: `spec.resources[${i}].matchLabels`,
      help: "write name: '*' to choose by labels, or leave the labels out",
    }
  }
}
