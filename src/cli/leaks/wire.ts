import type { Finding, Related } from '../../text/diagnostic.ts'
import { type Owner, Source, type Span } from '../../text/source.ts'

interface WireSpan {
  /** Index into `sources`. */
  readonly source: number
  readonly start: number
  readonly end: number
}

interface WireFinding extends Omit<Finding, 'at' | 'related'> {
  readonly at: WireSpan
  readonly related?: readonly { readonly span: WireSpan; readonly text: string }[]
}

/** What was found in a run of entries, as plain data that crosses threads. */
export interface Chunk {
  readonly run: number
  readonly sources: readonly {
    readonly path: string
    readonly text: string
    readonly owner: Owner
  }[]
  /** Undefined where looking failed: whoever receives it looks again. */
  readonly findings: readonly WireFinding[] | undefined
}

export function packChunk(run: number, findings: readonly Finding[] | undefined): Chunk {
  const sources = new Map<Source, number>()
  const pack = ({ source, start, end }: Span): WireSpan => {
    if (!sources.has(source)) sources.set(source, sources.size)
    return { source: sources.get(source) ?? 0, start, end }
  }
  const packed = findings?.map(({ at, related, ...rest }) => ({
    ...rest,
    at: pack(at),
    ...(related && { related: related.map(({ span, text }) => ({ span: pack(span), text })) }),
  }))
  const known = [...sources.keys()].map(({ path, text, owner }) => ({ path, text, owner }))
  return { run, sources: known, findings: packed }
}

export function unpackChunk({ sources, findings }: Chunk): readonly Finding[] | undefined {
  const known = sources.map(({ path, text, owner }) => new Source(path, text, owner))
  const unpack = ({ source, start, end }: WireSpan): Span =>
    (known[source] ?? new Source('', '')).span(start, end)
  return findings?.map(({ at, related, ...rest }) => {
    const places: readonly Related[] | undefined = related?.map(({ span, text }) => ({
      span: unpack(span),
      text,
    }))
    return { ...rest, at: unpack(at), ...(places && { related: places }) }
  })
}
