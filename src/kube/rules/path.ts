import type { Field } from './field.ts'

/** 1.36 core/validation validatePathNoBacksteps. */
export function checkNoBacksteps(field: Field): void {
  if (field.text.split('/').includes('..')) field.invalid("must not contain '..'")
}

/** ValidateLocalDescendingPath. */
export function checkDescending(field: Field): void {
  if (field.text.startsWith('/')) field.invalid('must be a relative path')
  checkNoBacksteps(field)
}

/** ValidateLocalNonReservedPath. */
export function checkNonReserved(field: Field): void {
  checkDescending(field)
  if (field.text.startsWith('..') && !field.text.startsWith('../') && field.text !== '..')
    field.invalid("must not start with '..'")
}

/** Permission bits: 0 to 0777, a common trap for those who write 644. */
export function checkMode(field: Field): void {
  const mode = field.number
  if (mode !== undefined && (mode < 0 || mode > 0o777))
    field.invalid('must be a number between 0 and 0777 (octal), both inclusive')
}
