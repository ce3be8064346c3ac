import { createRequire } from 'node:module'
import type * as CelModule from '@marcbachmann/cel-js'
import { addressLibrary } from './address.ts'
import { type Library, Space, spaceType } from './library.ts'
import { isEqual, listLibrary } from './lists.ts'
import {
  type NamedFormat,
  namedFormat,
  namedSignature,
  namedLibrary,
  validateNamed,
  validateSignature,
} from './named.ts'
import { quantityLibrary } from './quantity.ts'
import { semverLibrary } from './semver.ts'
import { textLibrary } from './text.ts'

// The bundler drops this line: most runs see no rule and never load the evaluator.
const require = createRequire(import.meta.url)

const libraries: readonly Library[] = [
  addressLibrary,
  listLibrary,
  namedLibrary,
  quantityLibrary,
  semverLibrary,
  textLibrary,
]

/** A compiled rule: evaluates over `self` and `oldSelf`. */
export type Program = CelModule.ParseResult

let environment: CelModule.Environment | undefined

function create(): CelModule.Environment {
  const { Environment, Optional }: typeof CelModule = require('@marcbachmann/cel-js')
  const env = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  })
  for (const { types = {}, spaces = [] } of libraries) {
    for (const [name, ctor] of Object.entries(types)) {
      env.registerType(name, { ctor, fields: {} })
      env.registerOperator(`${name} == ${name}`, isSame)
    }
    for (const name of spaces) {
      const ctor = class extends Space {}
      env.registerType(spaceType(name), { ctor, fields: {} })
      env.registerConstant(name, spaceType(name), new ctor(name))
    }
  }
  for (const [signature, run] of libraries.flatMap(library => library.functions))
    env.registerFunction(signature, run)
  env.registerFunction(validateSignature, (format: NamedFormat, text: string) => {
    const problems = validateNamed(format, text)
    return problems === undefined ? Optional.none() : Optional.of(problems)
  })
  env.registerFunction(namedSignature, (_: Space, name: string) => {
    const format = namedFormat(name)
    return format === undefined ? Optional.none() : Optional.of(format)
  })
  return env
}

/** Values of library types are equal by content. */
function isSame(a: object, b: object): boolean {
  return isEqual(a, b)
}

/** Compiles a rule; throws where it is not CEL. */
export function compile(rule: string): Program {
  environment ??= create()
  return environment.parse(withRe2(rule))
}

/** The evaluator's own `matches` is JavaScript's, which can take for ever: calls go to RE2. */
export function withRe2(rule: string): string {
  return rule.replace(
    /(?:[rR]|[bB])?("""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\.matches\(/g,
    found => (found === '.matches(' ? '.matchesRE2(' : found),
  )
}
