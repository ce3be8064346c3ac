import { setFlagsFromString } from 'node:v8'
import { flatten } from '../report/json.ts'
import { objectsOf, validateFiles } from '../gate/validate/run.ts'
import type { DocumentReport } from '../gate/validate/run.ts'
import { verdictOf } from '../gate/validate/verdict.ts'
import type { Command, Shell } from './command.ts'
import { levelOption } from './options.ts'
import { printVerdict, reporterFor } from './print.ts'
import { UsageError } from './usage.ts'
import { readManifests } from './validate/files.ts'
import { type Flags, readFlags } from './validate/flags.ts'
import { schemasByMinor } from './validate/schemas.ts'

const usage =
  'fluxgate validate FILE|DIR|-… [--kubernetes-version VERSION,…] [--base-file OLD NEW] [kubeconform flags]'

export const validate: Command = {
  usage,
  summary: 'manifests as they stand against schemas and API-server rules; takes kubeconform flags',
  async run(args, shell) {
    // What a document is made of dies with it: room for more of that only costs memory.
    setFlagsFromString('--semi-space-growth-factor=1')
    const flags = readFlags(args)
    if (flags.values.has('format') && flags.values.has('output'))
      throw new UsageError('--format and -output exclude each other')
    if (flags.isKubeconform) {
      const { runKubeconform } = await import('./validate/kubeconform.ts')
      return runKubeconform(flags, shell)
    }
    return flags.switches.has('base-file') ? judgePair(flags, shell) : judgeFiles(flags, shell)
  },
}

function judgeFiles(flags: Flags, shell: Shell): Promise<number> {
  const paths = flags.files.length === 0 ? ['-'] : flags.files
  const ignored = (flags.lists.get('ignore-filename-pattern') ?? []).map(one => new RegExp(one))
  const files = readManifests(paths, shell.stdin, path => ignored.some(one => one.test(path)))
  const verdicts = validateFiles(files, {
    schemas: schemasByMinor(flags.values.get('kubernetes-version'), shell),
    ignoreMissing: flags.switches.has('ignore-missing-schemas'),
    strictKeys: true,
  })
  return print(verdicts, flags, shell)
}

function judgePair(flags: Flags, shell: Shell): Promise<number> {
  const [before, after, ...rest] = flags.files
  if (before === undefined || after === undefined || rest.length > 0)
    throw new UsageError(`--base-file takes OLD and NEW\nusage: ${usage}`)
  const files = readManifests([after], shell.stdin, () => false)
  const base = objectsOf(readManifests([before], shell.stdin, () => false))
  const options = {
    schemas: schemasByMinor(flags.values.get('kubernetes-version'), shell),
    ignoreMissing: flags.switches.has('ignore-missing-schemas'),
    strictKeys: true,
  }
  return print(validateFiles(files, { ...options, base }), flags, shell)
}

function print(
  verdicts: ReturnType<typeof validateFiles>,
  flags: Flags,
  shell: Shell,
): Promise<number> {
  const { verdict, documents } = verdictOf(verdicts)
  const format = flags.values.get('format') ?? 'text'
  reporterFor(format)
  return printVerdict(
    verdict,
    {
      format,
      quiet: flags.switches.has('quiet') || flags.switches.has('q'),
      noColor: flags.switches.has('no-color'),
      failOn: levelOption(flags.values.get('fail-on') ?? 'error'),
      extra: { documents: documents.map(plainDocument) },
    },
    shell,
  )
}

function plainDocument(one: DocumentReport): Record<string, unknown> {
  return { ...one, diagnostics: one.diagnostics.map(flatten) }
}
