import { type Plan, type Run, startAction } from '../action.ts'
import { commonFlags } from '../inputs.ts'

const commands = { secrets: async () => (await import('../../src/cli/secrets.ts')).secrets }

void startAction({ name: 'secrets', commands, plan })

async function plan({ inputs, range, folder, event }: Run): Promise<Plan> {
  const { title = '', body = '', ref = '' } = event.pullRequest ?? {}
  // Each in one word with its flag, so that no text of others is a flag.
  const said = [`--title=${title}`, `--body=${body}`, `--ref=${ref}`]
  const args = ['secrets', folder, ...commonFlags(inputs), ...(event.pullRequest ? said : [])]
  if (range === undefined) return { args }
  const head = range.head === undefined ? [] : ['--head', range.head]
  return { args: [...args, '--base', range.base, ...head] }
}
