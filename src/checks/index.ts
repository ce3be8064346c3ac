import type { Check } from './check.ts'
import { unparsableYaml } from './unparsable-yaml.ts'
import { unusedIgnore } from './unused-ignore.ts'

/** Every check, in the order of the table in the README. */
export const checks: readonly Check[] = [unparsableYaml, unusedIgnore]
