import { readdirSync, readFileSync } from 'node:fs'

/** The licences of everything that was bundled. `inputs`: paths from the repository's root. */
export function licences(inputs: readonly string[]): string {
  const folders = new Set(
    inputs.flatMap(path => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  )
  return [...folders].sort().map(licence).join('\n')
}

function licence(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const named = typeof manifest === 'object' && manifest !== null ? { ...manifest } : {}
  const { name, version, license } = Object.assign(
    { name: folder, version: '', license: '' },
    named,
  )
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
  return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8') : ''}\n`
}
