/** A Flux version as `major.minor`, comparable: 2.9 < 2.10. */
export function minorOf(version: string): number {
  return Number(/^v?2\.(\d+)/.exec(version)?.[1] ?? 9)
}

/** Flux 2.9 refuses variables without a value (kustomize-controller 1.9, StrictPostBuildSubstitutions). */
export function isStrict(version: string): boolean {
  return minorOf(version) >= 9
}
