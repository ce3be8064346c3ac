import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readConfig } from '../gate/config.ts'
import { type Config, CONFIG_PATH } from '../tree/config.ts'
import { memoryTree } from '../tree/memory.ts'
import type { Tree } from '../tree/tree.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

export interface SettingFlags {
  readonly config?: string | undefined
  readonly entry?: readonly string[] | undefined
  readonly 'kubernetes-version'?: string | undefined
  readonly 'flux-version'?: string | undefined
}

/** The configuration: of `--config`, else of the tree; flags win. What does not fit the schema is exit 2. */
export function readSettings(tree: Tree, flags: SettingFlags, shell: Shell): Config {
  const from = flags.config === undefined ? tree : fileTree(flags.config, shell)
  const read = readConfig(from, () => shell.asset('schemas/config.schema.json'), CONFIG_PATH)
  if (!read.ok) throw new UsageError(read.reason)
  const { config } = read
  const kubernetes = flags['kubernetes-version']
  const flux = flags['flux-version']
  return {
    ...config,
    entryPoints: flags.entry ?? config.entryPoints,
    kubernetes: kubernetes ? { ...config.kubernetes, version: kubernetes } : config.kubernetes,
    flux: flux ? { version: flux } : config.flux,
  }
}

function fileTree(path: string, shell: Shell): Tree {
  try {
    return memoryTree({ [CONFIG_PATH]: readFileSync(resolve(shell.cwd, path)) })
  } catch {
    throw new UsageError(`--config ${path}: cannot be read`)
  }
}
