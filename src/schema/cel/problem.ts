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

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  return text.split('\n')[0] ?? ''
}
