import type { Model } from '../flux/model.ts'
import { applyAllowances } from '../secrets/allow.ts'
import { judgeRendered } from '../secrets/rendered.ts'
import { findLeaks } from '../secrets/tree.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { type Config, CONFIG_PATH } from '../tree/config.ts'
import type { Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'

/** What the secret guard looks at. */
export interface Guarded {
  readonly tree: Tree
  readonly config: Config
  /** ISO date. */
  readonly today: string
  /** What Flux renders, where that is known. */
  readonly model: Model | undefined
  /** See `Request.leaks`. */
  readonly leaks?: (() => readonly Finding[]) | undefined
  /** What was found elsewhere: in commits, messages, names. */
  readonly elsewhere?: readonly Finding[]
}

/** Every leak that no entry of the allow-list covers. */
export function secretFindings(guarded: Guarded): Finding[] {
  const { tree, config, today, model, leaks, elsewhere = [] } = guarded
  const written = saidOnce(leaks === undefined ? [...findLeaks(tree)] : leaks(), model)
  const places = Map.groupBy(written, one => one.at.source.path)
  const rendered = renderedFindings(model).filter(
    ({ at }) =>
      !(places.get(at.source.path) ?? []).some(
        known => known.at.start <= at.end && at.start <= known.at.end,
      ),
  )
  // What still stands in the tree is said once, there.
  const known = new Set(written.map(one => `${one.code} ${one.fingerprint ?? ''}`))
  const past = elsewhere.filter(one => !known.has(`${one.code} ${one.fingerprint ?? ''}`))
  const found = [...written, ...rendered, ...past]
  return applyAllowances(found, { allow: config.allow, source: configSource(tree), today })
}

/** One finding for one mistake: a Secret in plain text is a credential as well, and Flux's own sentence names the line. */
function saidOnce(all: readonly Finding[], model: Model | undefined): Finding[] {
  const secrets = Map.groupBy(
    all.filter(one => one.code === 'plaintext-secret'),
    one => one.at.source.path,
  )
  const sources = new Set(
    (model?.findings ?? [])
      .filter(one => one.code === 'undecrypted-source')
      .flatMap(one => (one.related ?? []).map(({ span }) => span.source.path)),
  )
  return all.filter(({ code, at }) => {
    const { path } = at.source
    if (code === 'stray-ciphertext') return at.end > at.start || !sources.has(path)
    if (code !== 'plaintext-credential') return true
    return !secrets.get(path)?.some(one => one.at.start <= at.start && at.end <= one.at.end)
  })
}

function renderedFindings(model: Model | undefined): Finding[] {
  return (model?.kustomizations ?? []).flatMap(({ build, directory }) =>
    [...judgeRendered(build?.objects ?? [])].map(one =>
      directory === undefined ? one : { ...one, seenIn: [directory] },
    ),
  )
}

function configSource(tree: Tree): Source | undefined {
  if (tree.entry(CONFIG_PATH)?.kind !== 'file') return undefined
  const text = decode(tree.read(CONFIG_PATH))
  return typeof text === 'string' ? new Source(CONFIG_PATH, text) : undefined
}
