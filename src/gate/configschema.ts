import { createRequire } from 'node:module'
import type * as AjvModule from 'ajv'
import type { ValidateFunction } from 'ajv'

// The bundler drops this line: it then sees the calls and keeps what they load for their first use.
const require = createRequire(import.meta.url)

/** How the schema of the configuration is read; the build compiles it ahead by the same options. */
export const ajvOptions = { allErrors: true, strict: false } as const

/** The validator of the configuration. The bundle replaces this file by the compiled validator: compiling costs more than all else at the start. */
export function compileConfig<T>(schema: string): ValidateFunction<T> {
  const { Ajv }: typeof AjvModule = require('ajv')
  return new Ajv(ajvOptions).compile<T>(JSON.parse(schema))
}
