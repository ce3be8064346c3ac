import type { ReportInput } from '../report/reporter.ts'

/** What a command reads and writes; the only door to the process. */
export interface Shell {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdoutIsTerminal: boolean
  readonly stderrIsTerminal: boolean
  /** ISO date. */
  readonly today: () => string
  /** Milliseconds from any start, for stage times. */
  readonly now: () => number
  readonly stdin: () => Uint8Array
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Text of a file of the package, such as `schemas/config.schema.json`. */
  readonly asset: (path: string) => string
  readonly version: string
  /** Folder for compiled code; undefined where nothing is bundled. */
  readonly codeCache?: string | undefined
  /** Sees what is about to be printed and may add to it: actions report one verdict in several formats. */
  readonly seeReport?: (input: ReportInput) => ReportInput
}

/** A command: its arguments after the name → the exit code. */
export interface Command {
  readonly usage: string
  readonly summary: string
  run(args: readonly string[], shell: Shell): number | Promise<number>
}
