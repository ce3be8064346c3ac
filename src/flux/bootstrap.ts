import type { Finding } from '../text/diagnostic.ts'
import { baseName } from '../tree/tree.ts'
import { Source } from '../text/source.ts'
import type { Files } from './files.ts'
import type { FluxKustomization } from './model.ts'

/** The placeholder that stands for Flux's own manifests until the cluster is bootstrapped. */
export function* beforeBootstrap(one: FluxKustomization, files: Files): Iterable<Finding> {
  for (const path of one.build?.files ?? []) {
    if (baseName(path) !== 'gotk-components.yaml') continue
    const parsed = files.parsed(path)
    if (parsed === undefined || parsed.problem || parsed.documents.some(doc => doc.root)) continue
    const source = parsed.documents[0]?.source ?? new Source(path, files.text(path) ?? '')
    yield {
      code: 'before-bootstrap',
      message:
        'the cluster is not bootstrapped yet: this file is empty until `flux bootstrap` writes Flux itself into it',
      at: source.span(0),
    }
  }
}
