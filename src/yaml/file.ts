import { Source } from '../text/source.ts'
import type { Entry, Tree } from '../tree/tree.ts'
import { decode, type Undecodable } from './decode.ts'

/** A file of a tree as text. */
export interface FileText {
  /** Bytes that no reader takes are U+FFFD. */
  readonly source: Source
  readonly problem: Undecodable | undefined
}

/** Larger files are read anew for whoever asks. */
const MAX_KEPT = 8 * 1024 * 1024

const known = new WeakMap<Entry, FileText>()

/** The text of the file at `path`, which must be one; read once for all that look at the same tree. */
export function readFile(tree: Tree, path: string): FileText {
  const entry = tree.entry(path)
  const kept = entry && known.get(entry)
  if (kept) return kept
  const decoded = decode(tree.read(path))
  const file =
    typeof decoded === 'string'
      ? { source: new Source(path, decoded), problem: undefined }
      : { source: new Source(path, decoded.text), problem: decoded }
  if (entry && entry.size <= MAX_KEPT) known.set(entry, file)
  return file
}
