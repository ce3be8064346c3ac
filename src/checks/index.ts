import type { Check } from './check.ts'
import { badExpression } from './bad-expression.ts'
import { badSubstitution } from './bad-substitution.ts'
import { badVersionRange } from './bad-version-range.ts'
import { beforeBootstrap } from './before-bootstrap.ts'
import { buildFailed } from './build-failed.ts'
import { celRule } from './cel-rule.ts'
import { chartValues } from './chart-values.ts'
import { copiedDirective } from './copied-directive.ts'
import { danglingCheck } from './dangling-check.ts'
import { danglingReference } from './dangling-reference.ts'
import { danglingSource } from './dangling-source.ts'
import { dependencyCycle } from './dependency-cycle.ts'
import { deprecatedApi } from './deprecated-api.ts'
import { droppedLink } from './dropped-link.ts'
import { droppedObject } from './dropped-object.ts'
import { duplicateItem } from './duplicate-item.ts'
import { duplicateKey } from './duplicate-key.ts'
import { duplicateOwner } from './duplicate-owner.ts'
import { duplicateRelease } from './duplicate-release.ts'
import { earlyCustomResource } from './early-custom-resource.ts'
import { emptyTarget } from './empty-target.ts'
import { externalSource } from './external-source.ts'
import { forbiddenField } from './forbidden-field.ts'
import { helmCharts } from './helm-charts.ts'
import { idleLabels } from './idle-labels.ts'
import { idleTarget } from './idle-target.ts'
import { ignoredText } from './ignored-text.ts'
import { immutableField } from './immutable-field.ts'
import { invalidCrd } from './invalid-crd.ts'
import { invalidValue } from './invalid-value.ts'
import { leakChecks } from './leaks.ts'
import { longName } from './long-name.ts'
import { lostEntry } from './lost-entry.ts'
import { lostItem } from './lost-item.ts'
import { lostQuotes } from './lost-quotes.ts'
import { messageChecks } from './messages.ts'
import { missingChart } from './missing-chart.ts'
import { missingDecryption } from './missing-decryption.ts'
import { missingDependency } from './missing-dependency.ts'
import { missingField } from './missing-field.ts'
import { missingNamespace } from './missing-namespace.ts'
import { missingPath } from './missing-path.ts'
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
import { undecryptedSource } from './undecrypted-source.ts'
import { undefinedVariable } from './undefined-variable.ts'
import { unknownField } from './unknown-field.ts'
import { unknownKind } from './unknown-kind.ts'
import { unknownKustomizationField } from './unknown-kustomization-field.ts'
import { unknownValues } from './unknown-values.ts'
import { unknownVariables } from './unknown-variables.ts'
import { unmatchedImage } from './unmatched-image.ts'
import { unparsableYaml } from './unparsable-yaml.ts'
import { unrecognisedKey } from './unrecognised-key.ts'
import { unspecifiedNamespace } from './unspecified-namespace.ts'
import { unusedIgnore } from './unused-ignore.ts'
import { wrongType } from './wrong-type.ts'
import { blockedReference } from './blocked-reference.ts'
import { danglingMarker } from './dangling-marker.ts'
import { badPatch } from './bad-patch.ts'
import { missingServiceAccount } from './missing-service-account.ts'
import { renamedNamespace } from './renamed-namespace.ts'
import { halvedDollar } from './halved-dollar.ts'
import { providerAddress } from './provider-address.ts'

/** Every check, in the order of the table in the README. */
export const checks: readonly Check[] = [
  ...messageChecks,
  unknownField,
  wrongType,
  missingField,
  forbiddenField,
  immutableField,
  invalidValue,
  duplicateItem,
  unknownKind,
  removedApi,
  deprecatedApi,
  celRule,
  invalidCrd,
  ...leakChecks,
  unparsableYaml,
  unusedIgnore,
  missingPath,
  danglingSource,
  externalSource,
  undefinedVariable,
  badSubstitution,
  badExpression,
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
  providerAddress,
  idleLabels,
  danglingCheck,
  missingNamespace,
  unspecifiedNamespace,
  earlyCustomResource,
  longName,
  shortInterval,
  emptyTarget,
  droppedLink,
  droppedObject,
  undecryptedSource,
  prunedObject,
  removedKustomization,
  recreatedRelease,
  lostEntry,
  missingChart,
  chartValues,
  badPatch,
  noMatchingVersion,
  blockedReference,
  halvedDollar,
  renamedNamespace,
  danglingMarker,
  missingServiceAccount,
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
