import { isLiteralCredential } from './credential.ts'
import { namesCredential } from './name.ts'

/** `--name=value` and `--name value` in a line of a shell. */
const FLAG =
  /(?:^|[\s'"`(])--?([A-Za-z][\w.-]{2,60})(?:=|[ \t]+)(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'`;&|)]+))/g
/** `NAME=value` in front of a command or behind `export`. */
const VARIABLE =
  /(?:^|[\s;&|('"`])([A-Z][A-Z0-9_]{1,60})=(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'`;&|)]+))/g
const HEADER = /authorization:\s*(?:bearer|basic|token)\s+([\w.~+/=-]{8,})/i
const CLIENT =
  /\b(?:mysql|mariadb)(?:dump|admin|-\w+)?\b[^|;&\n]*?\s-p([^\s"'$=-][^\s"'$]+)|\bsshpass\s+-p\s*["']?([^\s"'$]+)|\bcurl\b[^|;&\n]*?\s(?:-u|--user)[ =]*["']?[\w.@-]+:([^\s"'$]+)/

/** The name of a credential that a command line holds as it is; undefined where it holds none. */
export function commandCredential(text: string): string | undefined {
  if (!/--|=|uthorization|AUTHORIZATION|\s-[pu]/.test(text)) return undefined
  for (const pattern of [FLAG, VARIABLE])
    for (const [, name = '', double, single, bare] of text.matchAll(pattern)) {
      const value = double ?? single ?? bare ?? ''
      if (namesCredential(name) && isArgument(name, value)) return name
    }
  if (isArgument('password', HEADER.exec(text)?.[1] ?? '')) return 'Authorization'
  const client = CLIENT.exec(text)
  return client !== null && isArgument('password', client[1] ?? client[2] ?? client[3] ?? '')
    ? 'a password'
    : undefined
}

/** What a shell or a reader fills in is no value: variables, other flags, names in capitals. */
function isArgument(name: string, value: string): boolean {
  if (/[$`<>{}*]|^-|^%|^[A-Z_]+$|^\.\.\.$/.test(value)) return false
  return value.toLowerCase() !== name.toLowerCase() && isLiteralCredential(name, value)
}
