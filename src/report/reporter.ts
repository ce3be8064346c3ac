import type { ObjectChange } from '../flux/changes.ts'
import type { Diagnostic, Level } from '../text/diagnostic.ts'
import type { IsHidden } from '../text/frame.ts'

export interface ReportInput {
  readonly tool: { readonly name: string; readonly version: string }
  readonly diagnostics: readonly Diagnostic[]
  readonly counts: Readonly<Record<Level, number>>
  readonly checked: {
    readonly kustomizations: number
    readonly objects: number
    readonly files: number
    readonly commits: number
    readonly skipped: readonly { readonly what: string; readonly why: string }[]
  }
  readonly stages: readonly { readonly stage: string; readonly ms: number }[]
  readonly exit: 0 | 1 | 2
  readonly incomplete: string | undefined
  readonly isHidden: IsHidden
  readonly color: boolean
  readonly quiet: boolean
  /** Whether the compared revisions differ in a line, or (without one) in a file: such findings come first. */
  readonly isChanged?: ((path: string, line: number | undefined) => boolean) | undefined
  /** Draws the dependency graph as Mermaid. */
  readonly graph?: (() => string) | undefined
  /** What Flux would apply differently than the base. */
  readonly changes?: readonly ObjectChange[] | undefined
  /** The command that says the same locally. */
  readonly reproduce?: string | undefined
  /** Bytes that a Markdown page may have. */
  readonly maxBytes?: number | undefined
  /** Further top-level members of the JSON report, such as `documents` of `validate`. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
}

/** Diagnostics → one format. Pure: the shell prints what it returns. */
export type Reporter = (input: ReportInput) => string
