import { drawGraph } from '../flux/graph.ts'
import { buildModel } from '../flux/build.ts'
import { judgeRequest } from '../gate/gate.ts'
import { worstByObject } from '../gate/verdict.ts'
import { createBuilder } from '../kustomize/builder.ts'
import type { Command } from './command.ts'
import { commonOptions, parseOptions } from './options.ts'
import { loadSchemas } from './schemas.ts'
import { readSettings } from './settings.ts'
import { UsageError } from './usage.ts'
import { openSides, openWorkspace } from './workspace.ts'

const usage = 'fluxgate graph [PATH] [--entry PATH]…'

export const graph: Command = {
  usage,
  summary: 'prints what applies what, and what waits for what, as Mermaid',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, {
      ...commonOptions,
      entry: { type: 'string', multiple: true },
    })
    const [path = '.'] = positionals
    if (positionals.length > 1) throw new UsageError(`one PATH\nusage: ${usage}`)
    const workspace = openWorkspace(path, 'graph', shell)
    const { head } = openSides(workspace, undefined, undefined)
    const config = readSettings(head, values, shell)
    const model = buildModel(head, config, workspace.scope, createBuilder)
    if (model.incomplete !== undefined) throw new UsageError(model.incomplete)
    const verdict = judgeRequest(
      {
        tree: head,
        base: undefined,
        config,
        schemas: loadSchemas(config, shell, head),
        today: shell.today(),
        commits: [],
        model: () => model,
      },
      { groups: new Set(['flux', 'helm', 'schema', 'kustomize']) },
      shell.now,
    )
    const worst = worstByObject(verdict.diagnostics)
    shell.out(drawGraph(model, object => worst.get(object)))
    return 0
  },
}
