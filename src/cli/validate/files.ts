import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
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
  return paths.flatMap(path =>
    path === '-' ? [{ path: '-', bytes: stdin() }] : readPath(path, isIgnored),
  )
}

function readPath(path: string, isIgnored: (path: string) => boolean): ManifestFile[] {
  let isFolder: boolean
  try {
    isFolder = statSync(path).isDirectory()
  } catch {
    throw new UsageError(`${path}: no such file or directory`)
  }
  const names = isFolder ? walk(path) : [path]
  return names.filter(name => !isIgnored(name)).map(name => ({ path: name, bytes: read(name) }))
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
