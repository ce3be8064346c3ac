import type { Row } from './score.ts'

/** What kubeconform says of the same cases, by class. */
export type Others = Readonly<
  Record<
    string,
    { readonly agree: number; readonly falseAccepts: number; readonly falseRejects: number }
  >
>

/** The figures as a page: by class with kubeconform beside, by version, by kind. */
export function renderPage(
  classes: readonly Row[],
  versions: readonly Row[],
  kinds: readonly Row[],
  others: Others,
): string {
  return `# Agreement with the API server

Written by \`npm run update\`; a test keeps it current. Every case is a manifest that a real kube-apiserver
answered (server-side apply as Flux does it). Agreement is accept or reject; *places* counts, among the
rejections of both, those where our field paths cover all that the server names. kubeconform (\`-strict\`)
got our schemas, so the columns beside it compare what the tools make of them.

${table(
  ['class', 'cases', 'fluxgate', 'false accepts', 'false rejects', 'places', 'kubeconform'],
  bySize(classes).map(row => [...cells(row), ratio(others[row.name]?.agree ?? 0, row.cases)]),
)}

## By version

What an older minor answers otherwise than the newest.

${table(head('version'), versions.map(cells))}

## By kind

${table(head('kind'), bySize(kinds).map(cells))}
`
}

function head(first: string): string[] {
  return [first, 'cases', 'fluxgate', 'false accepts', 'false rejects', 'places']
}

function bySize(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1))
}

function cells(row: Row): string[] {
  return [
    row.name,
    `${row.cases}`,
    ratio(row.agree, row.cases),
    `${row.falseAccepts.length}`,
    `${row.falseRejects.length}`,
    row.located === 0 ? '–' : ratio(row.covered, row.located),
  ]
}

function ratio(part: number, whole: number): string {
  return `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`
}

function table(first: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`
  return [line(first), line(first.map(() => '---')), ...rows.map(line)].join('\n')
}
