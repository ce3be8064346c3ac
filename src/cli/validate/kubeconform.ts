import { existsSync, statSync } from 'node:fs'
import type { ManifestFile } from '../../gate/validate/documents.ts'
import { documentsIn } from '../../gate/validate/run.ts'
import { printJson } from '../../report/kubeconform/json.ts'
import { printJunit } from '../../report/kubeconform/junit.ts'
import type { Print, Result } from '../../report/kubeconform/result.ts'
import { printTap } from '../../report/kubeconform/tap.ts'
import { printPretty, printText } from '../../report/kubeconform/text.ts'
import { matches } from '../../schema/pattern.ts'
import type { Shell } from '../command.ts'
import { UsageError } from '../usage.ts'
import { readManifests } from './files.ts'
import type { Flags } from './flags.ts'
import { createJudge } from './kubejudge.ts'

const formats: Readonly<Record<string, Print>> = {
  json: printJson,
  junit: printJunit,
  pretty: printPretty,
  tap: printTap,
  text: printText,
}

const USAGE = `Usage: fluxgate validate [OPTION]... [FILE OR FOLDER]...
  -cache string, -debug, -exit-on-error, -h, -ignore-filename-pattern value, -ignore-missing-schemas,
  -insecure-skip-tls-verify, -kubernetes-version value, -n int, -output json|junit|pretty|tap|text,
  -reject string, -schema-location value, -skip string, -strict, -summary, -v, -verbose
`

/** One run in kubeconform's language: its flags, its output, its exit codes (0, or 1 for anything wrong). */
export async function runKubeconform(flags: Flags, shell: Shell): Promise<number> {
  if (flags.switches.has('h')) return say(shell, USAGE, 0)
  if (flags.switches.has('v')) return say(shell, `${shell.version}\n`, 0)
  try {
    return await run(flags, shell)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    shell.err(`${error.message}\n${USAGE}`)
    return 1
  }
}

function say(shell: Shell, text: string, exit: number): number {
  shell.out(text)
  return exit
}

async function run(flags: Flags, shell: Shell): Promise<number> {
  const print = printerOf(flags.values.get('output') ?? 'text')
  checkCache(flags.values.get('cache'))
  const isStdin = flags.files.length === 0 || flags.files.includes('-')
  const { files, failed } = readAll(flags, shell)
  const judge = createJudge(flags, shell, files)
  const results: Result[] = [...failed]
  const stopEarly = flags.switches.has('exit-on-error')
  for (const document of documentsIn(files)) {
    if (stopEarly && results.some(isBad)) break
    results.push(...(await judge(document)))
  }
  shell.out(
    print(results, {
      verbose: flags.switches.has('verbose'),
      summary: flags.switches.has('summary'),
      isStdin,
      color: true,
    }),
  )
  return results.some(isBad) ? 1 : 0
}

function isBad({ status }: Result): boolean {
  return status === 'invalid' || status === 'error'
}

function printerOf(name: string): Print {
  const print = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (print === undefined)
    throw new UsageError(`'outputFormat' must be 'json', 'junit', 'pretty', 'tap' or 'text'`)
  return print
}

function checkCache(folder: string | undefined): void {
  if (folder === undefined) return
  if (!existsSync(folder))
    throw new UsageError(`failed opening cache folder ${folder}: no such file or directory`)
  if (!statSync(folder).isDirectory())
    throw new UsageError(`cache folder ${folder} is not a directory`)
}

/** Every file that can be read; a path that cannot is a result of its own. */
function readAll(flags: Flags, shell: Shell): { files: ManifestFile[]; failed: Result[] } {
  const patterns = flags.lists.get('ignore-filename-pattern') ?? []
  const isIgnored = (path: string): boolean => patterns.some(one => matches(one, path))
  const files: ManifestFile[] = []
  const failed: Result[] = []
  for (const path of flags.files.length === 0 ? ['-'] : flags.files) {
    try {
      files.push(...readManifests([path], shell.stdin, isIgnored))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      failed.push(unreadable(path))
    }
  }
  return { files, failed }
}

function unreadable(path: string): Result {
  const nothing = { kind: '', name: '', namespace: '', version: '', errors: [] }
  const msg = `lstat ${path}: no such file or directory`
  return { filename: path, ...nothing, status: 'error', msg }
}
