import type { Style } from './node.ts'

/** What the scanner tells the parser apart (libyaml's tokens). */
export const StreamStart = 0
export const StreamEnd = 1
export const VersionDirective = 2
export const TagDirective = 3
export const DocumentStart = 4
export const DocumentEnd = 5
export const BlockSequenceStart = 6
export const BlockMappingStart = 7
export const BlockEnd = 8
export const FlowSequenceStart = 9
export const FlowSequenceEnd = 10
export const FlowMappingStart = 11
export const FlowMappingEnd = 12
export const BlockEntry = 13
export const FlowEntry = 14
export const Key = 15
export const Value = 16
export const Alias = 17
export const Anchor = 18
export const Tag = 19
export const ScalarToken = 20

export interface Token {
  readonly type: number
  /** Offsets into the text. */
  readonly start: number
  readonly end: number
  /** Line of `start`, from 0, counted from the start of the stream. */
  readonly line: number
  /** Text of a scalar, name of an anchor or alias, handle of a tag. */
  readonly text: string
  readonly style: Style
  /** Suffix of a tag, prefix of a %TAG directive, version of a %YAML directive. */
  readonly suffix: string
}

/** What stops the reader; caught where the stream began. Never carries text of the document. */
export class Refusal extends Error {
  readonly start: number
  readonly end: number

  constructor(message: string, start: number, end: number) {
    // Nobody reads the stack of an answer, and taking it costs more than what was tried.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = limit
    this.start = start
    this.end = end
  }
}
