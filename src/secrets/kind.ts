const SETTINGS =
  /(?:^|\/)\.env(?:\.[\w.-]+)?$|\.env(?:\.[\w-]+)?$|\.(?:ini|cfg|conf|cnf|properties|toml|tfvars|envrc)$|(?:^|\/)\.(?:gitmodules|npmrc|netrc|pypirc|gitconfig|envrc|pgpass|my\.cnf)$/i

/** Files whose names say that they are programs or prose: their lines with a sign are no settings. */
const NO_SETTINGS =
  /\.(?:ya?ml|json[c5]?|md|mdx|rst|adoc|html?|css|scss|[mc]?[jt]sx?|go|py|rb|java|kt|rs|c|h|cc|cpp|hpp|cs|php|pl|lua|swift|scala|sql|svg|xml|lock|sum|map|snap|sh|bash|zsh|fish|ps1|tf|hcl|mk|cue|nix|gradle|patch|diff)$|(?:^|\/)(?:Makefile|Dockerfile|Jenkinsfile|LICENSE)/i

const SETTING_LINE = /^\s*(?:$|[#;]|\[[^\]]*\]\s*$|(?:export\s+)?[A-Za-z_][\w.-]{0,100}\s*=)/

/** Whether a file holds lines of `NAME=value`: by its name, or because all of its lines are such. */
export function isSettings(path: string, text: string): boolean {
  if (SETTINGS.test(path)) return true
  if (NO_SETTINGS.test(path) || !text.includes('=')) return false
  const lines = text.slice(0, 65_536).split('\n')
  return lines.every(line => SETTING_LINE.test(line)) && lines.some(line => line.includes('='))
}

const READ =
  /\.(?:ya?ml|json[c5]?|env|ini|cfg|cnf|conf|properties|toml|tf|tfvars|hcl|sh|bash|ps1|fish|bat|cmd|csv)$|(?:^|\/)(?:\.(?:env|netrc|npmrc|pgpass|dockercfg)|[\w.-]*Dockerfile|Makefile)/i
const SHORT_NAME = /p(?:ass|w|at|sk)(?=["'\s:=,])|[_"]auth(?=["=])/i

/** Whether a file of settings or documents holds a name too short to be looked for everywhere: `SMTP_PASS`. */
export function hasShortName(path: string, bytes: Uint8Array): boolean {
  if (!READ.test(path)) return false
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return SHORT_NAME.test(text)
}

/** Whether a file shows what another one will hold: `.env.example`. */
export function isExample(path: string): boolean {
  return /\.(?:example|sample|dist|template|tmpl|tpl)(?:\.\w+)?$|(?:^|[/.-])(?:example|sample)\.[\w.]+$/i.test(
    path,
  )
}
