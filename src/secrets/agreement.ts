import type { Finding } from '../text/diagnostic.ts'
import type { RawDocument } from './documents.ts'
import { type CreationRules, ruleFor } from './creation.ts'
import type { MapNode } from '../yaml/node.ts'
import { looksEncrypted } from './cipher.ts'
import { isEmpty } from './envelope.ts'
import { leavesOf } from './leaves.ts'
import { isMetadata, readMetadata } from './metadata.ts'
import { isSelected, type Selector } from './selector.ts'

/** Compares an encrypted file with the rule of `.sops.yaml` that covers it: who can read it, and what is encrypted. */
export function* judgeAgreement(
  document: RawDocument,
  all: readonly CreationRules[],
): Iterable<Finding> {
  const { root, source } = document
  const sops = root.kind === 'map' ? root.get('sops') : undefined
  if (!isMetadata(sops)) return
  const rule = ruleFor(all, source.path)
  if (rule === undefined) return
  if (rule === 'none') {
    const message =
      'no rule of .sops.yaml covers this file: sops updatekeys and a new encryption fail'
    yield { code: 'sops-rule', level: 'warning', message, at: sops }
    return
  }
  const { selector, recipients } = readMetadata(sops)
  const related = [{ span: rule.node, text: 'the rule that covers the file' }]
  if (selector.name !== rule.selector.name || selector.value !== rule.selector.value)
    yield {
      code: 'sops-rule',
      ...(leavesLess(document, sops, rule.selector) ? {} : { level: 'warning' as const }),
      message: `SOPS metadata: ${selector.name} is not what the rule of .sops.yaml says`,
      at: sops.get(selector.name) ?? sops,
      related,
    }
  const [first] = recipients
  if (rule.age.length === 0) return
  if (first !== undefined && rule.age.every(one => !recipients.has(one))) {
    const message =
      'no recipient of .sops.yaml can read this file: it is encrypted for somebody else'
    yield { code: 'sops-rule', message, at: first[1], related, help: 'sops updatekeys FILE' }
    return
  }
  for (const [recipient, at] of recipients)
    if (!rule.age.includes(recipient))
      yield {
        code: 'sops-rule',
        message: 'a recipient that .sops.yaml does not name can read this file',
        at,
        related,
      }
  for (const recipient of rule.age)
    if (!recipients.has(recipient))
      yield {
        code: 'sops-rule',
        message: `the recipient ${recipient.slice(0, 12)}… of .sops.yaml cannot read this file`,
        at: sops.get('age') ?? sops,
        related,
        help: 'sops updatekeys FILE',
      }
}

/** Whether a value is plain that the selector of the rule encrypts. */
function leavesLess({ root }: RawDocument, sops: MapNode, selector: Selector): boolean {
  for (const { node, path } of leavesOf(root, sops))
    if (!looksEncrypted(node.text) && !isEmpty(node) && isSelected(selector, path)) return true
  return false
}
