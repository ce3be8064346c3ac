/** What the runner makes of a step's standard output. Source: actions/runner ActionCommand.cs, ExecutionContext.cs. */
export interface Seen {
  readonly annotations: readonly Annotation[]
  /** Commands that are no annotation, as `name value`. */
  readonly commands: readonly string[]
  /** Lines that are shown as they are. */
  readonly log: readonly string[]
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

const KNOWN = new Set(
  'error warning notice debug group endgroup add-mask set-output save-state set-env add-path echo stop-commands add-matcher remove-matcher internal-set-repo-path'.split(
    ' ',
  ),
)

/** Annotations of a level that a step may have, and characters of a message. */
const MOST = 10
const LONGEST = 4096

/** Reads lines by the runner's rules: the new syntax at the start of a trimmed line, the old one anywhere. */
export function readOutput(stdout: string): Seen {
  const annotations: Annotation[] = []
  const commands: string[] = []
  const log: string[] = []
  for (const line of stdout.split(/\r\n|\r|\n/)) {
    const command = readNew(line) ?? readOld(line)
    if (command === undefined) log.push(line)
    else if (isLevel(command.name)) {
      const level = command.name
      const kept = annotations.filter(one => one.level === level).length
      if (kept < MOST)
        annotations.push({
          level,
          properties: command.properties,
          message: command.data.slice(0, LONGEST),
        })
    } else commands.push(`${command.name} ${command.data}`)
  }
  return { annotations, commands, log }
}

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

function isLevel(name: string): name is Annotation['level'] {
  return name === 'error' || name === 'warning' || name === 'notice'
}

function readNew(line: string): Command | undefined {
  const text = line.replace(/^[\s\u0085]+/, '')
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end === -1) return undefined
  return commandOf(text.slice(2, end), ',', text.slice(end + 2), unescapeNew)
}

function readOld(line: string): Command | undefined {
  const start = line.indexOf('##[')
  const end = line.indexOf(']', start)
  if (start === -1 || end === -1) return undefined
  return commandOf(line.slice(start + 3, end), ';', line.slice(end + 1), text => text)
}

function commandOf(
  head: string,
  separator: string,
  data: string,
  decode: (text: string) => string,
): Command | undefined {
  const space = head.indexOf(' ')
  const name = space === -1 ? head : head.slice(0, space)
  if (!KNOWN.has(name.toLowerCase())) return undefined
  const properties: Record<string, string> = {}
  for (const pair of space === -1 ? [] : head.slice(space + 1).split(separator)) {
    const at = pair.indexOf('=')
    if (at > 0) properties[pair.slice(0, at).trim()] = decode(pair.slice(at + 1))
  }
  return { name: name.toLowerCase(), properties, data: decode(data) }
}

function unescapeNew(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}
