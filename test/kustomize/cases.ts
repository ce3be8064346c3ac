import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One case folder: `in/` holds the input, `expected.yaml` or `error` what the real kustomize says of it. */
export interface Case {
  /** `feature/case`. */
  readonly name: string
  readonly directory: string
}

const here = import.meta.dirname
const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

export function cases(): Case[] {
  return folders(here).flatMap(feature =>
    folders(join(here, feature))
      .filter(name => existsSync(join(here, feature, name, 'in')))
      .map(name => ({ name: `${feature}/${name}`, directory: join(here, feature, name) })),
  )
}

function folders(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
}

/** The folder that is built: `in`, or `in/overlay` where `in` itself has no kustomization file. */
export function rootOf(one: Case): string {
  const root = join(one.directory, 'in')
  return fileNames.some(name => existsSync(join(root, name))) ? root : join(root, 'overlay')
}

/** Flags of the command, one a line in `flags`. */
export function optionsOf(one: Case): string[] {
  const path = join(one.directory, 'flags')
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}

/** What was recorded: the output, or undefined where the real tool refuses. */
export function expectedOf(one: Case): string | undefined {
  const path = join(one.directory, 'expected.yaml')
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
