import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { unpackLines } from './delta.ts'

/** What a server answered. */
export interface Answer {
  readonly code: number
  readonly reason?: string
  readonly message?: string
  readonly causes?: readonly { readonly field: string; readonly message: string }[]
}

/** One manifest with the answers to server-side apply and to strict create. */
export interface Case {
  readonly id: string
  readonly kind: string
  readonly op: string
  readonly path: string
  readonly object?: unknown
  readonly yaml?: string
  readonly ssa: Answer
  readonly post: Answer
}

export interface Update {
  readonly id: string
  readonly kind: string
  readonly op: string
  readonly path: string
  readonly base: unknown
  readonly head: unknown
  readonly ssa: Answer
}

const folder = join(import.meta.dirname, '../data/apiserver')

function readLines<T>(name: string): T[] {
  const text = gunzipSync(readFileSync(join(folder, name))).toString('utf8')
  return unpackLines(text.trim().split('\n')).map((line): T => JSON.parse(line))
}

export function readCases(): Case[] {
  return readLines<Case>('verdicts.jsonl.gz')
}

/** Answers to hostile values in every place of our own seeds: kinds and fields that the other cases lack. */
export function readFresh(): Case[] {
  return readLines<Case>('fresh.jsonl.gz')
}

/** The cases that an older minor answers otherwise, with its answers. */
export function readFlips(minor: string): Case[] {
  const known = new Map(readCases().map(one => [one.id, one]))
  return readLines<Case & { readonly flip: boolean }>(`verdicts-${minor}.jsonl.gz`).map(one => ({
    ...(known.get(one.id) ?? one),
    ssa: one.ssa,
    post: one.post,
  }))
}

export function readUpdates(): Update[] {
  return readLines<Update>('update-verdicts.jsonl.gz')
}

/** Updates of our own seeds, as `readFresh`. */
export function readFreshUpdates(): Update[] {
  return readLines<Update>('fresh-updates.jsonl.gz')
}

export function isAccepted(answer: Answer): boolean {
  return answer.code >= 200 && answer.code < 300
}

/** What Flux would be told: apply's answer, but the YAML reader before it refuses duplicate keys. */
export function fluxAnswer(one: Case): Answer {
  return one.op.startsWith('key-twice') && isAccepted(one.ssa) ? one.post : one.ssa
}
