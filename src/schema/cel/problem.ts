import { createRequire } from 'node:module'
import type * as CelModule from '@marcbachmann/cel-js'

const require = createRequire(import.meta.url)

/** Spaces of functions that Flux's environment has and this one may not (fluxcd/pkg/runtime/cel). */
const SPACES = new Set(['sets', 'base64', 'strings', 'math', 'optional', 'google'])

/** Types that can be no answer to a yes-or-no question. */
const OTHER = new Set(['string', 'int', 'uint', 'double', 'bytes', 'null'])

/**
 * Why Flux refuses an expression; undefined where it is CEL. With `variables` it is compiled, which names
 * variables that are not there and answers that are no boolean; without, only parsed.
 */
export function celProblem(text: string, variables?: readonly string[]): string | undefined {
  const { Environment }: typeof CelModule = require('@marcbachmann/cel-js')
  const env = new Environment({
    unlistedVariablesAreDyn: variables === undefined,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  })
  for (const name of variables ?? []) env.registerVariable(name, 'dyn')
  try {
    env.parse(text)
  } catch (error) {
    return firstLine(error)
  }
  if (variables === undefined) return undefined
  const { valid, type, error } = env.check(text)
  if (valid)
    return OTHER.has(String(type))
      ? `CEL expression output type mismatch: expected bool, got ${type}`
      : undefined
  const [, name] = /^Unknown variable: (\w+)/.exec(firstLine(error)) ?? []
  return name === undefined || SPACES.has(name) ? undefined : `undeclared reference to '${name}'`
}

/** Functions of Flux's environment: CEL's own, and of the extensions for texts, sets and encodings. */
const FUNCTIONS = new Set(
  (
    'all bool bytes charAt contains containsAll decode double duration dyn encode endsWith ' +
    'equivalent exists exists_one filter format getDate getDayOfMonth getDayOfWeek getDayOfYear getFullYear ' +
    'getHours getMilliseconds getMinutes getMonth getSeconds has hasValue indexOf int intersects join lastIndexOf ' +
    'lowerAscii map matches none of ofNonZeroValue optFlatMap optMap or orValue quote replace reverse size split ' +
    'startsWith string substring timestamp trim type uint unwrapOpt upperAscii value'
  ).split(' '),
)

/**
 * Why an expression that Flux only parses says nothing of any object: it calls what is nowhere defined, or its
 * answer is no boolean. Undefined where that depends on the object.
 */
export function celFailure(text: string): string | undefined {
  const { Environment }: typeof CelModule = require('@marcbachmann/cel-js')
  const env = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  })
  const { valid, type, error } = env.check(text)
  if (valid)
    return OTHER.has(String(type))
      ? `failed to evaluate CEL expression as boolean: '${text}'`
      : undefined
  const [, name = ''] = /'(?:\w+\.)?(\w+)\(/.exec(firstLine(error)) ?? []
  return name === '' || FUNCTIONS.has(name) ? undefined : `no such overload: ${name}`
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  return text.split('\n')[0] ?? ''
}
