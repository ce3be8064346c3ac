import type { MapNode } from '../yaml/node.ts'
import { compileRe2 } from './regex.ts'

/** The six keys that say which leaves SOPS encrypts; at most one of them may be set. */
export const SELECTORS = [
  'unencrypted_suffix',
  'encrypted_suffix',
  'unencrypted_regex',
  'encrypted_regex',
  'unencrypted_comment_regex',
  'encrypted_comment_regex',
] as const

export type SelectorName = (typeof SELECTORS)[number]

/** Which leaves SOPS encrypts. */
export interface Selector {
  readonly name: SelectorName
  readonly value: string
}

/** What SOPS does when nothing is said. */
export const DEFAULT_SELECTOR: Selector = { name: 'unencrypted_suffix', value: '_unencrypted' }

/** The selectors that a metadata block or a creation rule sets; empty ones count as unset. */
export function readSelectors(node: MapNode): Selector[] {
  return SELECTORS.flatMap(name => {
    const value = node.get(name)
    return value?.kind === 'scalar' && value.text !== '' ? [{ name, value: value.text }] : []
  })
}

/**
 * Whether SOPS encrypts a leaf (sops 3.13 sops.go shouldBeEncrypted): any part of its path counts, list
 * indexes are no part, a regex is unanchored, and one that RE2 does not compile matches nothing.
 */
export function isSelected(
  selector: Selector,
  path: readonly string[],
  comments: readonly string[] = [],
): boolean {
  const { name, value } = selector
  const matches = (text: string) => compileRe2(value)?.matches(text) === true
  const [what, how] = name.split(/_(?=[a-z]+$)/)
  const isHit = (text: string) => (how === 'suffix' ? text.endsWith(value) : matches(text))
  const hit = (name.includes('comment') ? comments : path).some(isHit)
  return what?.startsWith('un') ? !hit : hit
}
