import { checkOrder } from '../flux/ordering.ts'
import type { Check } from './check.ts'

/** Custom resources applied before what brings their kind. */
export const earlyCustomResource: Check = {
  code: 'early-custom-resource',
  level: 'error',
  group: 'flux',
  summary: 'a custom resource before its kind',
  ignorable: true,
  run: input => checkOrder(input.model, input.tree),
}
