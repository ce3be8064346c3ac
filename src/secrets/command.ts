import { isLiteralCredential } from './credential.ts'
import { namesCredential } from './name.ts'

/** `--name=value` and `--name value` in a line of a shell. */
const FLAG =
  /(?:^|[\s'"`(])--?([A-Za-z][\w.-]{2,60})(?:=|[ \t]+)(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'`;&|)]+))/g
/** `NAME=value` in front of a command or behind `export`. */
const VARIABLE =
  /(?:^|[\s;&|('"`])([A-Z][A-Z0-9_]{1,60})=(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'`;&|)]+))/g
const HEADER =
  /authorization(?:["']?\s*[:=,]\s*["']?|\s+["'])(?:bearer|basic|token)\s+([\w.~+/=-]{8,})|-H\s*["']?[\w-]*(?:token|api-?key|secret)[\w-]*:\s*([^\s"'`$]{8,})/i
const CLIENT =
  /\b(?:mysql|mariadb)(?:dump|admin|-\w+)?\b[^|;&\n]*?\s-p["']?([^\s"'$=-][^\s"'$]+)|\bsshpass\s+-p\s*["']?([^\s"'$]+)|\bcurl\b[^|;&\n]*?\s(?:-u|--user)[ =]*["']?[\w.@-]+:([^\s"'$]+)|\b(?:docker|podman|nerdctl|helm|skopeo|oras|crane|az|buildah)\b[^|;&\n]*?\blogin\b[^|;&\n]*?\s-p\s*["']?([^\s"'$]+)|\bhtpasswd\s+-\w*b\w*(?:\s+-\w+)*\s+\S+\s+\S+\s+["']?([^\s"'$]+)/

/** `--from-literal=password=…`, `--set auth.password=…`. */
const NESTED =
  /--(?:from-literal|set(?:-string|-literal)?|env|build-arg)[= ]+["']?([\w./-]{2,100})=(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'`;&|),]+))/g

/** `host=db user=app password=…` */
const PAIR =
  /(?:^|[\s;,"'])([a-z][\w.-]*?(?:password|passwd|pwd|secret|token|api_?key|access_?key))=(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'`;&|),]{3,}))/g

/** The name of a credential that a command line holds as it is; undefined where it holds none. */
export function commandCredential(text: string): string | undefined {
  if (!/--|=|uthorization|AUTHORIZATION|htpasswd|\s-[puH]/.test(text)) return undefined
  for (const pattern of [FLAG, VARIABLE, NESTED, PAIR])
    for (const [, name = '', double, single, bare] of text.matchAll(pattern)) {
      const value = double ?? single ?? bare ?? ''
      if (namesCredential(name) && isArgument(name, value)) return name
    }
  if (isArgument('password', HEADER.exec(text)?.slice(1).find(isGiven) ?? ''))
    return 'Authorization'
  const client = CLIENT.exec(text)
  const password = client?.slice(1).find(isGiven)
  return isArgument('password', password ?? '') ? 'a password' : undefined
}

/** What a shell or a reader fills in is no value: variables, other flags, names in capitals. */
function isArgument(name: string, value: string): boolean {
  if (/[$`<>{}*]|^-|^%|^[A-Z_]+$|^\.\.\.$|^(?:dummy|fake|example)[-_]/.test(value)) return false
  return value.toLowerCase() !== name.toLowerCase() && isLiteralCredential(name, value)
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined
}
