import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { createBuilder } from '../kustomize/builder.ts'

import type { Build, Builder, BuildOptions } from '../kustomize/build.ts'
import { flatten } from '../report/json.ts'
import { printable } from '../text/frame.ts'
import { diskTree } from '../tree/disk.ts'
import { print } from '../yaml/print.ts'
import { printApplied } from './applied.ts'
import type { Command, Shell } from './command.ts'
import { tellSecrets } from './identity.ts'
import { commonOptions, parseOptions } from './options.ts'
import { printOrigins } from './origins.ts'
import { modelOf } from './repository.ts'
import type { SettingFlags } from './settings.ts'
import { UsageError } from './usage.ts'
import { printValues } from './values.ts'

const usage = [
  'fluxgate build DIR… [--load-restrictor LoadRestrictionsNone|LoadRestrictionsRootOnly] [--reorder legacy|none] [--origins]',
  'fluxgate build [PATH] --flux [NAMESPACE/NAME] [--identity FILE] [--entry PATH]',
  'fluxgate build [PATH] --values NAMESPACE/NAME [--identity FILE] [--entry PATH]',
].join('\n       ')

const options = {
  ...commonOptions,
  'load-restrictor': { type: 'string', default: 'LoadRestrictionsRootOnly' },
  reorder: { type: 'string' },
  origins: { type: 'boolean', default: false },
  flux: { type: 'string' },
  values: { type: 'string' },
  identity: { type: 'string' },
  entry: { type: 'string', multiple: true },
  'flux-version': { type: 'string' },
} as const

export const build: Command = {
  usage,
  summary: 'prints what `kustomize build DIR` prints; `-` reads DIRs from stdin, one a line',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, allByDefault(args), options)
    if (values.flux !== undefined || values.values !== undefined)
      return buildFlux(values, positionals, shell)
    const directories = readDirectories(positionals, shell)
    const { format } = values
    requireFormat(format)
    const builder = createBuilder(diskTree('/'), buildOptions(values))
    const print = format === 'ndjson' ? printLine : printText
    let failed = false
    let printed = 0
    for (const directory of directories) {
      const built = buildDirectory(builder, directory, shell, values.origins)
      if (print(built, directory, printed > 0, shell)) printed++
      else failed = true
    }
    return failed ? 1 : 0
  },
}

/** `--flux` at the end or before another flag means all. */
function allByDefault(args: readonly string[]): readonly string[] {
  return args.map((arg, i) =>
    arg === '--flux' && (args[i + 1] ?? '-').startsWith('-') ? '--flux=' : arg,
  )
}

interface FluxFlags extends SettingFlags {
  readonly format: string
  readonly flux?: string | undefined
  readonly values?: string | undefined
  readonly identity?: string | undefined
}

async function buildFlux(
  flags: FluxFlags,
  positionals: readonly string[],
  shell: Shell,
): Promise<number> {
  const { format, identity, flux, values } = flags
  requireFormat(format)
  const tell = tellSecrets(identity, shell)
  const model = await modelOf(positionals, flags, shell)
  if (values !== undefined) return printValues({ model, name: values, format, tell }, shell)
  return printApplied({ model, name: flux ?? '', format, tell }, shell)
}

function requireFormat(format: string): void {
  if (format !== 'text' && format !== 'ndjson')
    throw new UsageError(`build prints text or ndjson, not ${JSON.stringify(format)}`)
}

function readDirectories(positionals: readonly string[], shell: Shell): readonly string[] {
  if (positionals.length === 0) throw new UsageError(`DIR is missing\nusage: ${usage}`)
  return positionals.flatMap(one =>
    one === '-' ? Buffer.from(shell.stdin()).toString().split('\n').filter(Boolean) : [one],
  )
}

function buildOptions(values: { 'load-restrictor': string; reorder?: string }): BuildOptions {
  const { 'load-restrictor': loadRestrictor, reorder } = values
  if (loadRestrictor !== 'LoadRestrictionsNone' && loadRestrictor !== 'LoadRestrictionsRootOnly')
    throw new UsageError(
      `--load-restrictor takes LoadRestrictionsNone or LoadRestrictionsRootOnly, not ${JSON.stringify(loadRestrictor)}`,
    )
  if (reorder !== undefined && reorder !== 'legacy' && reorder !== 'none')
    throw new UsageError(`--reorder takes legacy or none, not ${JSON.stringify(reorder)}`)
  return { loadRestrictor, reorder }
}

interface Built {
  readonly build: Build
  readonly yaml: string
}

function buildDirectory(
  builder: Builder,
  directory: string,
  shell: Shell,
  origins: boolean,
): Built {
  const path = resolve(shell.cwd, directory).slice(1)
  const build = builder.build(path)
  const yaml = origins
    ? printOrigins(build.objects, shell.cwd.slice(1))
    : build.objects.map(object => print(object.root)).join('---\n')
  return { build, yaml }
}

function printText({ build, yaml }: Built, _: string, isNext: boolean, shell: Shell): boolean {
  if (build.error !== undefined) {
    const places = build.findings.map(({ at, message }) => {
      const { line, column } = at.source.position(at.start)
      const more = message === build.error ? '' : `: ${message}`
      return `  --> /${at.source.path}:${line}:${column}${more}`
    })
    shell.err(`${[`Error: ${build.error}`, ...places].map(printable).join('\n')}\n`)
    return false
  }
  shell.out(isNext ? `---\n${yaml}` : yaml)
  return true
}

function printLine({ build, yaml }: Built, path: string, _: boolean, shell: Shell): boolean {
  const { error, findings } = build
  const answer =
    error === undefined
      ? { path, ok: true, yaml }
      : {
          path,
          ok: false,
          error,
          diagnostics: findings.map(one => inFolder(flatten({ level: 'error', ...one }), shell)),
        }
  shell.out(`${JSON.stringify(answer)}\n`)
  return error === undefined
}

/** The tree of a build is the whole disk; reports name files from the top of the repository, or from here. */
function inFolder(one: Record<string, unknown>, shell: Shell): Record<string, unknown> {
  const top = repositoryTop(shell.cwd) ?? shell.cwd
  const within = (place: Record<string, unknown>) =>
    typeof place['path'] === 'string' ? { ...place, path: relativeTo(top, place['path']) } : place
  const { related } = one
  return { ...within(one), ...(Array.isArray(related) ? { related: related.map(within) } : {}) }
}

function repositoryTop(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  return dirname(folder) === folder ? undefined : repositoryTop(dirname(folder))
}

function relativeTo(top: string, path: string): string {
  const from = relative(top, `/${path}`)
  return from.startsWith('..') ? `/${path}` : from
}
