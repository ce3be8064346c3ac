import { startAction } from '../action.ts'
import { commonFlags } from '../inputs.ts'

void startAction('secrets', async ({ inputs, range, folder, event }) => {
  const { title = '', body = '', ref = '' } = event.pullRequest ?? {}
  // Each in one word with its flag, so that no text of others is a flag.
  const said = [`--title=${title}`, `--body=${body}`, `--ref=${ref}`]
  const args = ['secrets', folder, ...commonFlags(inputs), ...(event.pullRequest ? said : [])]
  if (range === undefined) return { args }
  const head = range.head === undefined ? [] : ['--head', range.head]
  return { args: [...args, '--base', range.base, ...head] }
})
