import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createBuilder } from '../../../src/kustomize/builder.ts'
import { memoryTree } from '../../../src/tree/memory.ts'
import { print } from '../../../src/yaml/print.ts'
import type { FuzzTree } from './tree.ts'

const VERSION = '-X sigs.k8s.io/kustomize/api/provenance.version=v5.8.1'

/** What a tool says of a tree: its output, or why it refuses. */
export type Answer = { readonly yaml: string } | { readonly error: string }

export function ask(files: ReadonlyMap<string, string>, root: string): Answer {
  const tree = memoryTree(Object.fromEntries(files))
  const options = { loadRestrictor: 'LoadRestrictionsRootOnly', reorder: undefined } as const
  const built = createBuilder(tree, options).build(root)
  if (built.error !== undefined) return { error: built.error }
  return { yaml: built.objects.map(object => print(object.root)).join('---\n') }
}

/** The real kustomize as a program of ours that builds many directories in one process. */
export class Batch {
  readonly #program: string
  readonly #folder: string

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'fluxgate-fuzz-'))
    this.#program = join(this.#folder, 'batch')
    const source = join(import.meta.dirname, '..', '..', 'record', 'go')
    execFileSync('go', ['build', '-ldflags', VERSION, '-o', this.#program, './batch'], {
      cwd: source,
    })
  }

  /** The answers to all trees, in their order. */
  answers(trees: readonly FuzzTree[]): Answer[] {
    const work = join(this.#folder, 'trees')
    for (const tree of trees) write(join(work, String(tree.seed)), tree.files)
    const input = trees
      .map(tree => mark(tree) + join(work, String(tree.seed), tree.root))
      .join('\n')
    const run = spawnSync(this.#program, { input, encoding: 'utf8', maxBuffer: 1 << 30 })
    const lines = run.stdout.trim().split('\n')
    rmSync(work, { recursive: true, force: true })
    return trees.map((_, i) => readAnswer(lines[i] ?? '{"error":"no answer"}'))
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** The sign for a tree that may set a schema, before and after which the program forgets its own. */
function mark(tree: FuzzTree): string {
  return [...tree.files.values()].some(text => /openapi/i.test(text)) ? '!' : ''
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function readAnswer(line: string): Answer {
  const answer: unknown = JSON.parse(line)
  if (typeof answer !== 'object' || answer === null) return { error: 'no answer' }
  const isOk = 'ok' in answer && answer.ok === true
  if (isOk) return { yaml: 'yaml' in answer && typeof answer.yaml === 'string' ? answer.yaml : '' }
  return { error: 'error' in answer && typeof answer.error === 'string' ? answer.error : '' }
}

/** Whether both print the same bytes, or both refuse. */
export function agree(a: Answer, b: Answer): boolean {
  if ('yaml' in a) return 'yaml' in b && a.yaml === b.yaml
  return 'error' in b
}
