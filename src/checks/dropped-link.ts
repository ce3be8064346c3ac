import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { resolvePath } from '../tree/tree.ts'
import type { Check } from './check.ts'
import type { Input } from './input.ts'

/** Links that lead in a circle (fluxcd/pkg artifact/storage Archive leaves every link out). */
export const droppedLink: Check = {
  code: 'dropped-link',
  level: 'note',
  group: 'flux',
  summary: 'a symbolic link that leads in a circle, which Flux leaves out of the artifact',
  ignorable: true,
  run: input => circlesOf(input),
}

function* circlesOf({ tree }: Input): Iterable<Finding> {
  for (const { kind, path } of tree.entries()) {
    if (kind !== 'link') continue
    const target = resolvePath(tree, path)
    if (target.ok || target.reason !== 'loop') continue
    yield {
      code: 'dropped-link',
      message: 'a symbolic link that leads in a circle: Flux leaves it out of the artifact',
      at: new Source(path, '').span(0),
      help: 'remove it: nothing can read it',
    }
  }
}
