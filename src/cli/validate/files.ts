import { accessSync, constants, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ManifestFile } from '../../gate/validate/documents.ts'
import { UsageError } from '../usage.ts'

const NAME = /\.(?:ya?ml|json)$/i

/**
 * The manifests that paths name: files, folders walked as Go's filepath.Walk does (sorted, links not
 * followed), `-` for stdin. An ignored name is passed over however it was given.
 */
export function readManifests(
  paths: readonly string[],
  stdin: () => Uint8Array,
  isIgnored: (path: string) => boolean,
): ManifestFile[] {
  const room = { left: KEPT }
  return paths.flatMap(path =>
    path === '-' ? [{ path: '-', bytes: stdin() }] : readPath(path, isIgnored, room),
  )
}

/** Bytes of files that are kept in memory; what goes beyond is read when it is asked for. */
const KEPT = 4e6

interface Room {
  left: number
}

function readPath(path: string, isIgnored: (path: string) => boolean, room: Room): ManifestFile[] {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new UsageError(`${path}: no such file or directory`)
  const names = stats.isDirectory() ? walk(path) : [path]
  return names.filter(name => !isIgnored(name)).map(name => fileAt(name, room))
}

/** A pipe can be read once only. */
function fileAt(path: string, room: Room): ManifestFile {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() === true) room.left -= stats.size
  if (stats?.isFile() !== true || room.left >= 0) return { path, bytes: read(path) }
  checkReadable(path)
  return {
    path,
    get bytes() {
      return read(path)
    },
  }
}

function checkReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new UsageError(`${path}: cannot be read`)
  }
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new UsageError(`${path}: cannot be read`)
  }
}

function walk(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const path = join(folder, name)
      const entry = lstatSync(path)
      if (entry.isDirectory()) return walk(path)
      return entry.isFile() && NAME.test(name) ? [path] : []
    })
}
