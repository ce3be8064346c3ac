import * as fc from 'fast-check'

const NAMES =
  'apps clusters base a.yaml b.yml README.md x.png .github .git .sops.yaml deploy staging k8s file ' +
  'é.yaml .drone.yml a[b] prod*'
const name = fc.constantFrom('sp ace', ...NAMES.split(' '))
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(names => names.join('/'))
const WILD = '* ** ? *.yaml [a-c]* *.y?ml a\\* [ [^a]* *b* *** x**'
const wild = fc.constantFrom('', ...WILD.split(' '))
const segment = fc.oneof({ weight: 3, arbitrary: name }, { weight: 2, arbitrary: wild })
const rule = fc
  .tuple(
    fc.constantFrom('', '', '', '!', '!', '#', ' '),
    fc.constantFrom('', '', '/'),
    fc.array(segment, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/')),
    fc.constantFrom('', '', '/', ' ', '\\ ', '  ', '\r'),
  )
  .map(parts => parts.join(''))
const rules = fc.array(rule, { maxLength: 5 }).map(lines => lines.join('\n'))

/** What a repository holds and what it ignores. */
export interface Repository {
  readonly files: Readonly<Record<string, string>>
  /** `spec.ignore` of its source. */
  readonly ignore: string | undefined
}

const repository = fc.record({
  files: fc.uniqueArray(path, { minLength: 1, maxLength: 12 }),
  ignores: fc.array(fc.tuple(fc.oneof(fc.constant(''), path), rules), { maxLength: 2 }),
  link: fc.boolean(),
  spec: fc.option(rules, { nil: undefined }),
})

/** Files only where no file is also a folder. */
function layOut(
  paths: readonly string[],
  ignores: readonly (readonly [string, string])[],
  link: boolean,
) {
  const files: Record<string, string> = {}
  const add = (path: string, content: string) => {
    const known = Object.keys(files)
    if (known.some(other => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))) return
    files[path] = content
  }
  for (const [i, path] of paths.entries()) add(path, i % 5 === 4 ? '->apps' : 'x')
  for (const [folder, text] of ignores)
    add(folder ? `${folder}/.sourceignore` : '.sourceignore', text)
  if (link) add('k8s/.sourceignore', '->../.sourceignore')
  return files
}

/** Repositories with rules in files and in the spec. */
export const repositories: fc.Arbitrary<Repository> = repository.map(
  ({ files, ignores, link, spec }) => ({ files: layOut(files, ignores, link), ignore: spec }),
)
