/** A person, and a commit as stored: nothing is inferred from its text; the message's owner names it. */
export type { Person as Signature, Revision as Commit } from '../tree/githistory.ts'
