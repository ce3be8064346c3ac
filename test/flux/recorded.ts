import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Answer, Question } from './referee.ts'

type Recorded = readonly [Question, Answer]

function fileOf(op: Question['op']): URL {
  return new URL(`../data/flux/${op}.jsonl.gz`, import.meta.url)
}

/** What the modules that Flux is made of were asked, and what they answered. */
export function readRecorded(op: Question['op']): Recorded[] {
  const lines = gunzipSync(readFileSync(fileOf(op)))
    .toString()
    .trimEnd()
    .split('\n')
  return lines.map(line => JSON.parse(line))
}

export function writeRecorded(op: Question['op'], all: readonly Recorded[]): void {
  const lines = all.map(one => JSON.stringify(one)).join('\n')
  writeFileSync(fileOf(op), gzipSync(`${lines}\n`, { level: 9 }))
}
