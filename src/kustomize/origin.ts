import { joinPath } from '../tree/tree.ts'
import type { Origin } from './resource.ts'

/** The text of the origin annotation: YAML as kyaml writes it. */
export function formatOrigin(origin: Origin): string {
  return linesOf(origin)
    .map(line => `${line}\n`)
    .join('')
}

/** The text of the transformations annotation: a list of origins. */
export function formatTransformations(origins: readonly Origin[]): string {
  return origins
    .flatMap(origin => linesOf(origin).map((line, i) => `${i === 0 ? '- ' : '  '}${line}\n`))
    .join('')
}

function linesOf({ path, configuredIn, configuredBy }: Origin): string[] {
  const lines: string[] = []
  if (path) lines.push(`path: ${quoted(path)}`)
  if (configuredIn) lines.push(`configuredIn: ${quoted(configuredIn)}`)
  if (configuredBy === undefined) return lines
  lines.push('configuredBy:')
  for (const [key, value] of Object.entries(configuredBy))
    if (value !== '') lines.push(`  ${key}: ${quoted(value)}`)
  return lines
}

function quoted(text: string): string {
  const isPlain =
    /^[A-Za-z_./][\w./@+ -]*$/.test(text) &&
    !/ $|^(?:true|false|null|yes|no|on|off|y|n|\.(?:inf|nan))$/i.test(text)
  return isPlain ? text : JSON.stringify(text)
}

/** The origin one step further: relative to where the build began. */
export function appendPath(origin: Origin | undefined, path: string): string {
  const base = origin?.path ?? ''
  return cleanPath(base === '' ? path : `${base}/${path}`)
}

/** Go's filepath.Join: `..` at the front stays. */
function cleanPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return path.startsWith('/') ? `/${joinPath(...parts) ?? ''}` : parts.join('/')
}
