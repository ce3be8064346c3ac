/** Reads a file of XZ. */
export function unxz(_bytes: Buffer, _limit: number): Buffer {
  throw new Error('not yet')
}
/** Reads a file of bzip2. */
export function bunzip(_bytes: Buffer, _limit: number): Buffer {
  throw new Error('not yet')
}
