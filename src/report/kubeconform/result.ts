/** kubeconform's word for what became of a resource. */
export type ResultStatus = 'valid' | 'invalid' | 'error' | 'skipped' | 'empty'

/** One resource as kubeconform reports it. */
export interface Result {
  readonly filename: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly version: string
  readonly status: ResultStatus
  readonly msg: string
  readonly errors: readonly { readonly path: string; readonly msg: string }[]
}

export interface PrintOptions {
  readonly verbose: boolean
  readonly summary: boolean
  readonly isStdin: boolean
  readonly color: boolean
}

export type Print = (results: readonly Result[], options: PrintOptions) => string

export interface Counts {
  readonly valid: number
  readonly invalid: number
  readonly errors: number
  readonly skipped: number
  readonly files: number
}

export function countResults(results: readonly Result[]): Counts {
  const of = (status: ResultStatus): number => results.filter(one => one.status === status).length
  return {
    valid: of('valid'),
    invalid: of('invalid'),
    errors: of('error'),
    skipped: of('skipped'),
    files: new Set(results.map(one => one.filename)).size,
  }
}
