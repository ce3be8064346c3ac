import type { KubeObject } from '../kube/object.ts'
import { itemsAt, textAt } from './fields.ts'

const OWN_NAME = ['metadata', 'name']

/** The Secrets that operators make of a custom resource, by API group and kind: where the name is written. */
const SECRET_NAMES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'external-secrets.io/ExternalSecret': [['spec', 'target', 'name'], OWN_NAME],
  'external-secrets.io/ClusterExternalSecret': [
    ['spec', 'externalSecretSpec', 'target', 'name'],
    ['spec', 'externalSecretName'],
    OWN_NAME,
  ],
  'bitnami.com/SealedSecret': [['spec', 'template', 'metadata', 'name'], OWN_NAME],
  'cert-manager.io/Certificate': [['spec', 'secretName']],
  'secrets.hashicorp.com/VaultStaticSecret': [['spec', 'destination', 'name']],
  'secrets.hashicorp.com/VaultDynamicSecret': [['spec', 'destination', 'name']],
  'secrets.hashicorp.com/VaultPKISecret': [['spec', 'destination', 'name']],
  'secrets.infisical.com/InfisicalSecret': [['spec', 'managedSecretReference', 'secretName']],
  'secrets.doppler.com/DopplerSecret': [['spec', 'managedSecret', 'name']],
  'onepassword.com/OnePasswordItem': [OWN_NAME],
  'spv.no/AzureKeyVaultSecret': [['spec', 'output', 'secret', 'name']],
}

/** The Secrets that an operator will make of an object, as `namespace/name`; `*` is any namespace. */
export function secretsMadeOf({ id, root }: KubeObject): string[] {
  const namespace = id.kind.startsWith('Cluster') ? '*' : id.namespace
  if (id.group === 'secrets-store.csi.x-k8s.io' && id.kind === 'SecretProviderClass')
    return itemsAt(root, 'spec', 'secretObjects').map(
      item => `${namespace}/${textAt(item, 'secretName')}`,
    )
  for (const path of SECRET_NAMES[`${id.group}/${id.kind}`] ?? []) {
    const name = textAt(root, ...path)
    if (name !== '') return [`${namespace}/${name}`]
  }
  return []
}
