import { decode } from '../yaml/decode.ts'
import { Source, type Span } from '../text/source.ts'
import { addParents, treeOf } from '../tree/memory.ts'
import { type Entry, parentPath, resolvePath, type Tree } from '../tree/tree.ts'
import { allRules, ignoredBy, type IgnoreRule, parseRules } from './ignore.ts'

/** What a source hands to the controllers: a part of the repository without what Flux leaves out. */
export interface Artifact {
  readonly tree: Tree
  /** Why a path that the repository has is not in the artifact: the rule, or that it is a link. */
  readonly absence: (path: string) => IgnoreRule | 'link' | undefined
}

/** `spec.ignore` of a source and where it is written. */
export interface OwnIgnore {
  readonly text: string
  readonly place: (start: number, end: number) => Span
}

/**
 * The artifact of a folder of the repository (`''` = all of it), as source-controller 1.9 archives it:
 * files only, links left out, ignore rules applied to each file on its own. Paths stay those of the repository.
 */
export function makeArtifact(tree: Tree, root: string, ignore: OwnIgnore | undefined): Artifact {
  const own = [...fileRules(tree, root)]
  if (ignore) own.push(...parseRules(ignore.text, segmentsOf(root), ignore.place))
  const rules = allRules(own).map(rule => (rule.at ? rule : { ...rule, domain: segmentsOf(root) }))
  const byPath = new Map<string, Entry>([[root, folderAt(root)]])
  addParents(byPath, root)
  for (const entry of tree.entries()) {
    if (!isWithin(entry.path, root)) continue
    // A submodule that nobody fetched is an empty folder.
    const isFolder = entry.kind === 'submodule'
    const keeps = (entry.kind === 'file' || isFolder) && !ignoredBy(rules, entry.path, isFolder)
    if (keeps) byPath.set(entry.path, isFolder ? folderAt(entry.path) : entry)
    for (
      let dir = parentPath(entry.path), kept = keeps;
      isWithin(dir, root) && !byPath.has(dir);
      dir = parentPath(dir)
    ) {
      // An ignored folder comes back with what is kept in it, be it an empty folder.
      kept ||= !ignoredBy(rules, dir, true)
      if (kept) byPath.set(dir, folderAt(dir))
    }
  }
  return {
    tree: treeOf(tree.name, byPath, path => tree.read(path)),
    absence: path => absence(tree, rules, path),
  }
}

function folderAt(path: string): Entry {
  return { path, kind: 'directory', size: 0 }
}

function absence(
  tree: Tree,
  rules: readonly IgnoreRule[],
  path: string,
): IgnoreRule | 'link' | undefined {
  for (let at = path; at !== ''; at = parentPath(at))
    if (tree.entry(at)?.kind === 'link') return 'link'
  const kind = tree.entry(path)?.kind
  return kind && ignoredBy(rules, path, kind === 'directory')
}

/** The part of an artifact that is kept: the rest is as if it were not in the repository. */
export function narrow({ tree, absence }: Artifact, keeps: (path: string) => boolean): Artifact {
  const kept = new Map<string, Entry>([['', folderAt('')]])
  for (const entry of tree.entries()) {
    if (!keeps(entry.path)) continue
    addParents(kept, entry.path)
    kept.set(entry.path, entry)
  }
  return { tree: treeOf(tree.name, kept, path => tree.read(path)), absence }
}

export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

function segmentsOf(path: string): readonly string[] {
  return path === '' ? [] : path.split('/')
}

/** The rules of all `.sourceignore` files, a folder's own before those of the folders in it. */
function* fileRules(tree: Tree, root: string): Iterable<IgnoreRule> {
  const files = tree.entries().filter(entry => {
    return entry.path.endsWith('.sourceignore')
  })
  const folders = files
    .filter(file => /(^|\/)\.sourceignore$/.test(file.path) && isWithin(file.path, root))
    .map(file => ({ file, folder: segmentsOf(parentPath(file.path)) }))
    .filter(({ folder }) => !folder.includes('.git'))
    .sort((a, b) => compareSegments(a.folder, b.folder))
  for (const { file, folder } of folders) {
    // Links are followed here, though they are not archived.
    const real = resolvePath(tree, file.path)
    if (!real.ok || real.entry.kind !== 'file') continue
    const text = decode(tree.read(real.entry.path))
    if (typeof text !== 'string') continue
    const source = new Source(real.entry.path, text)
    yield* parseRules(text, folder, (start, end) => source.span(start, end))
  }
}

function compareSegments(a: readonly string[], b: readonly string[]): number {
  for (const [i, name] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    if (name !== other) return name < other ? -1 : 1
  }
  return a.length - b.length
}
