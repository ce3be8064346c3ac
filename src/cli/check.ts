import { buildModel } from '../flux/build.ts'
import { isKnownCode, judgeRequest } from '../gate/gate.ts'
import { createBuilder } from '../kustomize/builder.ts'
import type { Command } from './command.ts'
import { onAllCores, startLeaks } from './leaks/pool.ts'
import { codeList, commonOptions, levelOption, parseOptions } from './options.ts'
import { printVerdict, reporterFor } from './print.ts'
import { loadSchemas } from './schemas.ts'
import { readSettings } from './settings.ts'
import { UsageError } from './usage.ts'
import { openFolder, openSides, openWorkspace } from './workspace.ts'

const usage =
  'fluxgate check [PATH] [--base REV [--head REV]] [--entry PATH] [--charts DIR] [--only CODE,…] [--skip CODE,…]'

const options = {
  ...commonOptions,
  base: { type: 'string' },
  head: { type: 'string' },
  entry: { type: 'string', multiple: true },
  only: { type: 'string' },
  skip: { type: 'string' },
  charts: { type: 'string' },
  'new-only': { type: 'boolean', default: false },
  'kubernetes-version': { type: 'string' },
  'flux-version': { type: 'string' },
} as const

export const check: Command = {
  usage,
  summary: 'everything, from every Flux entry point under PATH',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, options)
    const failOn = levelOption(values['fail-on'])
    reporterFor(values.format)
    const [path = '.', ...rest] = positionals
    if (rest.length > 0)
      throw new UsageError(`one PATH, not ${positionals.length}\nusage: ${usage}`)
    const only = codeList(values.only, isKnownCode)
    const skip = codeList(values.skip, isKnownCode)
    const workspace = openWorkspace(path, 'check', shell)
    const { repository } = workspace
    const sides = openSides(workspace, values.base, values.head)
    const leaks = startLeaks(sides.head, shell.codeCache)
    const config = readSettings(sides.settings, values, shell)
    const charts = openFolder(values.charts, shell)
    const verdict = judgeRequest(
      {
        tree: sides.head,
        base: sides.base,
        config,
        schemas: loadSchemas(config, shell, sides.settings),
        today: shell.today(),
        commits: sides.revisions,
        leaks,
        past: repository && {
          repository,
          revisions: sides.revisions,
          judge: onAllCores(shell.codeCache),
        },
        model: tree => buildModel(tree, config, workspace.scope, createBuilder, charts),
      },
      { ...(only ? { only } : {}), ...(skip ? { skip } : {}) },
      shell.now,
    )
    const { format, quiet } = values
    return printVerdict(verdict, { format, quiet, noColor: values['no-color'], failOn }, shell)
  },
}
