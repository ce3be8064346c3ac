import { readFileSync } from 'node:fs'

/** What a real reader answered: its output, or its error. */
export interface Answer {
  readonly ok: boolean
  readonly json?: string
  readonly yaml?: string
  readonly error?: string
}

export interface Case {
  readonly name: string
  /** Base64 of the bytes. */
  readonly input: string
  readonly v2: Answer
  readonly v3: Answer
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'ok' in value
}

function isCase(value: unknown): value is Case {
  if (typeof value !== 'object' || value === null) return false
  return (
    'name' in value && 'v2' in value && isAnswer(value.v2) && 'v3' in value && isAnswer(value.v3)
  )
}

/** The recorded cases (`node test/record/yaml.ts`). */
export function readCases(): readonly Case[] {
  const file = new URL('../data/yaml-cases.json', import.meta.url)
  const all: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return Array.isArray(all) ? all.filter(isCase) : []
}
