import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { CHARTS, GIT } from './cases/case.ts'
import type { CaseFacts } from './facts.ts'
import { type Files, textOf } from './git.ts'
import { dig, isObj } from './json.ts'

const PATH = join(import.meta.dirname, '../data/e2e/flux.jsonl.gz')

/** One recording: the cluster's part of this repository as it was, and what was said of each case. */
export interface Recorded {
  readonly own: Files
  readonly facts: readonly CaseFacts[]
}

/** What a real cluster said when this was recorded last; one JSON object a line, the own files first. */
export function readRecorded(): Recorded {
  const text = gunzipSync(readFileSync(PATH)).toString()
  const [first, ...rest] = text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))
  const own = Object.entries(isObj(first) ? first : {}).filter(
    (one): one is [string, string] => typeof one[1] === 'string',
  )
  return { own: Object.fromEntries(own), facts: rest.filter(isFacts) }
}

export function writeRecorded({ own, facts }: Recorded): void {
  const deployed = Object.entries(own).filter(([path]) => /^(apps|clusters)\//.test(path))
  const texts = Object.fromEntries(deployed.map(([path, content]) => [path, textOf(content)]))
  const lines = [texts, ...facts].map(one => JSON.stringify(one))
  mkdirSync(dirname(PATH), { recursive: true })
  writeFileSync(PATH, gzipSync(`${lines.join('\n')}\n`, { level: 9 }))
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
