import { generateIdentity, identityToRecipient } from 'age-encryption'
import { type Envelope, envelope } from '../writer.ts'
import { dice, type Dice } from './dice.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** What a family makes its case of: choices, and keys that live for this run. */
export interface World {
  readonly dice: Dice
  readonly identity: string
  readonly to: Envelope
  readonly foreign: Envelope
}

/** A family: its code, what it is, and a maker of one case. */
export interface Family {
  readonly id: string
  readonly what: string
  readonly make: (world: World) => Files
}

const identity = await generateIdentity()
const to = await envelope(await identityToRecipient(identity))
const foreign = await envelope(await identityToRecipient(await generateIdentity()))

export const world = (seed: number): World => ({ dice: dice(seed), identity, to, foreign })

export const b64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64')
