import type { Source } from '../text/source.ts'
import { Composer } from './compose.ts'
import { peekToken, skipToken } from './fetch.ts'
import type { Node, Reader } from './node.ts'
import { Parser } from './parser.ts'
import { Scanner, refusal } from './scanner.ts'
import * as token from './token.ts'
import { Refusal } from './token.ts'

/** The first document of a stretch of text, as go-yaml's decoder takes it. */
export interface ReadDocument {
  readonly root: Node | undefined
  /** What go-yaml refuses when it reads (`syntax`) or decodes (`meaning`) it. */
  readonly syntax: Refusal | undefined
  readonly meaning: Refusal | undefined
  /** Start and end of each comment that was met, flat. */
  readonly comments: readonly number[]
  /** Where reading stopped: behind the document and its `...`. */
  readonly end: number
}

/** Reads one document from `from` up to `to`; never throws. */
export function readDocument(
  source: Source,
  from: number,
  to: number,
  reader: Reader,
  cut: Refusal | undefined,
): ReadDocument {
  const s = new Scanner(source.text, from, to, reader, cut)
  const composer = new Composer(source, s)
  try {
    const end = readStream(s, composer)
    return {
      root: composer.root,
      syntax: undefined,
      meaning: composer.problem,
      comments: s.comments,
      end,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { root: undefined, syntax: error, meaning: undefined, comments: s.comments, end: s.pos }
  }
}

function readStream(s: Scanner, composer: Composer): number {
  skipToken(s)
  let next = peekToken(s)
  if (next.type === token.StreamEnd) return s.end
  const explicit = isExplicit(next.type)
  const tags = readDirectives(s)
  next = peekToken(s)
  if (explicit) {
    if (next.type !== token.DocumentStart)
      throw refusal('did not find expected <document start>', next.line, next.start, s)
    skipToken(s)
    next = peekToken(s)
  }
  if (explicit && isDocumentEdge(next.type)) composer.empty(next.start, next.start)
  else new Parser(s, composer, tags).document()
  next = peekToken(s)
  if (next.type === token.DocumentEnd) return next.end
  return next.start
}

function isExplicit(type: number): boolean {
  return (
    type === token.VersionDirective || type === token.TagDirective || type === token.DocumentStart
  )
}

function isDocumentEdge(type: number): boolean {
  return isExplicit(type) || type === token.DocumentEnd || type === token.StreamEnd
}

/** The shorthands of tags: the two that always hold and those of `%TAG`. */
function readDirectives(s: Scanner): Map<string, string> {
  const tags = new Map<string, string>()
  let version = false
  for (let next = peekToken(s); ; next = peekToken(s)) {
    if (next.type === token.VersionDirective) {
      if (version) throw refusal('found duplicate %YAML directive', next.line, next.start, s)
      if (next.suffix !== '1.1')
        throw refusal('found incompatible YAML document', next.line, next.start, s)
      version = true
    } else if (next.type === token.TagDirective) {
      if (tags.has(next.text))
        throw refusal('found duplicate %TAG directive', next.line, next.start, s)
      tags.set(next.text, next.suffix)
    } else break
    skipToken(s)
  }
  if (!tags.has('!')) tags.set('!', '!')
  if (!tags.has('!!')) tags.set('!!', 'tag:yaml.org,2002:')
  return tags
}
