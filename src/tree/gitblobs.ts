import { type GitProblem, isProblem, type Repository, runGit, unreachable } from './git.ts'

/** An object as `git cat-file --batch` gives it. */
export interface GitObject {
  readonly id: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** Bytes that one call of git brings at most, so that a large history needs little memory. */
const CHUNK = 32 * 2 ** 20
/** Ids that one call asks for at most. */
const CHUNK_COUNT = 5000

export interface Sized {
  readonly id: string
  readonly size: number
}

/** Reads objects of any number, chunk by chunk; a missing one ends the reading with a problem. */
export function* readObjects(
  repository: Repository,
  wanted: Iterable<Sized>,
): Generator<GitObject | GitProblem> {
  for (const chunk of chunksOf(wanted)) {
    const objects = readChunk(repository, chunk)
    if (isProblem(objects)) {
      yield objects
      return
    }
    yield* objects
  }
}

function* chunksOf(wanted: Iterable<Sized>): Generator<string[]> {
  let ids: string[] = []
  let bytes = 0
  for (const { id, size } of wanted) {
    if (ids.length > 0 && (bytes + size > CHUNK || ids.length >= CHUNK_COUNT)) {
      yield ids
      ids = []
      bytes = 0
    }
    ids.push(id)
    bytes += size
  }
  if (ids.length > 0) yield ids
}

/** Reads these objects in one call of git, in the order asked. */
export function readChunk(
  repository: Repository,
  ids: readonly string[],
): GitObject[] | GitProblem {
  const answer = runGit(repository, ['cat-file', '--batch', '--buffer'], {
    input: `${ids.join('\n')}\n`,
  })
  if (isProblem(answer)) return answer
  const objects: GitObject[] = []
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0x0a, at)
    const [id = '', type = '', size = ''] = answer.toString('latin1', at, end).split(' ')
    if (type === 'missing') return unreachable(`object ${id}`)
    const start = end + 1
    const stop = start + Number(size)
    objects.push({ id, type, bytes: answer.subarray(start, stop) })
    at = stop + 1
  }
  return objects
}

/** Sizes of objects without their bytes; an id that the clone lacks is a problem. */
export function readSizes(
  repository: Repository,
  ids: readonly string[],
): ReadonlyMap<string, number> | GitProblem {
  if (ids.length === 0) return new Map()
  const input = `${ids.join('\n')}\n`
  const answer = runGit(repository, ['cat-file', '--batch-check', '--buffer'], { input })
  if (isProblem(answer)) return answer
  const sizes = new Map<string, number>()
  for (const line of answer.toString('latin1').trimEnd().split('\n')) {
    const [id = '', type = '', size = ''] = line.split(' ')
    if (type === 'missing') return unreachable(`object ${id}`)
    sizes.set(id, Number(size))
  }
  return sizes
}

/** Bytes of blobs that stay in memory; beyond that the oldest go. */
const CACHE = 192 * 2 ** 20
/** A blob larger than this is fetched alone, on demand. */
const SMALL = 2 ** 20

/** Blobs by id, fetched many at a time and shared by every tree of a repository. */
export class BlobCache {
  readonly #repository: Repository
  readonly #blobs = new Map<string, Uint8Array>()
  #bytes = 0

  constructor(repository: Repository) {
    this.#repository = repository
  }

  /** The bytes of a blob; `near` are blobs likely to be asked for next. Throws where the clone lacks it. */
  read(wanted: Sized, near: readonly Sized[]): Uint8Array {
    const known = this.#blobs.get(wanted.id)
    if (known) return known
    const ids = new Set([wanted.id])
    let bytes = wanted.size
    for (const { id, size } of near) {
      if (ids.size >= CHUNK_COUNT) break
      if (size > SMALL || bytes + size > CHUNK || this.#blobs.has(id)) continue
      ids.add(id)
      bytes += size
    }
    this.#makeRoom(bytes)
    const objects = readChunk(this.#repository, [...ids])
    if (isProblem(objects)) throw new Error(objects.message)
    for (const { id, bytes: data } of objects) this.#blobs.set(id, data)
    this.#bytes += bytes
    const read = this.#blobs.get(wanted.id)
    if (read === undefined) throw new Error(`git gave no object ${wanted.id}`)
    return read
  }

  #makeRoom(bytes: number): void {
    if (this.#bytes + bytes <= CACHE) return
    this.#blobs.clear()
    this.#bytes = 0
  }
}
