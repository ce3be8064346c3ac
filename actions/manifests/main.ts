import { leakChecks } from '../../src/checks/leaks.ts'
import { messageChecks } from '../../src/checks/messages.ts'
import { diskTree } from '../../src/tree/disk.ts'
import { isProblem, type Repository } from '../../src/tree/git.ts'
import { listPaths } from '../../src/tree/gitchanges.ts'
import { type Plan, type Run, startAction } from '../action.ts'
import { commonFlags } from '../inputs.ts'
import type { Range } from '../range.ts'

/** Messages and secrets have actions of their own. */
const skipped = [...messageChecks, ...leakChecks].map(check => check.code)

const commands = { check: async () => (await import('../../src/cli/check.ts')).check }

void startAction({ name: 'manifests', commands, plan })

async function plan({ inputs, range, folder, repository }: Run): Promise<Plan> {
  if (repository && !holdsManifests(repository, range))
    return { nothing: 'neither the base nor the head holds a manifest' }
  if (
    !repository &&
    !diskTree(folder)
      .entries()
      .some(one => isManifest(one.path))
  )
    return { problem: 'there is neither a git repository nor a manifest' }
  const args = ['check', folder, ...commonFlags(inputs), '--skip', skipped.join(',')]
  if (range === undefined) return { args }
  // The commit that is checked out, not the files: attributes of the pull request may have rewritten those.
  return { args: [...args, '--base', range.base, '--head', inputs.head ?? 'HEAD'] }
}

/** Whether either side has a YAML or JSON file that is not GitHub's own; where git cannot tell, it has. */
function holdsManifests(repository: Repository, range: Range | undefined): boolean {
  const sides = [range?.head ?? 'HEAD', ...(range === undefined ? [] : [range.base])]
  return sides.some(rev => {
    const paths = listPaths(repository, rev)
    return isProblem(paths) || paths.some(isManifest)
  })
}

function isManifest(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path) && !path.startsWith('.github/')
}
