import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bundle, printBundle, readBundle } from '../../schema/bundle.ts'
import { crdBundle } from '../../schema/crd/kinds.ts'
import { minors } from '../../schema/version.ts'
import { crdsOf } from '../../gate/validate/run.ts'
import type { Command, Shell } from '../command.ts'
import { BUNDLE_PATH } from '../schemas.ts'
import { UsageError } from '../usage.ts'
import { readManifests } from '../validate/files.ts'

const usage =
  'fluxgate schemas list | sync [--kubeconfig FILE] [--output FILE] | add FILE|DIR… [--output FILE]'

const options = {
  output: { type: 'string', default: BUNDLE_PATH },
  kubeconfig: { type: 'string' },
} as const

export const schemas: Command = {
  usage,
  summary: 'the kinds that are known: list them, read those of a cluster, add those of CRDs',
  async run(args, shell) {
    const { action, rest, output, kubeconfig } = readArguments(args)
    const path = resolve(shell.cwd, output)
    if (action === 'list') return list(path, output, shell)
    if (action === 'add') return add(rest, path, output, shell)
    if (action === 'sync') return sync(kubeconfig, path, output, shell)
    throw new UsageError(`schemas takes list, sync or add\nusage: ${usage}`)
  },
}

function readArguments(args: readonly string[]): {
  readonly action: string | undefined
  readonly rest: readonly string[]
  readonly output: string
  readonly kubeconfig: string | undefined
} {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [action, ...rest] = positionals
    return { action, rest, output: values.output, kubeconfig: values.kubeconfig }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : ''
    throw new UsageError(`${reason}\nusage: ${usage}`)
  }
}

function list(path: string, name: string, shell: Shell): number {
  const shipped = [...minors.map(minor => `kubernetes-${minor}`), 'flux-2.9']
  for (const one of shipped)
    shell.out(
      `${describe(`schemas/${one}.json`, readBundle(shell.asset(`schemas/${one}.json`)))}\n`,
    )
  const own = readOwn(path, name)
  if (own !== undefined) shell.out(`${describe(name, own)}\n`)
  return 0
}

function describe(name: string, bundle: Bundle): string {
  const groups = new Set(bundle.kinds.map(kind => kind.group)).size
  const version = bundle.version === '' ? '' : ` ${bundle.version}`
  return `${name}: ${bundle.name}${version}, ${bundle.kinds.length} kinds in ${groups} groups`
}

function readOwn(path: string, name: string): Bundle | undefined {
  if (!existsSync(path)) return undefined
  try {
    return readBundle(readFileSync(path, 'utf8'))
  } catch {
    throw new UsageError(`${name}: not a schema bundle; remove it, or choose another --output`)
  }
}

function add(files: readonly string[], path: string, name: string, shell: Shell): number {
  if (files.length === 0) throw new UsageError(`add takes FILE or DIR\nusage: ${usage}`)
  const crds = crdsOf(readManifests(files, shell.stdin, () => false))
  const found = crdBundle(crds)
  if (found.kinds.length === 0)
    throw new UsageError(
      `no CustomResourceDefinition of apiextensions.k8s.io/v1 in ${files.join(', ')}`,
    )
  const merged = merge(readOwn(path, name), found)
  write(path, merged)
  const kinds = found.kinds.map(kind => `${kind.group}/${kind.version} ${kind.kind}`)
  shell.out(`${name}: added ${kinds.join(', ')}\n`)
  return 0
}

/** The kinds of `added` in place of their namesakes. */
function merge(before: Bundle | undefined, added: Bundle): Bundle {
  if (before === undefined) return added
  const isNew = new Set(added.kinds.map(kind => `${kind.group}/${kind.version}/${kind.kind}`))
  const kept = before.kinds.filter(kind => !isNew.has(`${kind.group}/${kind.version}/${kind.kind}`))
  return {
    ...before,
    kinds: [...kept, ...added.kinds],
    types: { ...before.types, ...added.types },
  }
}

async function sync(
  kubeconfig: string | undefined,
  path: string,
  name: string,
  shell: Shell,
): Promise<number> {
  const { openServer } = await import('./server.ts')
  const { readCluster } = await import('./sync.ts')
  const server = await openServer(kubeconfig)
  const bundle = await readCluster(server, (done, all) => {
    if (shell.stderrIsTerminal) shell.err(`\rschemas: ${done} of ${all}${done === all ? '\n' : ''}`)
  })
  write(path, bundle)
  shell.out(`${describe(name, bundle)}\n`)
  const minor = bundle.version.split('.').slice(0, 2).join('.')
  shell.out(`commit it, and set kubernetes.version to "${minor}" in .github/fluxgate.yaml\n`)
  return 0
}

/** All or nothing: a half-written bundle would judge wrongly. */
function write(path: string, bundle: Bundle): void {
  const aside = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(aside, printBundle(bundle))
    renameSync(aside, path)
  } catch (error) {
    rmSync(aside, { force: true })
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new UsageError(`${path} cannot be written (${code})`)
  }
}
