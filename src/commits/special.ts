import type { Commit, Signature } from './commit.ts'
import type { Message } from './message.ts'
import type { Bot } from './policy.ts'

/** A commit that `git rebase --autosquash` melts into another: `fixup! `, `squash! `, `amend! `. */
export function fixupMark(message: Message): string | undefined {
  return /^(?:fixup|squash|amend)! /.exec(message.header.text)?.[0]
}

/** A message as `git revert` and GitHub's button write it. */
export interface Revert {
  /** The header that was reverted. */
  readonly subject: string
  /** The commit it names; undefined where it names a pull request. */
  readonly commit: string | undefined
}

const REVERT_HEADER = /^(?:Revert|Reapply) "(.+)"(?: \(#\d+\))?$/
const REVERT_BODY =
  /^This reverts commit ([0-9a-f]{7,64})(?:\.|, reversing$|,? )|^Reverts [\w.-]+\/[\w.-]+#\d+$/m

/** git/sequencer.c writes `Revert "subject"` and `This reverts commit <id>.`; both must be there. */
export function readRevert(message: Message): Revert | undefined {
  const subject = REVERT_HEADER.exec(message.header.text)?.[1]
  if (subject === undefined) return undefined
  const proof = REVERT_BODY.exec(message.source.text)
  return proof === null ? undefined : { subject, commit: proof[1] }
}

/** A header that only looks like a revert's: the prefix is no pass. */
export function claimsRevert(message: Message): boolean {
  return /^(?:Revert|Reapply)\b/.test(message.header.text)
}

interface Shape {
  readonly bot: Bot
  readonly author: (author: Signature) => boolean
  readonly header: RegExp
}

const byMail = (pattern: RegExp) => (author: Signature) => pattern.test(author.email)
const flux = ({ name, email }: Signature): boolean => /flux/i.test(name) || /flux/i.test(email)

const SHAPES: readonly Shape[] = [
  {
    bot: 'dependabot',
    author: byMail(
      /^(?:\d+\+dependabot\[bot\]@users\.noreply\.github\.com|support@github\.com|support@dependabot\.com)$/,
    ),
    header: /^(?:[a-z]+(?:\([^)]*\))?!?: )?(?:bump|update) .+ (?:from .+ to .+|group|requirement)/i,
  },
  {
    bot: 'renovate',
    author: byMail(
      /^(?:\d+\+[\w-]*renovate[\w-]*\[bot\]@users\.noreply\.github\.com|bot@renovateapp\.com)$/,
    ),
    header: /\b(?:update|pin|lock file maintenance|migrate|replace|roll back|configure)\b/i,
  },
  {
    bot: 'flux-bootstrap',
    author: flux,
    header: /^(?:Add Flux v\S+ component manifests|Add Flux sync manifests)/,
  },
  {
    bot: 'image-automation',
    author: flux,
    header: /^Update from image update automation$/,
  },
  {
    bot: 'copilot',
    author: byMail(/^(?:\d+\+(?:Copilot|copilot-swe-agent\[bot\])@users\.noreply\.github\.com)$/),
    header: /^Initial plan(?: for .*)?$/,
  },
]

/**
 * The program that wrote a commit, by author and shape of its header together. A bootstrap is one only
 * if it touches nothing outside a `flux-system` folder.
 */
export function botOf(
  { author }: Pick<Commit, 'author'>,
  message: Message,
  around: { readonly touched?: readonly string[] | undefined },
): Bot | undefined {
  const { text } = message.header
  const found = SHAPES.find(shape => shape.header.test(text) && shape.author(author))
  if (found?.bot !== 'flux-bootstrap') return found?.bot
  const { touched } = around
  const inside = touched?.every(path => path.includes('/flux-system/')) ?? false
  return inside && touched?.length ? 'flux-bootstrap' : undefined
}
