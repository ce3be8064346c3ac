import { checks } from '../../src/checks/index.ts'
import { runAction } from '../action.ts'
import { commonFlags } from '../inputs.ts'

/** Messages and secrets have actions of their own. */
const skipped = checks
  .filter(({ group }) => group === 'commits' || group === 'secrets')
  .map(check => check.code)

process.exitCode = await runAction('manifests', async ({ inputs, range, folder }) => {
  const args = ['check', folder, ...commonFlags(inputs), '--skip', skipped.join(',')]
  if (range === undefined) return { args }
  // The checked-out merge is the working copy; another head is judged only where it is named.
  const head = inputs.head === undefined ? [] : ['--head', inputs.head]
  return { args: [...args, '--base', range.base, ...head] }
})
