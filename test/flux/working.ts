import { readdirSync, readFileSync } from 'node:fs'
import { metadata, sealed, wrapKey } from '../secrets/sops.ts'
import type { Files } from './layouts.ts'

/** A repository that works: what it shows, its files, and the notes that are due as `code path:line`. */
export interface Working {
  readonly name: string
  readonly about: string
  readonly files: Files
  readonly notes: readonly string[]
}

const folder = new URL('working/', import.meta.url)
const key = await wrapKey()

/**
 * Reads `working/*.txt`: a sentence, then files behind lines of `-- path --`; `-- path -> target --` is a
 * link. `{{sealed}}`, `{{sops}}` and `{{recipient}}` stand for what SOPS would write with a key of this
 * run; `# note: [code]` stands in the line above the one that the note is on.
 */
export function workingRepositories(): Working[] {
  return readdirSync(folder)
    .sort()
    .map(file => read(file.replace('.txt', ''), readFileSync(new URL(file, folder), 'utf8')))
}

function read(name: string, text: string): Working {
  const [about = '', ...parts] = text.split(/^-- (.*) --\n/m)
  const files: Record<string, string | { link: string }> = {}
  const notes: string[] = []
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [path = '', link] = (parts[i] ?? '').split(' -> ')
    const content = fill(parts[i + 1] ?? '')
    files[path] = link === undefined ? content : { link }
    for (const [n, line] of content.split('\n').entries()) {
      const code = /# note: \[([\w-]+)\]/.exec(line)?.[1]
      if (code !== undefined) notes.push(`${code} ${path}:${n + 2}`)
    }
  }
  return { name, about: about.trim(), files, notes }
}

function fill(text: string): string {
  return text
    .replaceAll('{{sealed}}', () => sealed())
    .replaceAll('{{sops}}\n', () => metadata(key))
    .replaceAll('{{recipient}}', key.recipient)
}
