import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from './command.ts'
import { commonOptions, parseOptions } from './options.ts'
import { UsageError } from './usage.ts'
import { openWorkspace } from './workspace.ts'

const usage = 'fluxgate init [PATH] [--uses OWNER/REPO@COMMIT]'

const options = {
  ...commonOptions,
  uses: { type: 'string', default: 'owner/fluxgate@v1' },
} as const

/** `owner/repository@revision`: where the gate is released. */
const USES = /^[\w.-]+\/[\w.-]+@[\w.-]+$/

export const init: Command = {
  usage,
  summary: 'writes workflow, configuration and ruleset; leaves existing files alone',
  run(args, shell) {
    const { values, positionals } = parseOptions(usage, args, options)
    const [path = '.', ...rest] = positionals
    if (rest.length > 0)
      throw new UsageError(`one PATH, not ${positionals.length}\nusage: ${usage}`)
    if (!USES.test(values.uses))
      throw new UsageError(
        `--uses takes owner/repository@revision, not ${JSON.stringify(values.uses)}`,
      )
    const { root } = openWorkspace(path, 'init', shell)
    for (const [name, text] of Object.entries(filesOf(values.uses))) {
      const file = join(root, name)
      const isThere = existsSync(file)
      if (!isThere) {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      }
      shell.out(`${isThere ? 'kept   ' : 'written'} ${name}\n`)
    }
    if (!values.quiet) shell.out(NEXT)
    return 0
  },
}

/** The contexts of a reusable workflow: the name of the calling job, a slash, the name of the called one. */
const CONTEXTS = ['Manifests', 'Secrets', 'Commits', 'PR title', 'Gate'].map(
  name => `fluxgate / ${name}`,
)

function filesOf(uses: string): Readonly<Record<string, string>> {
  const [repository = '', revision = ''] = uses.split('@')
  return {
    '.github/workflows/fluxgate.yml': workflow(repository, revision),
    '.github/fluxgate.yaml': CONFIG,
    '.github/rulesets/fluxgate.json': `${JSON.stringify(ruleset(), null, 2)}\n`,
  }
}

function workflow(repository: string, revision: string): string {
  return `name: fluxgate
on:
  pull_request: { types: [opened, edited, reopened, synchronize] }
  merge_group: { types: [checks_requested] }
permissions: {}
jobs:
  fluxgate:
    permissions: { contents: read, pull-requests: read } # the latter for the title as it is now
    uses: ${repository}/.github/workflows/gate.yml@${revision}
`
}

const CONFIG = `# Every key is optional. \`fluxgate explain\` lists the checks.
commits:
  mergeMethod: rebase
`

function ruleset(): unknown {
  const checks = CONTEXTS.map(context => ({ context, integration_id: 15_368 }))
  return {
    name: 'fluxgate',
    target: 'branch',
    enforcement: 'active',
    bypass_actors: [],
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [
      { type: 'deletion' },
      { type: 'non_fast_forward' },
      { type: 'required_linear_history' },
      {
        type: 'pull_request',
        parameters: {
          allowed_merge_methods: ['rebase', 'squash'],
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: true,
          require_last_push_approval: true,
          required_approving_review_count: 1,
          required_review_thread_resolution: true,
        },
      },
      {
        type: 'required_status_checks',
        parameters: {
          strict_required_status_checks_policy: true,
          do_not_enforce_on_create: false,
          required_status_checks: checks,
        },
      },
    ],
  }
}

const NEXT = `
next:
  1. name the commit of a release in .github/workflows/fluxgate.yml: uses: OWNER/fluxgate/.github/workflows/gate.yml@COMMIT
  2. give /.github/ an owner in .github/CODEOWNERS
  3. commit, then fluxgate check, fluxgate secrets and fluxgate commits, and mend what they say
  4. merge all this, then import .github/rulesets/fluxgate.json: Settings, Rules, Rulesets, Import
`
