import { recordFlux } from './flux.ts'
import { recordKustomize } from './kustomize.ts'

/** `npm run record -- [WHAT [PREFIX…]]`: asks the real tools again and writes down their answers. */
const recorders: Readonly<Record<string, (only: readonly string[]) => void>> = {
  flux: recordFlux,
  kustomize: recordKustomize,
}

const [what, ...only] = process.argv.slice(2)
for (const [name, record] of Object.entries(recorders))
  if (what === undefined || what === name) record(only)
