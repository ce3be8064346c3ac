import { makeField } from './fields.ts'
import { type Known, type Made, makeObject, nameOf } from './objects.ts'
import { Random } from './random.ts'
import { commented, type Fields, isFields, Raw, type Value, yamlOf } from './text.ts'

/** A random tree: files by path, `root` is what is built, `fields` what its kustomizations use. */
export interface FuzzTree {
  readonly seed: number
  readonly files: ReadonlyMap<string, string>
  readonly root: string
  readonly fields: ReadonlySet<string>
}

const rare: Readonly<Record<string, number>> = {
  helmCharts: 0.008,
  helmChartInflationGenerator: 0.008,
  helmGlobals: 0.02,
  inventory: 0.008,
  validators: 0.04,
  sortOptions: 0.05,
  openapi: 0.05,
  crds: 0.05,
  metadata: 0.05,
}

class Maker {
  readonly files = new Map<string, string>()
  readonly fields = new Set<string>()
  readonly #taken = new Set<string>()
  readonly #random: Random
  readonly #density: number

  constructor(random: Random) {
    this.#random = random
    this.#density = random.pick([0.03, 0.07, 0.12])
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
        : random.times(depth === 0 ? 1 : 0, 4, () => this.#object())
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
    if (random.chance(0.01) && resources.length > 0) resources.push(random.pick(resources))
    const components: Value[] = []
    for (let i = 0; i < most && random.chance(0.15); i++) {
      this.directory(`${path}/c${i}`, depth + 1, true, known)
      components.push(`c${i}`)
    }
    const body: Record<string, Value> = {}
    if (resources.length > 0 || random.chance(0.97)) body['resources'] = resources
    if (bases.length > 0) body['bases'] = bases
    if (components.length > 0) body['components'] = components
    this.#addFields(body, own, known)
    if (isComponent && random.chance(0.995))
      Object.assign(body, { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' })
    else if (random.chance(0.1))
      Object.assign(body, { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' })
    if (random.chance(0.03))
      body[random.pick(['unknownField', 'NamePrefix', 'nameprefix', 'NAMESUFFIX'])] = 'x'
    noteFields(body, [], this.fields)
    if (random.chance(0.03)) respell(body, random)
    this.files.set(
      `${path}/${random.chance(0.9) ? 'kustomization.yaml' : random.pick(['kustomization.yml', 'Kustomization'])}`,
      yamlOf(body),
    )
    for (const [name, text] of own) this.files.set(`${path}/${name}`, text)
    return known.slice(above.length)
  }

  /** An object whose id no other of the tree has, but for a few. */
  #object(): Made {
    let made = makeObject(this.#random)
    for (let tries = 0; tries < 20 && !this.#random.chance(0.003); tries++) {
      const id = `${made.kind} ${made.name}`
      if (!this.#taken.has(id)) {
        this.#taken.add(id)
        break
      }
      made = makeObject(this.#random)
    }
    return made
  }

  #addFields(body: Record<string, Value>, own: Map<string, string>, known: readonly Known[]): void {
    const random = this.#random
    for (const [name, make] of Object.entries(makeField))
      if (random.chance(Math.min(rare[name] ?? 1, this.#density))) {
        const value = make({ random, known, files: own })
        if (value !== undefined) body[name] = value
      }
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
      const text = yamlOf(this.#spoil(one.fields))
      own.set(name, random.chance(0.1) ? commented(random, text) : text)
      return name
    })
  }

  /** Now and then an object lacks something or has local-config. */
  #spoil(fields: Fields): Fields {
    const random = this.#random
    if (random.chance(0.01)) return { ...fields, apiVersion: undefined }
    if (random.chance(0.002)) return { ...fields, kind: undefined }
    if (random.chance(0.002)) return { ...fields, metadata: { generateName: 'x-' } }
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

/** Writes one field in capitals: decoders do not mind, also where another spelling stands behind it. */
function respell(body: Record<string, Value>, random: Random): void {
  const [first, ...rest] = Object.keys(body)
  if (first === undefined) return
  const name = random.pick([first, ...rest])
  const value = body[name]
  if (value === undefined) return
  delete body[name]
  body[
    random.pick([
      name.toUpperCase(),
      name.toLowerCase(),
      (name[0] ?? '').toUpperCase() + name.slice(1),
    ])
  ] = value
}

/** Maps whose keys are the author's. */
const free = /^(?:pairs|commonLabels|commonAnnotations|labels|annotations)$/

/** Notes which fields a file uses, `patches.target.kind` and the like. */
function noteFields(value: Value, path: readonly string[], into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) noteFields(item, path, into)
  if (!isFields(value) || (path.length > 1 && free.test(path.at(-1) ?? ''))) return
  for (const [name, one] of Object.entries(value)) {
    if (one === undefined) continue
    const here = [...path, name]
    if (path.length === 0 || !free.test(path.join('.')) || path[0] === 'labels')
      into.add(here.join('.'))
    noteFields(one, here, into)
  }
}

export function makeTree(seed: number): FuzzTree {
  const random = new Random(seed)
  const maker = new Maker(random)
  maker.directory('root', 0, false, [])
  return { seed, files: maker.files, root: 'root', fields: maker.fields }
}
