// Around `npm pack`: the tarball's manifest goes without what only this repository needs.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const KEPT = 'package.json'
const ASIDE = 'node_modules/.package.json.before-pack'

if (process.argv[2] === 'after') {
  if (existsSync(ASIDE)) renameSync(ASIDE, KEPT)
} else {
  const text = existsSync(ASIDE) ? readFileSync(ASIDE, 'utf8') : readFileSync(KEPT, 'utf8')
  const manifest: Record<string, unknown> = JSON.parse(text)
  const dropped = ['devDependencies', 'optionalDependencies', 'scripts']
  const packed = Object.fromEntries(
    Object.entries(manifest).filter(([key]) => !dropped.includes(key)),
  )
  writeFileSync(ASIDE, text)
  writeFileSync(KEPT, `${JSON.stringify(packed, null, 2)}\n`)
}
