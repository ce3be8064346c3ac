import type { Check } from './check.ts'
import { badSubstitution } from './bad-substitution.ts'
import { badVersionRange } from './bad-version-range.ts'
import { beforeBootstrap } from './before-bootstrap.ts'
import { buildFailed } from './build-failed.ts'
import { celRule } from './cel-rule.ts'
import { chartValues } from './chart-values.ts'
import { controlCharacter } from './control-character.ts'
import { danglingReference } from './dangling-reference.ts'
import { danglingSource } from './dangling-source.ts'
import { dependencyCycle } from './dependency-cycle.ts'
import { deprecatedApi } from './deprecated-api.ts'
import { droppedObject } from './dropped-object.ts'
import { duplicateItem } from './duplicate-item.ts'
import { duplicateKey } from './duplicate-key.ts'
import { duplicateOwner } from './duplicate-owner.ts'
import { duplicateRelease } from './duplicate-release.ts'
import { earlyCustomResource } from './early-custom-resource.ts'
import { emptyDescription } from './empty-description.ts'
import { emptyMessage } from './empty-message.ts'
import { emptyTarget } from './empty-target.ts'
import { externalSource } from './external-source.ts'
import { extraSpace } from './extra-space.ts'
import { fixupCommit } from './fixup-commit.ts'
import { fullStop } from './full-stop.ts'
import { helmCharts } from './helm-charts.ts'
import { hiddenBreakingChange } from './hidden-breaking-change.ts'
import { idleTarget } from './idle-target.ts'
import { ignoredText } from './ignored-text.ts'
import { invalidCrd } from './invalid-crd.ts'
import { invalidValue } from './invalid-value.ts'
import { longHeader } from './long-header.ts'
import { longLine } from './long-line.ts'
import { longName } from './long-name.ts'
import { looseRevert } from './loose-revert.ts'
import { lostEntry } from './lost-entry.ts'
import { lostItem } from './lost-item.ts'
import { lostQuotes } from './lost-quotes.ts'
import { malformedHeader } from './malformed-header.ts'
import { malformedScope } from './malformed-scope.ts'
import { mergeCommit } from './merge-commit.ts'
import { misleadingScope } from './misleading-scope.ts'
import { misplacedBang } from './misplaced-bang.ts'
import { missingBlankLine } from './missing-blank-line.ts'
import { missingChart } from './missing-chart.ts'
import { missingDecryption } from './missing-decryption.ts'
import { missingDependency } from './missing-dependency.ts'
import { missingField } from './missing-field.ts'
import { missingNamespace } from './missing-namespace.ts'
import { missingPath } from './missing-path.ts'
import { missingScope } from './missing-scope.ts'
import { missingSpace } from './missing-space.ts'
import { missingValues } from './missing-values.ts'
import { nestedPath } from './nested-path.ts'
import { noMatchingVersion } from './no-matching-version.ts'
import { notAManifest } from './not-a-manifest.ts'
import { numberAsText } from './number-as-text.ts'
import { prunedObject } from './pruned-object.ts'
import { recreatedRelease } from './recreated-release.ts'
import { remoteBase } from './remote-base.ts'
import { remoteComponent } from './remote-component.ts'
import { removedApi } from './removed-api.ts'
import { removedKustomization } from './removed-kustomization.ts'
import { repositoryType } from './repository-type.ts'
import { rewrittenDate } from './rewritten-date.ts'
import { shortInterval } from './short-interval.ts'
import { shortenedList } from './shortened-list.ts'
import { strayFooter } from './stray-footer.ts'
import { undecryptedSource } from './undecrypted-source.ts'
import { undefinedVariable } from './undefined-variable.ts'
import { unknownField } from './unknown-field.ts'
import { unknownKind } from './unknown-kind.ts'
import { unknownKustomizationField } from './unknown-kustomization-field.ts'
import { unknownScope } from './unknown-scope.ts'
import { unknownType } from './unknown-type.ts'
import { unknownValues } from './unknown-values.ts'
import { unknownVariables } from './unknown-variables.ts'
import { unmatchedImage } from './unmatched-image.ts'
import { unparsableYaml } from './unparsable-yaml.ts'
import { unrecognisedKey } from './unrecognised-key.ts'
import { unspecifiedNamespace } from './unspecified-namespace.ts'
import { unusedIgnore } from './unused-ignore.ts'
import { upperCaseDescription } from './upper-case-description.ts'
import { upperCaseType } from './upper-case-type.ts'
import { wipCommit } from './wip-commit.ts'
import { wrongType } from './wrong-type.ts'
import { plaintextSecret } from './plaintext-secret.ts'
import { unencryptedLeaf } from './unencrypted-leaf.ts'
import { malformedCiphertext } from './malformed-ciphertext.ts'
import { strayCiphertext } from './stray-ciphertext.ts'
import { missingMetadata } from './missing-metadata.ts'
import { sopsMetadata } from './sops-metadata.ts'
import { sopsRule } from './sops-rule.ts'
import { ageIdentity } from './age-identity.ts'
import { copiedDirective } from './copied-directive.ts'
import { privateKey } from './private-key.ts'
import { plaintextCredential } from './plaintext-credential.ts'
import { credentialInUrl } from './credential-in-url.ts'
import { opaqueContent } from './opaque-content.ts'
import { unusedAllowance } from './unused-allowance.ts'

/** Every check, in the order of the table in the README. */
export const checks: readonly Check[] = [
  emptyMessage,
  malformedHeader,
  malformedScope,
  misplacedBang,
  missingSpace,
  emptyDescription,
  missingBlankLine,
  hiddenBreakingChange,
  controlCharacter,
  extraSpace,
  strayFooter,
  unknownType,
  upperCaseType,
  unknownScope,
  missingScope,
  misleadingScope,
  longHeader,
  longLine,
  upperCaseDescription,
  fullStop,
  fixupCommit,
  wipCommit,
  mergeCommit,
  looseRevert,
  unknownField,
  wrongType,
  missingField,
  invalidValue,
  duplicateItem,
  unknownKind,
  removedApi,
  deprecatedApi,
  celRule,
  invalidCrd,
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
  unparsableYaml,
  unusedIgnore,
  missingPath,
  danglingSource,
  externalSource,
  undefinedVariable,
  badSubstitution,
  unknownVariables,
  notAManifest,
  remoteComponent,
  missingDependency,
  dependencyCycle,
  nestedPath,
  duplicateOwner,
  missingDecryption,
  unrecognisedKey,
  badVersionRange,
  repositoryType,
  duplicateRelease,
  missingValues,
  unknownValues,
  danglingReference,
  missingNamespace,
  unspecifiedNamespace,
  earlyCustomResource,
  longName,
  shortInterval,
  emptyTarget,
  droppedObject,
  undecryptedSource,
  prunedObject,
  removedKustomization,
  recreatedRelease,
  lostEntry,
  missingChart,
  chartValues,
  noMatchingVersion,
  beforeBootstrap,
  numberAsText,
  buildFailed,
  copiedDirective,
  duplicateKey,
  helmCharts,
  idleTarget,
  ignoredText,
  lostItem,
  lostQuotes,
  rewrittenDate,
  shortenedList,
  remoteBase,
  unknownKustomizationField,
  unmatchedImage,
]
