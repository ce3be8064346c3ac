import { readFileSync } from 'node:fs'

/** A pull request as the event names it; the title is that of the moment the event was sent. */
export interface PullRequest {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly base: string
  readonly head: string
  /** Name of the branch it comes from. */
  readonly ref: string
  readonly commits: number | undefined
  /** Its code comes from another repository, so the token reads only. */
  readonly isForeign: boolean
}

/** What started the workflow, as far as the gate cares. Shapes: github webhook payloads. */
export interface Event {
  readonly name: string
  readonly pullRequest: PullRequest | undefined
  /** What the event compares: `base` is undefined where a push made the branch. */
  readonly range: { readonly base: string | undefined; readonly head: string } | undefined
  /** The message that a merge queue is about to land. */
  readonly landing: string | undefined
  readonly defaultBranch: string
}

/** Reads GITHUB_EVENT_NAME and GITHUB_EVENT_PATH; whatever is missing is left out. */
export function readEvent(env: Readonly<Record<string, string | undefined>>): Event {
  const name = env['GITHUB_EVENT_NAME'] ?? ''
  const payload = new Fields(readPayload(env['GITHUB_EVENT_PATH']))
  const pull = payload.at('pull_request')
  const group = payload.at('merge_group')
  const pullRequest = pull.number('number') === undefined ? undefined : readPull(pull)
  return {
    name,
    pullRequest,
    range: rangeOf(name, payload, group, pullRequest),
    landing: group.at('head_commit').text('message'),
    defaultBranch: payload.at('repository').text('default_branch') ?? 'main',
  }
}

function readPayload(path: string | undefined): unknown {
  try {
    return path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

function readPull(pull: Fields): PullRequest {
  const head = pull.at('head')
  const isDependabot = pull.at('user').text('login') === 'dependabot[bot]'
  return {
    number: pull.number('number') ?? 0,
    title: pull.text('title') ?? '',
    body: pull.text('body') ?? '',
    base: pull.at('base').text('sha') ?? '',
    head: head.text('sha') ?? '',
    ref: head.text('ref') ?? '',
    commits: pull.number('commits'),
    isForeign: isDependabot || head.at('repo').flag('fork'),
  }
}

function rangeOf(
  name: string,
  payload: Fields,
  group: Fields,
  pull: PullRequest | undefined,
): Event['range'] {
  if (pull !== undefined) return { base: pull.base, head: pull.head }
  const from = group.text('base_sha')
  const to = group.text('head_sha')
  if (from !== undefined && to !== undefined) return { base: from, head: to }
  const before = payload.text('before')
  const after = payload.text('after')
  if (name !== 'push' || after === undefined || /^0+$/.test(after)) return undefined
  return { base: before === undefined || /^0+$/.test(before) ? undefined : before, head: after }
}

/** Untyped data, read field by field. */
class Fields {
  readonly #data: Readonly<Record<string, unknown>>

  constructor(value: unknown) {
    this.#data = typeof value === 'object' && value !== null ? { ...value } : {}
  }

  at(name: string): Fields {
    return new Fields(this.#data[name])
  }

  text(name: string): string | undefined {
    const value = this.#data[name]
    return typeof value === 'string' ? value : undefined
  }

  number(name: string): number | undefined {
    const value = this.#data[name]
    return typeof value === 'number' ? value : undefined
  }

  flag(name: string): boolean {
    return this.#data[name] === true
  }
}
