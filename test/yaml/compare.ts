import { spawnSync } from 'node:child_process'
import { goJson } from '../../src/yaml/json.ts'
import { jsonProblem } from '../../src/yaml/jsonable.ts'
import { tryPrint } from '../../src/yaml/print.ts'
import { valueOf } from '../../src/yaml/value.ts'
import type { Answer } from './cases.ts'
import { type Outcome, parseText } from './tools.ts'

/** What both readers of the real program say of a document. */
export interface Answers {
  readonly v2: Answer & { readonly text?: string }
  readonly v3: Answer & { readonly text?: string }
}

/** Asks the program in `test/record/go/yaml` about many documents at once. */
export function ask(
  program: string,
  documents: readonly (string | Uint8Array)[],
): readonly Answers[] {
  const input = documents.map(one => Buffer.from(one).toString('base64')).join('\n')
  const { stdout, stderr } = spawnSync(program, { input: `${input}\n`, maxBuffer: 2 ** 31 })
  const lines = stdout.toString().trimEnd().split('\n')
  if (lines.length !== documents.length)
    throw new Error(`referee stopped: ${stderr.toString().slice(0, 200)}`)
  return lines.map((line): Answers => JSON.parse(line))
}

function refused(why: string): Outcome {
  return { ok: false, why }
}

/** Our answer for `sigs.k8s.io/yaml` (YAML to JSON). */
export function readV2(text: string): Outcome {
  const { documents, problem } = parseText(text, 'v2')
  if (problem) return refused(problem.message)
  const root = documents[0]?.root
  if (root === undefined) return { ok: true, text: 'null' }
  const json = jsonProblem(root)
  return json ? refused(json.message) : { ok: true, text: goJson(valueOf(root)) }
}

/** Our answer for kyaml with kustomize's printer. */
export function readV3(text: string): Outcome {
  const { documents, problem } = parseText(text, 'v3')
  if (problem) return refused(problem.message)
  const out: string[] = []
  for (const { root } of documents) {
    if (root === undefined) continue
    if (root.kind === 'scalar') return refused('cannot unmarshal')
    const printed = tryPrint(root)
    if ('problem' in printed) return refused(printed.problem.message)
    out.push(printed.text)
  }
  return { ok: true, text: out.join('---\n') }
}

/**
 * How our answer differs from the real one; undefined where it does not. Words count where go-yaml reads:
 * what fails later names lines of a copy that kustomize printed for itself.
 */
export function differs(
  ours: Outcome,
  real: Answer & { readonly text?: string },
): 'we refuse' | 'we accept' | 'text' | 'words' | undefined {
  if (ours.ok !== real.ok) return real.ok ? 'we refuse' : 'we accept'
  if (ours.ok) return ours.text === (real.text ?? '') ? undefined : 'text'
  const sentence = reading.exec(real.error ?? '')?.[1]
  return sentence === undefined || sentence === ours.why ? undefined : 'words'
}

const reading = /^(?:MalformedYAMLError: )(yaml: [^\n]*)$/
