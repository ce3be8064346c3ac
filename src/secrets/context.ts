import type { Finding } from '../text/diagnostic.ts'
import type { RawDocument } from './documents.ts'

/** Where a map stands. */
export interface Context {
  /** The kind of the object that it belongs to. */
  readonly kind: string
  /** Whether the document or object is encrypted by SOPS. */
  readonly isEnveloped: boolean
  /** Documents inside strings of documents so far. */
  readonly depth: number
  /** From the root of the document, as people read it. */
  readonly field: string
  /** The key that the map stands under. */
  readonly key: string
  /** Whether it stands below a field for examples. */
  readonly isExample: boolean
  /** Judges a document inside a string. */
  readonly judge: (document: RawDocument, depth: number, kind?: string) => Iterable<Finding>
}
