import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyEdits, type Edit, migrations, unifiedDiff } from '../flux/migrate.ts'
import type { Command } from './command.ts'
import { commonOptions, parseOptions } from './options.ts'
import { readSettings } from './settings.ts'
import { UsageError } from './usage.ts'
import { openSides, openWorkspace } from './workspace.ts'

const usage =
  'fluxgate migrate [PATH] [--write] [--flux-version VERSION] [--kubernetes-version VERSION]'

export const migrate: Command = {
  usage,
  summary: 'shows the edits that a Flux or Kubernetes version needs; --write makes them',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, {
      ...commonOptions,
      write: { type: 'boolean', default: false },
      'flux-version': { type: 'string' },
      'kubernetes-version': { type: 'string' },
    })
    const [path = '.'] = positionals
    if (positionals.length > 1) throw new UsageError(`one PATH\nusage: ${usage}`)
    const workspace = openWorkspace(path, 'migrate', shell)
    const { head } = openSides(workspace, undefined, undefined)
    const config = readSettings(head, values, shell)
    const edits = migrations(head, config.flux.version, config.kubernetes.version).filter(
      edit => workspace.scope === '' || edit.path.startsWith(`${workspace.scope}/`),
    )
    for (const [file, changes] of Map.groupBy(edits, (edit: Edit) => edit.path)) {
      const at = join(workspace.root, file)
      const before = readFileSync(at, 'utf8')
      const after = applyEdits(before, changes)
      shell.out(unifiedDiff(file, before, after))
      if (values.write) writeFileSync(at, after)
    }
    return 0
  },
}
