import { isProblem, type Repository } from '../src/tree/git.ts'
import { changedPaths } from '../src/tree/gitchanges.ts'

/**
 * What the gate is made of: whoever changes it changes the judge. npm prefers a shrinkwrap to the lockfile, the
 * bundler follows the paths of tsconfig.json, and git rewrites files by attributes.
 */
const GATE =
  /^(?:\.github\/|actions\/|src\/|schemas\/|test\/build\/|package(?:-lock)?\.json$|npm-shrinkwrap\.json$|tsconfig\.json$|\.npmrc$|\.gitattributes$|\.sops\.yaml$|(?:docs\/)?CODEOWNERS$)/

/** The paths of the gate that differ between two commits; empty where git cannot tell. */
export function touchedGate(repository: Repository, base: string, head: string): readonly string[] {
  const changes = changedPaths(repository, base, head)
  if (isProblem(changes)) return []
  return changes.map(change => change.path).filter(path => GATE.test(path))
}
