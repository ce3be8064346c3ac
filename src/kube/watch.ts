import type { ListNode, Node, Scalar } from '../yaml/node.ts'

/** Who is told what a strategic merge does without a word. */
export interface Watch {
  /** An element that is gone because another, `kept`, has the same `keys`; nobody deleted it. */
  lost(item: Node, kept: Node | undefined, keys: readonly string[]): void
  /** A list that the patch's list replaces as a whole; `key` is the patch's. */
  replaced(key: Scalar, old: ListNode, by: ListNode): void
}
