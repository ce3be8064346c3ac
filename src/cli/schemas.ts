import { readBundle } from '../schema/bundle.ts'
import { createSchemas, type Schemas } from '../schema/schemas.ts'
import { isShipped, minorOf, minors } from '../schema/version.ts'
import type { Config } from '../tree/config.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** The schemas of the chosen Kubernetes version and of Flux, from the package's `schemas/`. */
export function loadSchemas(config: Config, shell: Shell): Schemas {
  const { version } = config.kubernetes
  const minor = minorOf(version)
  if (minor === undefined || !isShipped(minor))
    throw new UsageError(
      `no schemas for Kubernetes ${JSON.stringify(version)}: ${minors.join(', ')} are there; \`fluxgate schemas sync\` reads those of your cluster`,
    )
  const texts = [`schemas/kubernetes-${minor}.json`, 'schemas/flux-2.9.json']
  return createSchemas(texts.map(path => readBundle(shell.asset(path))))
}
