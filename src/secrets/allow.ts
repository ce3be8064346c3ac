import { createRequire } from 'node:module'
import type * as MinimatchModule from 'minimatch'
import type { Finding } from '../text/diagnostic.ts'
import { Source, type Span } from '../text/source.ts'
import type { Allowance } from '../tree/config.ts'

// The bundler drops this line: it then sees the calls and keeps what they load for their first use.
const require = createRequire(import.meta.url)

export interface AllowList {
  readonly allow: readonly Allowance[]
  /** Path and text of the configuration, to point into. */
  readonly source: Source | undefined
  /** ISO date. */
  readonly today: string
}

/**
 * Drops the findings that an entry allows: its path and its fingerprint must both fit, and its last day
 * must not be over. An entry that is over or that allows nothing is itself a finding.
 */
export function applyAllowances(
  findings: readonly Finding[],
  { allow, source, today }: AllowList,
): Finding[] {
  if (allow.length === 0) return [...findings]
  const { minimatch }: typeof MinimatchModule = require('minimatch')
  const used = new Set<Allowance>()
  const kept = findings.filter(({ fingerprint, at }) => {
    const entry = allow.find(
      one =>
        isNamed(one.fingerprint, fingerprint) &&
        minimatch(at.source.path, one.path, { dot: true }) &&
        !isOver(one, today),
    )
    if (entry !== undefined) used.add(entry)
    return entry === undefined
  })
  const idle = allow.filter(one => !used.has(one))
  return [...kept, ...idle.map(one => describe(one, today, source))]
}

/** `place:*` stands for every value that can be guessed, as fixtures hold them; a key is named one by one. */
function isNamed(allowed: string, fingerprint: string | undefined): boolean {
  if (allowed === 'place:*') return fingerprint?.startsWith('place:') === true
  return allowed === fingerprint
}

function isOver({ expires }: Allowance, today: string): boolean {
  return expires !== undefined && expires < today
}

function describe(one: Allowance, today: string, source: Source | undefined): Finding {
  const message = isOver(one, today)
    ? `the allowance of ${one.fingerprint} ended on ${one.expires ?? ''}`
    : `the allowance of ${one.fingerprint} allows nothing`
  return { code: 'unused-allowance', message, at: placeOf(one, source), help: 'remove the entry' }
}

function placeOf({ fingerprint }: Allowance, source: Source | undefined): Span {
  const file = source ?? new Source('.github/fluxgate.yaml', '')
  const at = file.text.indexOf(fingerprint)
  return at === -1 ? file.span(0) : file.span(at, at + fingerprint.length)
}
