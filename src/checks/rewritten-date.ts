import { rewrittenDates } from '../kustomize/dates.ts'
import type { Node, Scalar } from '../yaml/node.ts'
import type { Check } from './check.ts'

/** Dates that kustomize takes for times. */
export const rewrittenDate: Check = {
  code: 'rewritten-date',
  level: 'warning',
  group: 'kustomize',
  summary: 'an unquoted date that kustomize rewrites',
  ignorable: true,
  *run({ model }) {
    const known = new WeakMap<Node, readonly Scalar[]>()
    for (const { build, directory } of model.kustomizations)
      for (const object of build?.objects ?? [])
        for (const finding of rewrittenDates(object, known))
          yield directory === undefined ? finding : { ...finding, seenIn: [directory] }
  },
}
