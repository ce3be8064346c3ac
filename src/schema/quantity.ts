const SHAPE = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
const SUFFIX = /^(?:|[numkMGTPE]|[KMGTPE]i|[eE][-+]?\d+)$/

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
  if (whole === '' && fraction.length < 2) return 'unable to parse numeric part of quantity'
  return undefined
}
