import type { Case } from './cases/case.ts'
import { further } from './cases/further.ts'
import { helm } from './cases/helm.ts'
import { mutations } from './cases/mutations.ts'
import { refused, unbuilt } from './cases/refused.ts'
import { secrets } from './cases/secrets.ts'
import { silent } from './cases/silent.ts'
import { valid } from './cases/valid.ts'
import { variables } from './cases/variables.ts'
import type { Files } from './git.ts'

/** All small repositories, and what each group of them is about. `own` are the files of this repository. */
export function allCases(own: Files): ReadonlyMap<string, readonly Case[]> {
  return new Map([
    ['valid', valid],
    ['substitution', variables],
    ['secrets', secrets],
    ['Helm', helm],
    ['not built', unbuilt],
    ['refused by the API server', refused],
    ['applied in silence', silent],
    ['further', further],
    ['mutations of this repository', mutations(own)],
  ])
}
