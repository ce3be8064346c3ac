import type { Finding } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'

/**
 * A finding about a node before anybody says where that node hangs: two overlays share a node and
 * its issues, each puts its own path in front.
 */
export interface Issue {
  readonly code: string
  /** From the node judged: `.ports[0].name`, empty for the node itself. */
  readonly path: string
  /** The sentence behind the path; for an unknown field the path is inside the sentence. */
  readonly detail: string
  readonly at: Span
  readonly help?: string | undefined
  /** Something is missing here: its place is the key that the node hangs on, which the node does not know. */
  readonly onKey?: boolean
  /** Go's decoder cannot read the text: that is refused where other values would be dropped. */
  readonly undecoded?: boolean
}

/** Stands for the field's own path inside a sentence: the server repeats it there. */
export const HERE = '\0'

export type Issues = readonly Issue[]

export const none: Issues = []

export function issue(code: string, detail: string, at: Span, help?: string): Issue {
  return { code, path: '', detail, at, help }
}

/** The same issues seen from the node's owner, which knows the key. */
export function under(step: string, issues: Issues, key?: Span): Issues {
  return issues.map(one =>
    one.onKey === true && key !== undefined
      ? { ...one, path: step + one.path, at: key, onKey: false }
      : { ...one, path: step + one.path },
  )
}

export function toFinding(one: Issue): Finding {
  const field = one.path.startsWith('.') ? one.path.slice(1) : one.path
  const detail = one.detail.replaceAll(HERE, field)
  const message =
    one.code === 'unknown-field'
      ? `unknown field ${JSON.stringify(field)}`
      : field === ''
        ? detail
        : `${field}: ${detail}`
  const { code, at, help } = one
  return help === undefined ? { code, message, at, field } : { code, message, at, field, help }
}
