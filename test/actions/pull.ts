import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestRepository } from '../repository.ts'

const CLUSTER = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 5m
  url: https://github.com/example/repository
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 5m
  path: ./apps
  prune: true
  targetNamespace: default
  sourceRef:
    kind: GitRepository
    name: flux-system
`

export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: v\n'

export interface Pull {
  readonly title?: string
  readonly fork?: boolean
  readonly depth?: number
  readonly commits: readonly {
    readonly message: string
    readonly files?: Readonly<Record<string, string>>
    /** What is done to the work tree or the index before the commit. */
    readonly change?: (repository: TestRepository) => void
  }[]
}

/** A workspace in which `pr/` is the test merge of a pull request, as actions/checkout leaves it. */
export class Workspace {
  readonly folder: string
  readonly #source: TestRepository
  readonly base: string
  readonly head: string
  readonly #pull: Pull

  constructor(pull: Pull) {
    this.#pull = pull
    this.folder = mkdtempSync(join(tmpdir(), 'fluxgate-workspace-'))
    const source = new TestRepository(
      join(this.folder, '..', `${this.folder.split('/').at(-1)}-source`),
    )
    mkdirSync(source.folder)
    this.#source = source
    source.git(['init', '--quiet', '--initial-branch=main'])
    this.base = source.commit('feat: start', {
      'clusters/main/flux.yaml': CLUSTER,
      'apps/a.yaml': CONFIG_MAP,
    })
    source.git(['checkout', '--quiet', '-b', 'topic'])
    for (const { message, files, change } of pull.commits) {
      source.write(files ?? {})
      change?.(source)
      source.commit(message)
    }
    this.head = source.git(['rev-parse', 'HEAD'])
    source.git(['checkout', '--quiet', '-b', 'merge', 'main'])
    source.git([
      'merge',
      '--quiet',
      '--no-ff',
      '-m',
      `Merge ${this.head} into ${this.base}`,
      'topic',
    ])
    const depth = pull.depth === undefined ? [] : [`--depth=${pull.depth}`]
    const from = ['--branch=merge', `file://${source.folder}`, join(this.folder, 'pr')]
    source.git(['clone', '--quiet', ...depth, ...from])
  }

  /** The event of the pull request; `name` and `more` for other events. */
  event(action = 'synchronize'): { name: string; payload: unknown } {
    const { title = 'feat: x', fork = false, commits } = this.#pull
    const pull_request = {
      number: 7,
      title,
      body: '',
      commits: commits.length,
      user: { login: 'ada' },
      base: { sha: this.base, ref: 'main' },
      head: { sha: this.head, repo: { fork } },
    }
    return {
      name: 'pull_request',
      payload: { action, pull_request, repository: { default_branch: 'main' } },
    }
  }

  /** The commits of the pull request as the API lists them. */
  listed(): unknown[] {
    const format = '--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%B%x01'
    const log = this.#source.git(['log', '--reverse', format, `${this.base}..${this.head}`])
    return log
      .split('\u0001')
      .map(one => one.trimStart().split('\0'))
      .filter(parts => parts.length > 1)
      .map(([sha = '', parents = '', name, email, date, message]) => ({
        sha,
        parents: parents.split(' ').map(parent => ({ sha: parent })),
        commit: { message, author: { name, email, date }, committer: { name, email, date } },
      }))
  }

  /** The same commits in a merge queue, which lands `message`. */
  queued(message: string): { name: string; payload: unknown } {
    const merge_group = { base_sha: this.base, head_sha: this.head, head_commit: { message } }
    return { name: 'merge_group', payload: { action: 'checks_requested', merge_group } }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
    this.#source[Symbol.dispose]()
  }
}
