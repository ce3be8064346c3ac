import { checks } from '../checks/index.ts'
import type { Command } from './command.ts'
import { commonOptions, parseOptions } from './options.ts'
import { UsageError } from './usage.ts'

const usage = 'fluxgate explain [CODE]'

export const explain: Command = {
  usage,
  summary: 'prints the page of a check; without CODE the list',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, commonOptions)
    const [code, ...rest] = positionals
    if (rest.length > 0) throw new UsageError(`too many arguments\nusage: ${usage}`)
    if (code === undefined) {
      const list = checks.map(({ code, level, group, summary }) => ({
        code,
        level,
        group,
        summary,
      }))
      if (values.format === 'json') shell.out(`${JSON.stringify(list, null, 2)}\n`)
      else
        for (const one of list)
          shell.out(`${one.code.padEnd(28)} ${one.level.padEnd(8)} ${one.summary}\n`)
      return 0
    }
    if (!checks.some(check => check.code === code))
      throw new UsageError(`no check ${JSON.stringify(code)}: \`fluxgate explain\` lists them`)
    shell.out(shell.asset(`src/checks/${code}.md`))
    return 0
  },
}
