import { fillKeys } from './keys.ts'

/** What a page says must be reported. */
export interface Expectation {
  readonly level: 'error' | 'warning' | 'note'
  readonly code: string
  /** Part of the message. */
  readonly text: string
  /** File, or `commit N` for the Nth commit block. */
  readonly path: string
  readonly line: number
}

/** One `## Failing` or `## Passing` section: a tree of files, and commit messages. */
export interface Example {
  readonly heading: string
  readonly passing: boolean
  readonly files: Readonly<Record<string, string | { readonly link: string }>>
  readonly commits: readonly { readonly text: string; readonly isMerge: boolean }[]
  /** Files of the base revision: blocks under a heading that says "before". */
  readonly base: Readonly<Record<string, string>> | undefined
  readonly expected: readonly Expectation[]
}

const MARKER = /(?:^|\s)# (error|warning|note): \[([a-z0-9-]+)\] "([^"]*)"\s*$/

/** Reads the examples of a page (docs for authors: .github/CONTRIBUTING.md, "Add a check"). */
export function readPage(markdown: string): Example[] {
  const sections = markdown.split(/^## /m).slice(1)
  return sections
    .map(section => ({ heading: section.split('\n', 1)[0]?.trim() ?? '', section }))
    .filter(({ heading }) => /^(Failing|Passing)\b/.test(heading))
    .map(({ heading, section }) => readExample(heading, section))
}

function readExample(heading: string, section: string): Example {
  const files: Record<string, string | { link: string }> = {}
  const base: Record<string, string> = {}
  const commits: { text: string; isMerge: boolean }[] = []
  const expected: Expectation[] = []
  for (const { path, language, body, before } of blocks(section)) {
    const isCommit = language === 'commit' || language === 'merge'
    const name = isCommit ? `commit ${commits.length}` : path
    const { text, found } = takeMarkers(body, name)
    expected.push(...found)
    if (isCommit) commits.push({ text, isMerge: language === 'merge' })
    else if (before) base[path] = text
    else files[path] = language === 'link' ? { link: text.trim() } : text
  }
  return {
    heading,
    passing: heading.startsWith('Passing'),
    files,
    commits,
    base: Object.keys(base).length > 0 ? base : undefined,
    expected,
  }
}

interface Block {
  readonly path: string
  readonly language: string
  readonly body: string
  readonly before: boolean
}

function* blocks(section: string): Iterable<Block> {
  const lines = section.split('\n')
  let path = 'apps/example.yaml'
  let before = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line.startsWith('### ')) before = /^### Before\b/i.test(line)
    const named = /^`([^`\s]+)`$/.exec(line.trim())
    if (named?.[1] !== undefined) path = named[1]
    const fence = /^(`{3,})(\w*)$/.exec(line)
    if (fence === null) continue
    const end = lines.indexOf(fence[1] ?? '', i + 1)
    if (end === -1) throw new Error(`a block that starts with ${line} is not closed`)
    const body = lines.slice(i + 1, end).join('\n')
    yield { path, language: fence[2] ?? '', body: `${body}\n`, before }
    i = end
  }
}

/** Takes the markers out of a block: alone on its line a marker speaks of the next line and leaves no trace. */
function takeMarkers(body: string, path: string): { text: string; found: Expectation[] } {
  const found: Expectation[] = []
  const kept: string[] = []
  for (const line of body.split('\n')) {
    const marker = MARKER.exec(line)
    if (marker === null) {
      kept.push(line)
      continue
    }
    const [whole, level, code = '', text = ''] = marker
    const rest = line.slice(0, line.length - whole.length)
    const alone = rest.trim() === ''
    if (level === 'error' || level === 'warning' || level === 'note')
      found.push({ level, code, text, path, line: kept.length + 1 })
    if (!alone) kept.push(rest)
  }
  return { text: fillKeys(kept.join('\n')), found }
}
