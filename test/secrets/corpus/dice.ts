/** Repeatable choices: the same seed makes the same names, values and shapes. */
export interface Dice {
  readonly number: (below: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  readonly word: () => string
  readonly name: () => string
  readonly password: () => string
  readonly token: (length: number) => string
}

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'.split('')
const nouns =
  'harbour lantern meadow copper falcon willow ember cobalt juniper marble orchid saffron thicket velvet walnut zephyr'.split(
    ' ',
  )
const apps =
  'billing ledger checkout grafana keycloak immich vaultwarden paperless gitea minio postgres redis nats loki argus'.split(
    ' ',
  )

export function dice(seed: number): Dice {
  let state = (seed * 2654435761 + 12345) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const number = (below: number) => Math.floor(next() * below)
  const pick = <T>(from: readonly T[]): T => {
    const one = from[number(from.length)]
    if (one === undefined) throw new RangeError('nothing to pick from')
    return one
  }
  const token = (length: number) => Array.from({ length }, () => pick(letters)).join('')
  const word = () => pick(nouns)
  const shapes: readonly (() => string)[] = [
    () => `${word()}${10 + number(90)}`,
    () => `${word()}-${word()}-${word()}`,
    () => `${word()[0]?.toUpperCase()}${word().slice(1)}!${number(10)}`,
    word,
    () => token(16),
    () => `${word()} ${word()} ${word()}`,
  ]
  return {
    number,
    pick,
    word,
    name: () => `${pick(apps)}-${word()}`,
    password: () => pick(shapes)(),
    token,
  }
}
