/** Fields of 64 bits; all others that rules read have 32. */
const LONG =
  /(?:[sS]econds|runAsUser|runAsGroup|fsGroup|supplementalGroups\[\d+\]|generation|revision)$/
const SHORT =
  /(?:initialDelay|timeout|period|minReady|progressDeadline|stabilizationWindow|ttlSecondsAfterFinished|leaseDuration|maxExpiration)/

/** Fields that the rules above take for others. */
const OWN: readonly (readonly [RegExp, boolean])[] = [
  [/^spec\.expirationSeconds$/, false],
  [/\.(?:exactly|firstAvailable\[\d+\])\.count$|^spec\.pool\.resourceSliceCount$/, true],
]

function isLong(path: string): boolean {
  const own = OWN.find(([form]) => form.test(path))
  if (own !== undefined) return own[1]
  const name = path.slice(path.lastIndexOf('.') + 1)
  return LONG.test(name) && !SHORT.test(name)
}

/** As kube-apiserver converts unstructured numbers (apimachinery FromUnstructured): Go's own conversions. */
export function goNumber(value: number | bigint, path: string): number {
  if (typeof value === 'number' && !Number.isInteger(value)) return value
  const whole = BigInt(value)
  const fits = BigInt.asIntN(64, whole) === whole
  if (isLong(path)) return Number(fits ? whole : -(2n ** 63n))
  return fits ? Number(BigInt.asIntN(32, whole)) : 0
}
