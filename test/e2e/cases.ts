import type { Case } from './cases/case.ts'
import { customs } from './cases/customs.ts'
import { dialect } from './cases/dialect.ts'
import { folders } from './cases/folders.ts'
import { further } from './cases/further.ts'
import { helm } from './cases/helm.ts'
import { kinds } from './cases/kinds.ts'
import { kustomizations } from './cases/kustomizations.ts'
import { mutations } from './cases/mutations.ts'
import { objects } from './cases/objects.ts'
import { refused, unbuilt } from './cases/refused.ts'
import { releasesToo } from './cases/releases.ts'
import { sealedForms } from './cases/sealed.ts'
import { secrets } from './cases/secrets.ts'
import { silent } from './cases/silent.ts'
import { transforms } from './cases/transforms.ts'
import { updates } from './cases/updates.ts'
import { valid } from './cases/valid.ts'
import { variables } from './cases/variables.ts'
import type { Files } from './git.ts'

/** All small repositories, and what each group of them is about. `own` are the files of this repository. */
export function allCases(own: Files): ReadonlyMap<string, readonly Case[]> {
  return new Map([
    // They take longest, so they begin first.
    ['mutations of this repository', mutations(own)],
    ['changes of what is applied', updates],
    ['valid', valid],
    ['substitution', variables],
    ['secrets', secrets],
    ['Helm', helm],
    ['not built', unbuilt],
    ['refused by the API server', refused],
    ['applied in silence', silent],
    ['further', further],
    ['substitution, corners', dialect],
    ['folders as they come', folders],
    ['ways to write a kustomization.yaml', kustomizations],
    ['changes by the spec', transforms],
    ['ciphertext in every form', sealedForms],
    ['releases in more ways', releasesToo],
    ['kinds, versions, fields', kinds],
    ['custom resources', customs],
    ['objects of Flux', objects],
  ])
}
