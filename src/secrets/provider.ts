import { fingerprintOf } from './fingerprint.ts'
import type { Leak } from './leak.ts'
import { placeOf, type View } from './view.ts'

/** A form of token that says itself what it is. */
interface Form {
  /** Letters that each of them has, in lower case: what is searched for. */
  readonly letters: readonly string[]
  /** The whole of it; the group is what nobody can guess. */
  readonly pattern: RegExp
  readonly kind: string
}

const form = (letters: string, { source }: RegExp, kind: string): Form => ({
  letters: letters.split(' '),
  pattern: new RegExp(`(?<![A-Za-z0-9])(?:${source})(?![A-Za-z0-9])`, 'g'),
  kind,
})

const TUNNEL = 'token of a cloudflared tunnel'

/** As their makers document them, or as they are seen: a prefix of its own, and a length. */
const FORMS: readonly Form[] = [
  form('ghp gho ghu ghs ghr', /gh[pousr]_([A-Za-z0-9]{36,255})/, 'GitHub token'),
  form('githubpat', /github_pat_(\w{60,255})/, 'GitHub token'),
  form(
    'glpat gldt glrt glft glptt glsoat',
    /gl(?:pat|dt|rt|ft|ptt|soat)-([\w-]{20,300})/,
    'GitLab token',
  ),
  form('akia asia', /A[KS]IA([A-Z2-7]{16})/, 'AWS access key'),
  form('xoxa xoxb xoxe xoxo xoxp xoxr xoxs', /xox[abeoprs]-([\w-]{20,300})/, 'Slack token'),
  form('xapp', /xapp-([\w-]{20,300})/, 'Slack token'),
  form('dopv doov dorv', /do[opr]_v1_([0-9a-f]{64})/, 'DigitalOcean token'),
  form('npm', /npm_([A-Za-z0-9]{36})/, 'npm token'),
  form('pypiageichlwas', /pypi-AgEIcHlwaS5vcmc([\w-]{50,400})/, 'PyPI token'),
  form('dckrpat dckroat', /dckr_[op]at_([\w-]{27,64})/, 'Docker token'),
  form('sklive rklive', /[sr]k_live_([A-Za-z0-9]{20,250})/, 'Stripe key'),
  form('skant', /sk-ant-([\w-]{60,200})/, 'Anthropic key'),
  form('tblbkfj skproj', /sk-([\w-]{40,250})/, 'OpenAI key'),
  form('aiza', /AIza([\w-]{35})/, 'Google API key'),
  form('hvs hvb', /hv[sb]\.([\w-]{24,300})/, 'Vault token'),
  form('sg', /SG\.([\w-]{16,32}\.[\w-]{32,64})/, 'SendGrid key'),
  form('hf', /hf_([A-Za-z0-9]{34})/, 'Hugging Face token'),
  form('glsa', /glsa_([A-Za-z0-9]{32}_[0-9a-f]{8})/, 'Grafana token'),
  form('shpat shpca shppa shpss', /shp(?:at|ca|pa|ss)_([0-9a-fA-F]{32})/, 'Shopify token'),
  form('linapi', /lin_api_([A-Za-z0-9]{40})/, 'Linear key'),
  form('pul', /pul-([0-9a-f]{40})/, 'Pulumi token'),
  form('atlasv', /([A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70})/, 'Terraform token'),
  form(
    'dpst dppt dpct dpsa',
    /dp\.(?:st|pt|ct|sa)(?:\.[\w-]{2,35})?\.([A-Za-z0-9]{40,44})/,
    'Doppler token',
  ),
  form('nrak', /NRAK-([A-Z0-9]{27})/, 'New Relic key'),
  form('tskey', /tskey-(?:auth|api|client|webhook|scim)-(\w{8,}-\w{20,})/, 'Tailscale key'),
  form('atatt', /ATATT3([\w=-]{50,300})/, 'Atlassian token'),
  form('sntrys sntryu', /sntry[su]_([\w=+/-]{40,400})/, 'Sentry token'),
  form('dapi', /dapi([0-9a-f]{32})(?:-\d)?/, 'Databricks token'),
  form('pmak', /PMAK-([0-9a-f]{24}-[0-9a-f]{34})/, 'Postman key'),
  form('rubygems', /rubygems_([0-9a-f]{48})/, 'RubyGems key'),
  form('accountkey', /AccountKey=([A-Za-z0-9+/]{86}==)/, 'key of an Azure storage account'),
  form(
    'hooksslackcom',
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/([TE]\w{4,}\/\w{4,}\/(?:\d+\/)?\w{8,})/,
    'token of a Slack webhook',
  ),
  form(
    'discordcomapiwebhooks discordappcomapiwebhooks',
    /discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/(\d{8,}\/[\w-]{16,})/,
    'token of a Discord webhook',
  ),
  form(
    'webhookofficecom',
    /webhook\.office\.com\/(webhookb2\/[\w@-]{36,}\/\w+\/[\w/-]{24,})/,
    'token of a Teams webhook',
  ),
  form(
    'logicazurecom',
    /logic\.azure\.com(?::\d+)?\/workflows\/(\S{24,}sig=[\w%-]{20,})/,
    'token of a Teams webhook',
  ),
  form('apitelegramorgbot', /api\.telegram\.org\/bot(\d+:[\w-]{20,})/, 'token of a Telegram bot'),
  form(
    'hookszapiercomhookscatch',
    /hooks\.zapier\.com\/hooks\/catch\/(\d{4,}\/\w{5,})/,
    'token of a Zapier webhook',
  ),
  form(
    'chatgoogleapiscom',
    /chat\.googleapis\.com\/v1\/spaces\/\w+\/messages\?(key=[\w-]{20,}&token=[\w%-]{20,})/,
    'token of a Google Chat webhook',
  ),
  form('eyj', /(eyJ[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.[\w-]{20,1500})/, 'JSON web token'),
  form('eyj', /(eyJ[A-Za-z0-9+/_-]{80,400}={0,2})/, TUNNEL),
]

const byLetters = Map.groupBy(
  FORMS.flatMap(one => one.letters.map(word => ({ word, one }))),
  ({ word }) => word,
)

/** What the search for needles looks for because of tokens. */
export const tokenLetters: readonly string[] = [...byLetters.keys()]

/** Signs of which one follows the shortest prefixes. */
const NEXT: Readonly<Record<string, string>> = {
  sg: '.',
  hf: '_',
  npm: '_',
  pul: '-',
  hvs: '.',
  hvb: '.',
  ghp: '_',
  gho: '_',
  ghu: '_',
  ghs: '_',
  ghr: '_',
}

const BEFORE = 160
const BEHIND = 2400

/** The byte that follows a prefix of two or three letters in a token; 0 where any may. */
export function nextSign(letters: string): number {
  return NEXT[letters]?.charCodeAt(0) ?? 0
}

/** The token whose letters end at an offset of a view. */
export function tokenAt(view: View, letters: string, end: number): Leak | undefined {
  // Where values are put one behind another, a prefix goes on with what is no part of it.
  if (view.hidden.includes('parts')) return undefined
  const from = Math.max(0, end - BEFORE)
  const window = view.bytes.toString('latin1', from, end + BEHIND)
  for (const { one } of byLetters.get(letters) ?? [])
    for (const match of window.matchAll(one.pattern)) {
      const [start, stop] = [from + match.index, from + match.index + match[0].length]
      if (start >= end) break
      if (stop >= end && isOne(one, match)) return leakOf(view, start, stop, one.kind, match[0])
    }
  return undefined
}

function leakOf(view: View, start: number, end: number, kind: string, token: string): Leak {
  return {
    code: 'plaintext-credential',
    message: `${kind} in plain text`,
    ...placeOf(view, start, end),
    hidden: view.hidden,
    fingerprint: fingerprintOf('token', token),
    help: 'revoke it first: whoever can read the repository has it; then keep the new one in an encrypted Secret',
  }
}

/** How a token in a string begins, as far as it tells most strings apart from tokens. */
const START =
  /gh[pousr]_|github_pat_|gl\w{2,4}-|A[KS]IA|xox\w-|xapp-|_v1_|npm_|pypi-|dckr_|[sr]k_|sk-|AIza|hv[sb]\.|SG\.|hf_|glsa_|shp\w\w_|lin_api|pul-|atlasv1|dp\.|NRAK|tskey|ATATT|sntry|dapi|PMAK|rubygems_|AccountKey=|eyJ/

/** Where tokens are in URLs. */
const HOST =
  /hooks\.slack|discord(?:app)?\.com|webhook\.office|logic\.azure|api\.telegram|hooks\.zapier|chat\.googleapis/

/** The kind of token that a text holds. */
export function tokenKind(text: string): string | undefined {
  if (text.length < MIN_TOKEN) return undefined
  if (!START.test(text) && !(text.includes('://') && HOST.test(text))) return undefined
  for (const one of FORMS)
    for (const match of text.matchAll(one.pattern)) if (isOne(one, match)) return one.kind
  return undefined
}

/** No token is shorter. */
export const MIN_TOKEN = 16

/** What documentation writes in the place of a token, and the token that explains JSON web tokens. */
const MADE_UP =
  /example|placeholder|dummy|redacted|your|x{5}|0{6}|1234567|abcdefg|aaaaa|eyJzdWIiOiIxMjM0NTY3ODkw/i

function isOne({ kind }: Form, [text, secret = '']: RegExpExecArray): boolean {
  if (new Set(secret).size < 8 || MADE_UP.test(secret)) return false
  return kind !== TUNNEL || isTunnel(text)
}

/** The token of a cloudflared tunnel: base64 of JSON with account, tunnel and secret. */
function isTunnel(text: string): boolean {
  const json = Buffer.from(text, 'base64').toString('utf8')
  return ['"a"', '"t"', '"s"'].every(key => json.includes(key))
}
