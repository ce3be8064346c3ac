import { runAction } from '../action.ts'
import { commonFlags } from '../inputs.ts'

process.exitCode = await runAction('secrets', async ({ inputs, range, folder }) => {
  const args = ['secrets', folder, ...commonFlags(inputs)]
  if (range === undefined) return { args }
  const head = range.head === undefined ? [] : ['--head', range.head]
  return { args: [...args, '--base', range.base, ...head] }
})
