import { readBundle } from '../schema/bundle.ts'
import { createSchemas, type Schemas } from '../schema/schemas.ts'
import { minors, minorsOf, newest } from '../schema/version.ts'
import type { Config } from '../tree/config.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** The schemas of the chosen Kubernetes version, from the package's `schemas/`. */
export function loadSchemas(config: Config, shell: Shell): Schemas {
  const { minors: wanted, wrong } = minorsOf(config.kubernetes.version)
  if (wrong[0] !== undefined)
    throw new UsageError(
      `no schemas for Kubernetes ${JSON.stringify(wrong[0])}: ${minors.join(', ')} are there`,
    )
  return schemasFor(wanted[0] ?? newest, shell)
}

/** The schemas of one shipped minor with those of Flux. */
export function schemasFor(minor: string, shell: Pick<Shell, 'asset'>): Schemas {
  const names = [`kubernetes-${minor}`, 'flux-2.9']
  return createSchemas(names.map(name => readBundle(shell.asset(`schemas/${name}.json`))))
}
