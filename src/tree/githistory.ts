import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Source } from '../text/source.ts'
import { type GitProblem, isProblem, type Repository, runGit } from './git.ts'
import { readObjects } from './gitblobs.ts'

/** A person and a time as git stores them; `time` in seconds since 1970. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly time: number
}

/** A commit as stored: nothing is inferred from its text. */
export interface Revision {
  readonly sha: string
  readonly parents: readonly string[]
  readonly author: Person
  readonly committer: Person
  /** The message; its owner names the commit. */
  readonly message: Source
  /** The whole object, where its message is not UTF-8 or it has headers that are none of the above. */
  readonly raw?: Uint8Array
}

const DEEPEN =
  'fetch the whole history: git fetch --unshallow, or actions/checkout with fetch-depth: 0'

/** The full id of the commit that `rev` names, as it was when first asked. */
export function resolveCommit(repository: Repository, rev: string): string | GitProblem {
  const { known } = repository
  const answer = known.get(rev) ?? askCommit(repository, rev)
  if (!isProblem(answer)) known.set(rev, answer).set(answer, answer)
  return answer
}

function askCommit(repository: Repository, rev: string): string | GitProblem {
  if (rev === '' || rev.startsWith('-')) return unknownRevision(repository, rev)
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`]
  const answer = runGit(repository, args, { accept: [0, 1] })
  if (isProblem(answer))
    return answer.problem === 'failed' ? unknownRevision(repository, rev) : answer
  const sha = answer.toString().trim()
  return sha === '' ? unknownRevision(repository, rev) : sha
}

function unknownRevision(repository: Repository, rev: string): GitProblem {
  const shown = JSON.stringify(rev)
  if (/^0{40,64}$/.test(rev))
    return {
      problem: 'unknown-revision',
      message: 'a revision of zeros names no commit: the branch was just made or removed',
      help: 'compare with the branch that it started from',
    }
  if (repository.shallow)
    return {
      problem: 'shallow',
      message: `revision ${shown} is not in this shallow clone`,
      help: DEEPEN,
    }
  if (rev === 'HEAD')
    return {
      problem: 'unknown-revision',
      message: 'there is no commit yet',
      help: 'commit first, and then have it judged',
    }
  const help = /^[0-9a-f]{40,64}$/.test(rev)
    ? `it may have been replaced by a forced push: git fetch origin ${rev}`
    : /^[\w./-]+$/.test(rev)
      ? `fetch it, or name a remote branch: git fetch origin ${rev.replace(/^origin\//, '')}`
      : 'name a branch, a tag or a commit'
  return { problem: 'unknown-revision', message: `no such revision: ${shown}`, help }
}

/** The commit where two lines of history part. A shallow clone answers only when it can know. */
export function mergeBase(repository: Repository, a: string, b: string): string | GitProblem {
  const first = resolveCommit(repository, a)
  if (isProblem(first)) return first
  const second = resolveCommit(repository, b)
  if (isProblem(second)) return second
  const answer = runGit(repository, ['merge-base', first, second], { accept: [0, 1] })
  if (isProblem(answer)) return answer
  const base = answer.toString().trim()
  if (base !== '')
    return (repository.shallow && cutAbove(repository, base, [first, second])) || base
  if (repository.shallow)
    return {
      problem: 'shallow',
      message: `this shallow clone does not reach where ${a} and ${b} part`,
      help: DEEPEN,
    }
  return {
    problem: 'unrelated',
    message: `${a} and ${b} have no commit in common`,
    help: 'name the branch that the pull request is based on',
  }
}

/** What narrows a range. */
export interface RangeOptions {
  /** How many commits the platform counts; a clone that has as many is complete, however it was cut. */
  readonly expected?: number | undefined
  /** The first commit that counts; what only its parents reach is left out. */
  readonly since?: string | undefined
}

/**
 * The commits that `head` adds to `base` (without one: all of them), oldest first. Never a part: where
 * the clone is cut off inside the range the answer is a problem, unless the count shows that nothing is
 * missing.
 */
export function revisions(
  repository: Repository,
  base: string | undefined,
  head: string,
  { expected, since }: RangeOptions = {},
): readonly Revision[] | GitProblem {
  const from = base === undefined ? undefined : resolveCommit(repository, base)
  if (isProblem(from)) return from
  const to = resolveCommit(repository, head)
  if (isProblem(to)) return to
  const range = listRange(repository, to, from)
  if (isProblem(range)) return range
  if (expected !== undefined && expected !== range.length) {
    const cut = cutBelow(repository, from, range)
    const message = `the platform counts ${expected} commits, this clone has ${range.length} in ${base}..${head}`
    return cut ?? { problem: 'shallow', message, help: DEEPEN }
  }
  const cut = expected === undefined ? cutBelow(repository, from, range) : undefined
  if (cut !== undefined) return cut
  const kept = since === undefined ? range : narrow(repository, range, to, from, since)
  return isProblem(kept) ? kept : readRevisions(repository, kept)
}

function listRange(
  repository: Repository,
  head: string,
  base: string | undefined,
  without: readonly string[] = [],
): readonly string[] | GitProblem {
  const excluded = [...(base === undefined ? [] : [base]), ...without].map(id => `^${id}`)
  const args = ['rev-list', '--topo-order', '--reverse', head, ...excluded, '--']
  const answer = runGit(repository, args)
  return isProblem(answer) ? answer : answer.toString('latin1').split('\n').filter(Boolean)
}

/** Leaves out what is older than `since`. A clone that does not have that commit is judged whole. */
function narrow(
  repository: Repository,
  range: readonly string[],
  head: string,
  base: string | undefined,
  since: string,
): readonly string[] | GitProblem {
  const first = resolveCommit(repository, since)
  if (isProblem(first) || !isAncestor(repository, first, head)) return range
  const [revision] = known(readRevisions(repository, [first]))
  const parents = (revision?.parents ?? []).filter(id => !isProblem(resolveCommit(repository, id)))
  return listRange(repository, head, base, parents)
}

function known<T>(value: readonly T[] | GitProblem): readonly T[] {
  return isProblem(value) ? [] : value
}

/** These commits, read as git stores them: no mail map, no replacement, no signature text. */
export function readRevisions(
  repository: Repository,
  ids: readonly string[],
): readonly Revision[] | GitProblem {
  const read: Revision[] = []
  const wanted = ids.map(id => ({ id, size: 0 }))
  for (const object of readObjects(repository, wanted)) {
    if (isProblem(object)) return object
    read.push(parseRevision(object.id, object.bytes))
  }
  return read
}

/** The problem when history above `base` ends where the clone was cut off instead of reaching it. */
function cutBelow(
  repository: Repository,
  base: string | undefined,
  range: readonly string[],
): GitProblem | undefined {
  if (!repository.shallow) return undefined
  const ends = shallowEnds(repository)
  const inside = range.filter(id => ends.has(id))
  const cut = readRevisions(repository, inside)
  if (isProblem(cut)) return cut
  const open = cut.find(({ parents }) =>
    parents.some(id => base === undefined || !isAncestor(repository, id, base)),
  )
  if (open === undefined) return undefined
  const above = base === undefined ? 'before the first commit' : `above ${base.slice(0, 12)}`
  const message = `this shallow clone ends at ${open.sha.slice(0, 12)}, ${above}`
  return { problem: 'shallow', message, help: DEEPEN }
}

function cutAbove(
  repository: Repository,
  base: string,
  heads: readonly string[],
): GitProblem | undefined {
  for (const head of heads) {
    const range = listRange(repository, head, base)
    const cut = isProblem(range) ? range : cutBelow(repository, base, range)
    if (cut !== undefined) return cut
  }
  return undefined
}

function shallowEnds(repository: Repository): ReadonlySet<string> {
  try {
    const text = readFileSync(join(repository.gitFolder, 'shallow'), 'latin1')
    return new Set(text.split('\n').filter(Boolean))
  } catch {
    return new Set()
  }
}

/** Whether a commit is reachable from another; false where the clone has it not. */
export function isAncestor(repository: Repository, ancestor: string, of: string): boolean {
  const args = ['merge-base', '--is-ancestor', ancestor, of]
  return !isProblem(runGit(repository, args))
}

const PERSON = /^(.*?) ?<([^>]*)> (-?\d+)/

/** The stored form of a commit, read: headers, a blank line, the message in the encoding it names. */
export function parseRevision(sha: string, bytes: Uint8Array): Revision {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const split = buffer.indexOf('\n\n')
  const headers = buffer.subarray(0, split === -1 ? buffer.length : split)
  const lines = headers.toString('latin1').split('\n')
  const encoding = lines.find(line => line.startsWith('encoding '))?.slice('encoding '.length)
  const decode = decoderOf(encoding)
  const person = (field: string): Person => {
    const line = lines.find(line => line.startsWith(`${field} `)) ?? ''
    const text = decode(Buffer.from(line.slice(field.length + 1), 'latin1'))
    const [, name = text, email = '', time = '0'] = PERSON.exec(text) ?? []
    return { name, email, time: Number(time) }
  }
  const message = split === -1 ? '' : decode(buffer.subarray(split + 2))
  const isPlain = lines.every(line => /^(?:tree|parent|author|committer) /.test(line))
  return {
    ...(isPlain ? {} : { raw: bytes }),
    sha,
    parents: lines.filter(line => line.startsWith('parent ')).map(line => line.slice(7)),
    author: person('author'),
    committer: person('committer'),
    message: new Source('', message, { commit: sha, in: 'message' }),
  }
}

/** Git's encoding names are those of the web, but for unknown ones: then bytes are shown as Latin-1. */
function decoderOf(encoding: string | undefined): (bytes: Uint8Array) => string {
  try {
    const decoder = new TextDecoder(encoding ?? 'utf-8', { ignoreBOM: true })
    return bytes => decoder.decode(bytes)
  } catch {
    return bytes => Buffer.from(bytes).toString('latin1')
  }
}
