import { getBooleanInput, getInput } from '@actions/core'

/** The inputs that all actions take; empty ones are undefined. */
export interface Inputs {
  readonly path: string
  readonly base: string | undefined
  readonly head: string | undefined
  readonly config: string | undefined
  readonly failOn: string
  readonly sarif: string | undefined
  readonly junit: string | undefined
  readonly comment: boolean
  readonly token: string | undefined
  readonly title: string | undefined
  readonly mergeMethod: string | undefined
}

export function readInputs(): Inputs {
  const optional = (name: string): string | undefined => getInput(name) || undefined
  return {
    path: optional('path') ?? '.',
    base: optional('base'),
    head: optional('head'),
    config: optional('config'),
    failOn: optional('fail-on') ?? 'error',
    sarif: optional('sarif'),
    junit: optional('junit'),
    comment: getInput('comment') !== '' && getBooleanInput('comment'),
    token: optional('token'),
    title: optional('title'),
    mergeMethod: optional('merge-method'),
  }
}

/** The flags that every command takes from its action. */
export function commonFlags({ failOn, config }: Inputs): string[] {
  const flags = ['--format', 'github', '--fail-on', failOn]
  return config === undefined ? flags : [...flags, '--config', config]
}
