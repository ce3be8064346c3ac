import { formatId } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { mapAt, nodeAt, scalarAt } from './fields.ts'
import { flagOf, type Flags } from './flags.ts'
import { isKustomization, isRelease } from './kinds.ts'
import type { Lookup } from './lookup.ts'

/** Accounts that Kubernetes and Flux bring with them. */
const GIVEN = /^(default|flux|flux-operator|(kustomize|helm|source|notification)-controller)$/

/** Accounts to apply with that nothing in the repository creates. */
export function* checkAccounts(lookup: Lookup, flags: Flags): Iterable<Finding> {
  for (const { object, owner } of lookup.all()) {
    if (!isKustomization(object) && !isRelease(object)) continue
    if (owner === undefined || mapAt(object.root, 'spec', 'kubeConfig') !== undefined) continue
    const own = scalarAt(object.root, 'spec', 'serviceAccountName')
    const controller = isRelease(object) ? 'helm-controller' : 'kustomize-controller'
    const flag = flagOf(flags, controller, 'default-service-account')
    const name = own?.text || flag?.value || ''
    const { namespace } = object.id
    if (name === '' || lookup.has('', 'ServiceAccount', namespace, name)) continue
    if (name === 'default' || (namespace === 'flux-system' && GIVEN.test(name))) continue
    const at = own ?? nodeAt(object.root, 'metadata', 'name') ?? object.root
    yield {
      code: 'missing-service-account',
      message: `nothing in the repository creates ServiceAccount ${namespace}/${name}, in whose name this is applied`,
      at,
      object: formatId(object.id),
      field: 'spec.serviceAccountName',
      ...(own || !flag ? {} : { related: [{ span: flag.at, text: 'the default is set here' }] }),
    }
  }
}
