const SHAPE = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
const SUFFIX = /^(?:|[numkMGTPE]|[KMGTPE]i|[eE][-+]?\d+)$/
/** Go trims the JSON text between the quotes: blanks go, what JSON escapes stays. */
export function trimQuantity(text: string): string {
  return text.replace(/^[ \u0085\u00a0]+|[ \u0085\u00a0]+$/g, '')
}

/** Without a digit Go counts 0, but for suffixes that it cannot reckon with in 64 bits. */
const FAR = /^(?:[PE]i|[eE]-\d{2,})$/

/**
 * Why the server's decoder refuses a quantity, or undefined where it takes it
 * (apimachinery 1.36 pkg/api/resource ParseQuantity).
 */
export function quantityProblem(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(\.\d*)?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text)
  if (match === null || text === '')
    return `quantities must match the regular expression '${SHAPE}'`
  const [, , whole = '', fraction = '', suffix = ''] = match
  if (!SUFFIX.test(suffix)) return "unable to parse quantity's suffix"
  const bare = whole === '' && fraction.length < 2
  return bare && FAR.test(suffix) ? 'unable to parse numeric part of quantity' : undefined
}
