import { makeField } from './fields.ts'
import { type Known, type Made, makeObject, nameOf } from './objects.ts'
import { Random } from './random.ts'
import { type Fields, Raw, type Value, yamlOf } from './text.ts'

/** A random tree: files by path, `root` is what is built, `fields` what its kustomizations use. */
export interface FuzzTree {
  readonly seed: number
  readonly files: ReadonlyMap<string, string>
  readonly root: string
  readonly fields: ReadonlySet<string>
}

const rare: Readonly<Record<string, number>> = {
  helmCharts: 0.004,
  validators: 0.04,
  sortOptions: 0.05,
  openapi: 0.05,
  crds: 0.05,
  metadata: 0.05,
}

class Maker {
  readonly files = new Map<string, string>()
  readonly fields = new Set<string>()
  readonly #random: Random
  readonly #density: number

  constructor(random: Random) {
    this.#random = random
    this.#density = random.pick([0.04, 0.08, 0.14])
  }

  /** One directory and what is below it; answers with the objects it brings. */
  directory(
    path: string,
    depth: number,
    isComponent: boolean,
    above: readonly Known[],
  ): readonly Known[] {
    const random = this.#random
    const own = new Map<string, string>()
    const made =
      isComponent && random.chance(0.6)
        ? []
        : random.times(depth === 0 ? 1 : 0, 4, () => makeObject(random))
    const known: Known[] = [...above, ...made]
    const resources: Value[] = this.#write(own, made)
    const bases: Value[] = []
    const most = depth < 2 ? 2 : 0
    for (let i = 0; i < most && random.chance(0.35); i++) {
      const name = `b${i}`
      known.push(...this.directory(`${path}/${name}`, depth + 1, false, []))
      if (random.chance(0.12)) bases.push(name)
      else resources.push(name)
    }
    if (random.chance(0.06) && resources.length > 0) resources.push(random.pick(resources))
    const components: Value[] = []
    for (let i = 0; i < most && random.chance(0.15); i++) {
      this.directory(`${path}/c${i}`, depth + 1, true, known)
      components.push(`c${i}`)
    }
    const body: Record<string, Value> = {}
    if (resources.length > 0 || random.chance(0.5)) body['resources'] = resources
    if (bases.length > 0) body['bases'] = bases
    if (components.length > 0) body['components'] = components
    this.#addFields(body, own, known)
    if (isComponent && random.chance(0.98))
      Object.assign(body, { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' })
    if (random.chance(0.01)) body[random.pick(['unknownField', 'NamePrefix', 'inventory'])] = 'x'
    for (const name of Object.keys(body)) this.fields.add(name)
    this.files.set(
      `${path}/${random.chance(0.9) ? 'kustomization.yaml' : random.pick(['kustomization.yml', 'Kustomization'])}`,
      yamlOf(body),
    )
    for (const [name, text] of own) this.files.set(`${path}/${name}`, text)
    return known.slice(above.length)
  }

  #addFields(body: Record<string, Value>, own: Map<string, string>, known: readonly Known[]): void {
    const random = this.#random
    for (const [name, make] of Object.entries(makeField))
      if (random.chance(Math.min(rare[name] ?? 1, this.#density)))
        body[name] = make({ random, known, files: own })
  }

  #write(own: Map<string, string>, made: readonly Made[]): Value[] {
    const random = this.#random
    if (made.length === 0) return []
    if (random.chance(0.08)) {
      own.set(
        'list.yaml',
        yamlOf({
          apiVersion: 'v1',
          kind: random.pick(['List', 'ConfigMapList']),
          items: made.map(one => one.fields),
        }),
      )
      return ['list.yaml']
    }
    if (random.chance(0.3)) {
      const separator = random.pick(['---\n', '--- # c\n', '---  \n'])
      const text = made.map(one => yamlOf(one.fields)).join(separator)
      own.set('all.yaml', random.chance(0.1) ? text.replaceAll('\n', '\r\n') : text)
      return ['all.yaml']
    }
    return made.map((one, i) => {
      const name = `r${i}.yaml`
      own.set(name, yamlOf(this.#spoil(one.fields)))
      return name
    })
  }

  /** Now and then an object lacks something or has local-config. */
  #spoil(fields: Fields): Fields {
    const random = this.#random
    if (random.chance(0.01)) return { ...fields, apiVersion: undefined }
    if (random.chance(0.005)) return { ...fields, kind: undefined }
    if (random.chance(0.01)) return { ...fields, metadata: { generateName: 'x-' } }
    if (random.chance(0.02))
      return {
        ...fields,
        metadata: {
          name: nameOf(random),
          annotations: {
            'config.kubernetes.io/local-config': new Raw(
              random.pick(['"true"', 'false', '"false"', 'x']),
            ),
          },
        },
      }
    return fields
  }
}

export function makeTree(seed: number): FuzzTree {
  const random = new Random(seed)
  const maker = new Maker(random)
  maker.directory('root', 0, false, [])
  return { seed, files: maker.files, root: 'root', fields: maker.fields }
}
