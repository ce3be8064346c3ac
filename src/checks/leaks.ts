import type { Check } from './check.ts'
import { ageIdentity } from './age-identity.ts'
import { credentialInUrl } from './credential-in-url.ts'
import { malformedCiphertext } from './malformed-ciphertext.ts'
import { missingMetadata } from './missing-metadata.ts'
import { opaqueContent } from './opaque-content.ts'
import { plaintextCredential } from './plaintext-credential.ts'
import { plaintextSecret } from './plaintext-secret.ts'
import { privateKey } from './private-key.ts'
import { sopsMetadata } from './sops-metadata.ts'
import { sopsRule } from './sops-rule.ts'
import { strayCiphertext } from './stray-ciphertext.ts'
import { unencryptedLeaf } from './unencrypted-leaf.ts'
import { unusedAllowance } from './unused-allowance.ts'

/** The checks of secrets; apart from the others, so that judging texts loads no more than it needs. */
export const leakChecks: readonly Check[] = [
  plaintextSecret,
  unencryptedLeaf,
  malformedCiphertext,
  strayCiphertext,
  missingMetadata,
  sopsMetadata,
  sopsRule,
  ageIdentity,
  privateKey,
  plaintextCredential,
  credentialInUrl,
  opaqueContent,
  unusedAllowance,
]
