import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { CHARTS, GIT } from './cases/case.ts'
import type { CaseFacts } from './facts.ts'
import { dig, isObj } from './json.ts'

const PATH = join(import.meta.dirname, '../data/e2e/flux.jsonl.gz')

/** What a real cluster said of each small repository when this was recorded last, one a line. */
export function readRecorded(): CaseFacts[] {
  const lines = gunzipSync(readFileSync(PATH)).toString().split('\n').filter(Boolean)
  return lines.map(line => {
    const facts: unknown = JSON.parse(line)
    if (!isFacts(facts)) throw new Error(`${PATH} holds something else`)
    return facts
  })
}

export function writeRecorded(all: readonly CaseFacts[]): void {
  writeFileSync(PATH, gzipSync(`${all.map(one => JSON.stringify(one)).join('\n')}\n`, { level: 9 }))
}

function isFacts(value: unknown): value is CaseFacts {
  return isObj(value) && typeof value['name'] === 'string' && Array.isArray(dig(value, 'facts'))
}

/** The same facts with the addresses of one run replaced by those that the cases are written with. */
export function portable(facts: CaseFacts, git: string, helm: string): CaseFacts {
  const text = JSON.stringify(facts).replaceAll(`${git}/cases.git`, GIT).replaceAll(helm, CHARTS)
  const made: unknown = JSON.parse(text)
  if (!isFacts(made)) throw new Error('facts lost their shape')
  return made
}
