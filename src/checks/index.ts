import { emptyMessage } from './empty-message.ts'
import { malformedHeader } from './malformed-header.ts'
import { malformedScope } from './malformed-scope.ts'
import { misplacedBang } from './misplaced-bang.ts'
import { missingSpace } from './missing-space.ts'
import { emptyDescription } from './empty-description.ts'
import { missingBlankLine } from './missing-blank-line.ts'
import { hiddenBreakingChange } from './hidden-breaking-change.ts'
import { controlCharacter } from './control-character.ts'
import { extraSpace } from './extra-space.ts'
import { strayFooter } from './stray-footer.ts'
import { unknownType } from './unknown-type.ts'
import { upperCaseType } from './upper-case-type.ts'
import { unknownScope } from './unknown-scope.ts'
import { missingScope } from './missing-scope.ts'
import { misleadingScope } from './misleading-scope.ts'
import { longHeader } from './long-header.ts'
import { longLine } from './long-line.ts'
import { upperCaseDescription } from './upper-case-description.ts'
import { fullStop } from './full-stop.ts'
import { fixupCommit } from './fixup-commit.ts'
import { wipCommit } from './wip-commit.ts'
import { mergeCommit } from './merge-commit.ts'
import { looseRevert } from './loose-revert.ts'
import { unknownField } from './unknown-field.ts'
import { wrongType } from './wrong-type.ts'
import { missingField } from './missing-field.ts'
import { invalidValue } from './invalid-value.ts'
import { duplicateItem } from './duplicate-item.ts'
import { unknownKind } from './unknown-kind.ts'
import { removedApi } from './removed-api.ts'
import { deprecatedApi } from './deprecated-api.ts'
import { celRule } from './cel-rule.ts'
import { invalidCrd } from './invalid-crd.ts'
import type { Check } from './check.ts'
import { unparsableYaml } from './unparsable-yaml.ts'
import { unusedIgnore } from './unused-ignore.ts'

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
  unparsableYaml,
  unusedIgnore,
]
