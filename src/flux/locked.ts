import type { KubeObject } from '../kube/object.ts'
import { joinPath, parentPath, type Tree } from '../tree/tree.ts'
import { itemsAt, textAt } from './fields.ts'
import type { Files } from './files.ts'
import { kustomizationFile } from './generate.ts'
import type { Origin } from './model.ts'
import { MARKS, uses } from './undecrypted.ts'

type Here = Origin & { readonly kind: 'here' }

/** An artifact in which encrypted environment files stand as Flux hands them to the build, without their values. */
export interface LockedSources {
  readonly origin: Here
  /** The files whose values are made up. */
  readonly paths: ReadonlySet<string>
}

/**
 * What the build reads where Flux decrypts environment files before it (kustomize-controller 1.9 decryptor
 * DecryptSources): their names, with empty values, and without what SOPS wrote of itself. Also with a key: a
 * decrypted text would be quoted in the frame of a finding. Undefined where nothing is decrypted.
 */
export function lockedSources(
  object: KubeObject,
  origin: Here,
  directory: string,
  files: Files,
): LockedSources | undefined {
  if (textAt(object.root, 'spec', 'decryption', 'provider') !== 'sops') return undefined
  const { tree } = origin.artifact
  const changed = new Map<string, Uint8Array>()
  for (const folder of foldersFrom(tree, directory, files))
    for (const { path, format } of uses(folder.root)) {
      const file = joinPath(folder.path, path)
      if (format !== 'dotenv' || file === undefined || tree.entry(file)?.kind !== 'file') continue
      const text = files.text(file)
      if (text?.includes(MARKS.dotenv) === true) changed.set(file, Buffer.from(withoutValues(text)))
    }
  if (changed.size === 0) return undefined
  const view: Tree = {
    name: tree.name,
    entries: () => tree.entries(),
    entry: path => tree.entry(path),
    list: path => tree.list(path),
    read: path => changed.get(path) ?? tree.read(path),
  }
  const artifact = { ...origin.artifact, tree: view }
  return { origin: { ...origin, artifact }, paths: new Set(changed.keys()) }
}

/** Every line stays a line, so that places in the file stay true. */
function withoutValues(text: string): string {
  const lines = text
    .split('\n')
    .map(line => (/^(?:#|sops_)/.test(line) ? '#' : line.replace(/=ENC\[.*$/, '=')))
  return lines.join('\n')
}

interface Folder {
  readonly path: string
  readonly root: Parameters<typeof uses>[0]
}

/** The kustomizations that are reached through resources and components; decryption follows no other field. */
function* foldersFrom(tree: Tree, directory: string, files: Files): Iterable<Folder> {
  const seen = new Set<string>()
  const waiting = [directory]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = seen.has(path) ? undefined : kustomizationFile(tree, path)
    seen.add(path)
    const root = file === undefined ? undefined : files.lax(file).root
    if (file === undefined || root === undefined) continue
    yield { path: parentPath(file), root }
    for (const field of ['resources', 'components'])
      for (const item of itemsAt(root, field)) {
        const next = item.kind === 'scalar' ? joinPath(path, item.text) : undefined
        if (next !== undefined && tree.entry(next)?.kind === 'directory') waiting.push(next)
      }
  }
}
