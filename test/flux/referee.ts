import { spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What the Go program of `test/record/flux` is asked; see its `question`. */
export interface Question {
  readonly op: 'expand' | 'ignore' | 'build'
  readonly text?: string
  readonly vars?: Readonly<Record<string, string>>
  readonly strict?: boolean
  readonly always?: boolean
  readonly ignore?: string
  /** Content by path; `->target` is a link. */
  readonly files?: Readonly<Record<string, string>>
  readonly path?: string
  readonly kustomization?: unknown
}

export interface Answer {
  /** Base64. */
  readonly text?: string
  readonly kept?: readonly string[]
  readonly manifest?: string
  readonly action?: string
  readonly resources?: readonly string[]
  readonly stage?: string
  readonly error?: string
}

/** Asks the modules that Flux is made of; one process answers all questions. */
export function askFlux(questions: readonly Question[]): Answer[] {
  const folder = process.env['FLUXGATE_REFEREES'] ?? join(homedir(), '.cache/fluxgate-referees')
  const run = spawnSync(join(folder, 'flux-referee'), {
    input: questions.map(question => JSON.stringify(question)).join('\n'),
    maxBuffer: 1 << 30,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`flux-referee: ${run.error?.message ?? run.stderr}`)
  return run.stdout
    .trimEnd()
    .split('\n')
    .map(line => readAnswer(JSON.parse(line)))
}

function readAnswer(value: unknown): Answer {
  return typeof value === 'object' && value !== null ? value : {}
}

/** The text of an answer; undefined where it is not UTF-8. */
export function decodeText(base64: string | undefined): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return decoder.decode(Buffer.from(base64 ?? '', 'base64'))
  } catch {
    return undefined
  }
}
