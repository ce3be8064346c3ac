import type { Check } from './check.ts'
import { controlCharacter } from './control-character.ts'
import { emptyDescription } from './empty-description.ts'
import { emptyMessage } from './empty-message.ts'
import { extraSpace } from './extra-space.ts'
import { fixupCommit } from './fixup-commit.ts'
import { fullStop } from './full-stop.ts'
import { hiddenBreakingChange } from './hidden-breaking-change.ts'
import { longHeader } from './long-header.ts'
import { longLine } from './long-line.ts'
import { looseRevert } from './loose-revert.ts'
import { malformedHeader } from './malformed-header.ts'
import { malformedScope } from './malformed-scope.ts'
import { mergeCommit } from './merge-commit.ts'
import { misleadingScope } from './misleading-scope.ts'
import { misplacedBang } from './misplaced-bang.ts'
import { missingBlankLine } from './missing-blank-line.ts'
import { missingScope } from './missing-scope.ts'
import { missingSpace } from './missing-space.ts'
import { strayFooter } from './stray-footer.ts'
import { unknownScope } from './unknown-scope.ts'
import { unknownType } from './unknown-type.ts'
import { upperCaseDescription } from './upper-case-description.ts'
import { upperCaseType } from './upper-case-type.ts'
import { wipCommit } from './wip-commit.ts'

/** The checks of messages; apart from the others, so that judging messages loads no more than it needs. */
export const messageChecks: readonly Check[] = [
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
]
