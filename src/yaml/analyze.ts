import { isBlank, isBreak } from './chars.ts'

/** Which styles libyaml's emitter lets a text have. */
export interface Analysis {
  readonly multiline: boolean
  readonly plainInFlow: boolean
  readonly plainInBlock: boolean
  readonly single: boolean
  readonly block: boolean
}

const leadIndicators = new Set(Buffer.from('#,[]{}&*!|>\'"%@`'))
const flowIndicators = new Set(Buffer.from(',?[]{}'))

const empty: Analysis = {
  multiline: false,
  plainInFlow: false,
  plainInBlock: true,
  single: true,
  block: false,
}

/** Judges a text as `yaml_emitter_analyze_scalar`; v3 lets tabs stand in quotes and blocks. */
export function analyze(text: string, reader: 'v2' | 'v3' = 'v2'): Analysis {
  if (text === '') return empty
  const marker = text.startsWith('---') || text.startsWith('...')
  const found = { flow: marker, block: marker, special: false, tab: false }
  for (let i = 0; i < text.length; i++) findIndicator(text, i, found, reader)
  const gaps = findGaps(text)
  const unsafe = gaps.spaceBreak || found.special
  const noPlain = gaps.edge || gaps.breakSpace || unsafe || found.tab || gaps.lines
  return {
    multiline: gaps.lines,
    plainInFlow: !noPlain && !found.flow,
    plainInBlock: !noPlain && !found.block,
    single: !gaps.breakSpace && !unsafe,
    block: !gaps.trailingSpace && !unsafe,
  }
}

interface Found {
  flow: boolean
  block: boolean
  special: boolean
  tab: boolean
}

function findIndicator(text: string, i: number, found: Found, reader: 'v2' | 'v3'): void {
  const c = text.charCodeAt(i)
  if (c === 9 && reader === 'v3') found.tab = true
  else if (!isPrintable(c)) found.special = true
  const gapBehind = i + 1 >= text.length || isBlank(text.charCodeAt(i + 1))
  if (i === 0) {
    if (leadIndicators.has(c)) {
      found.flow = true
      found.block = true
    } else if (c === 63 || c === 58) {
      found.flow = true
      found.block ||= gapBehind
    } else if (c === 45 && gapBehind) {
      found.flow = true
      found.block = true
    }
  } else if (c === 58) {
    found.flow = true
    found.block ||= gapBehind
  } else if (flowIndicators.has(c)) found.flow = true
  else if (c === 35 && isGapBefore(text.charCodeAt(i - 1))) {
    found.flow = true
    found.block = true
  }
}

function isGapBefore(c: number): boolean {
  return isBlank(c) || isBreak(c) || c === 0
}

interface Gaps {
  readonly lines: boolean
  readonly edge: boolean
  readonly trailingSpace: boolean
  readonly breakSpace: boolean
  readonly spaceBreak: boolean
}

/** Where blanks and line breaks meet each other and the ends. */
function findGaps(text: string): Gaps {
  let lines = false
  let breakSpace = false
  let spaceBreak = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    const before = i === 0 ? 0 : text.charCodeAt(i - 1)
    if (c === 32) breakSpace ||= i > 0 && isBreak(before)
    else if (isBreak(c)) {
      lines = true
      spaceBreak ||= before === 32
    }
  }
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  const trailingSpace = last === 32
  const edge = first === 32 || isBreak(first) || trailingSpace || isBreak(last)
  return { lines, edge, trailingSpace, breakSpace, spaceBreak }
}

/** libyaml's printable characters, of which non-BMP ones (surrogates here) are none. */
export function isPrintable(c: number): boolean {
  if (c < 127) return c >= 32 || c === 10
  if (c < 0xa0) return false
  return (c < 0xd800 || c > 0xdfff) && c !== 0xfeff && c < 0xfffe
}
