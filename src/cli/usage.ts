/** A call that cannot be carried out: printed as one sentence, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
