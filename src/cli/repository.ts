import { buildModel } from '../flux/build.ts'
import type { Model } from '../flux/model.ts'
import { createBuilder } from '../kustomize/builder.ts'
import type { Shell } from './command.ts'
import { unwrapKeys } from './identity.ts'
import { readSettings, type SettingFlags } from './settings.ts'
import { UsageError } from './usage.ts'
import { openSides, openWorkspace } from './workspace.ts'

/** Flux's model of the working copy at PATH, decrypted with `--identity` where that is given. */
export async function modelOf(
  positionals: readonly string[],
  flags: SettingFlags & { readonly identity?: string | undefined },
  shell: Shell,
): Promise<Model> {
  const [path = '.', ...rest] = positionals
  if (rest.length > 0) throw new UsageError(`one PATH, not ${positionals.length}`)
  const workspace = openWorkspace(path, 'build', shell)
  const { head } = openSides(workspace, undefined, undefined)
  const config = readSettings(head, flags, shell)
  const { identity } = flags
  const keys = identity === undefined ? undefined : await unwrapKeys(identity, head, shell)
  const model = buildModel(head, config, workspace.scope, createBuilder, undefined, keys)
  if (model.incomplete !== undefined) throw new UsageError(model.incomplete)
  return model
}
