import { textOf, type Files } from '../git.ts'
import { readdress } from '../tree.ts'
import type { Case, Seal } from './case.ts'
import { CHARTS, GIT } from './case.ts'

const SEEDS = 24

/** A generator of numbers from 0 to 1 that a seed decides (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

type Change = (lines: readonly string[], at: number, pick: (count: number) => number) => string[]

const swapped = (line: string, offset: number) =>
  line.slice(0, offset) + line.charAt(offset + 1) + line.charAt(offset) + line.slice(offset + 2)

/** What a hurried hand does to a line. */
const changes: readonly Change[] = [
  (lines, at) => lines.toSpliced(at, 1),
  (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  (lines, at, pick) => {
    const line = lines[at] ?? ''
    const key = /^[\s-]*([\w./-]+):/.exec(line)?.[1] ?? ''
    const start = line.indexOf(key)
    return lines.with(at, swapped(line, start + pick(Math.max(key.length - 1, 1))))
  },
  (lines, at) => lines.with(at, `  ${lines[at]}`),
  (lines, at) => lines.with(at, (lines[at] ?? '').replace(/: .*$/, ': many')),
  (lines, at) => lines.with(at, (lines[at] ?? '').replace(/: .*$/, ': 12')),
  (lines, at, pick) => {
    const line = lines[at] ?? ''
    const start = line.search(/\S/)
    return lines.with(at, swapped(line, start + pick(Math.max(line.length - start - 1, 1))))
  },
]

/** This repository under a name of its own: other namespaces, short times, nothing to notify. */
function copy(own: Files, name: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [path, content] of Object.entries(own)) {
    if (!/^(apps|clusters)\//.test(path) || /notifications|github-token/.test(path)) continue
    const text = readdress(textOf(content), { git: 'GIT', helm: CHARTS, github: '' })
    files[path] = text
      .replaceAll('GIT/fluxgate.git', GIT)
      .replaceAll('branch: main', `branch: ${name}`)
      .replace(/\n {2}secretRef:\n {4}name: flux-system/, '')
      .replaceAll(/(namespace|name): (apps-(?:staging|production))$/gm, `$1: ${name}-$2`)
      .replaceAll(/namespace: flux-system/g, `namespace: ${name}`)
      .replaceAll(/namespace: ingress-nginx/g, `namespace: ${name}-ingress`)
      .replaceAll(/timeout: \d+m0s/g, 'timeout: 1m0s')
      .replaceAll(/retryInterval: 1m0s/g, 'retryInterval: 30s')
  }
  const at = 'apps/base/ingress-nginx/namespace.yaml'
  files[at] = (files[at] ?? '').replace('name: ingress-nginx', `name: ${name}-ingress`)
  return files
}

/** This repository with one line changed at random. */
export function mutations(own: Files): readonly Case[] {
  return Array.from({ length: SEEDS }, (_, i) => mutation(own, i + 1))
}

function mutation(own: Files, seed: number): Case {
  const name = `mutation-${seed}`
  const random = generator(seed)
  const pick = (count: number) => Math.floor(random() * count)
  const files = copy(own, name)
  const paths = Object.keys(files)
    .filter(path => !/\.sops\.yaml$|gotk-|tunnel\.yml$/.test(path))
    .sort()
  const path = paths[pick(paths.length)] ?? ''
  const lines = (files[path] ?? '').split('\n')
  const meant = lines.flatMap((line, at) => (/^\s*(#|$)/.test(line) ? [] : [at]))
  const at = meant[pick(meant.length)] ?? 0
  const change = changes[pick(changes.length)]
  const changed = change?.(lines, at, pick).join('\n') ?? ''
  return {
    name,
    effects: [],
    files: seal => ({ ...sealed(files, seal), [path]: changed }),
  }
}

function sealed(files: Readonly<Record<string, string>>, seal: Seal): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      if (!path.endsWith('.sops.yaml')) return [path, text]
      const open = text.slice(0, text.indexOf('sops:\n')).replaceAll(/ENC\[.*$/gm, 'made-up')
      return [path, seal(open, path)]
    }),
  )
}
