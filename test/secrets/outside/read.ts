import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dice } from '../corpus/dice.ts'

/** A case of the corpora beside this file: its name, and its files once values are put into them. */
export interface Case {
  readonly id: string
  readonly fill: (seed: number) => Readonly<Record<string, string>>
}

/** Cases of `=== name path` and the file below it; several of one name are one case. */
export function readCases(file: string): readonly Case[] {
  const parts = readFileSync(new URL(file, import.meta.url), 'utf8')
    .split(/^=== /m)
    .slice(1)
  const files = parts.map(part => {
    const at = part.indexOf('\n')
    const [id = '', path = ''] = part.slice(0, at).split(' ')
    return { id, path, text: part.slice(at + 1) }
  })
  return [...Map.groupBy(files, one => one.id)].map(([id, all]) => ({
    id,
    fill: seed => {
      const put = filler(seed)
      return Object.fromEntries(all.map(({ path, text }) => [path, put(text)]))
    },
  }))
}

/** Puts values in the place of marks: `P` a password, `T` a token, `N` a number, `W` a word, `R`, `H` random text. */
function filler(seed: number): (text: string) => string {
  const random = dice(seed)
  const passwords = [
    () => `${random.word()}${10 + random.number(89)}`,
    () => random.token(20),
    () => `${random.word()}-${random.word()}-${random.word()}`,
    () => random.word(),
  ]
  const password = passwords[seed % passwords.length]?.() ?? ''
  const kinds: Readonly<Record<string, (length: number) => string>> = {
    P: () => password,
    N: () => String(100_000_000 + random.number(800_000_000)),
    W: () => random.word(),
    U: () => randomUUID(),
    CR: () => '\r',
    BOM: () => '\ufeff',
    T: length => random.token(length),
    R: length => randomBytes(length).toString('base64').slice(0, length).replaceAll('=', 'A'),
    H: length => randomBytes(length).toString('hex').slice(0, length),
  }
  const one = (kind: string, length: number) => kinds[kind]?.(length) ?? ''
  return text => {
    let filled = text
      .replaceAll('@@END@@\n', '')
      .replaceAll(/@@(P|N|W|U|CR|BOM)@@/g, (_, kind: string) => one(kind, 0))
      .replaceAll(/@@([TRH])(\d+)@@/g, (_, kind: string, n: string) => one(kind, Number(n)))
    // The innermost first.
    const inner = /@@B\{((?:(?!@@B\{)[^])*?)\}@@/
    for (let match = inner.exec(filled); match !== null; match = inner.exec(filled))
      filled = filled.replace(inner, Buffer.from(match[1] ?? '').toString('base64'))
    return filled
  }
}
