import type { Schemas } from '../../schema/schemas.ts'
import { minors, minorsOf, newest } from '../../schema/version.ts'
import type { Shell } from '../command.ts'
import { schemasFor } from '../schemas.ts'
import { UsageError } from '../usage.ts'

/** Schemas by minor for `--kubernetes-version`, a list; without it the newest. */
export function schemasByMinor(
  versions: string | undefined,
  shell: Shell,
): ReadonlyMap<string, Schemas> {
  const { minors: wanted, wrong } = minorsOf(versions ?? newest)
  if (wrong[0] !== undefined)
    throw new UsageError(
      `no schemas for Kubernetes ${JSON.stringify(wrong[0])}: ${minors.join(', ')} are there`,
    )
  return new Map(wanted.map(minor => [minor, schemasFor(minor, shell, [], false)]))
}
