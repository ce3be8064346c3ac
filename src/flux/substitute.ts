import type { KubeObject } from '../kube/object.ts'
import { formatId, idOf } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source, type Span } from '../text/source.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { print } from '../yaml/print.ts'
import { align, type IsSecret } from './align.ts'
import { expand, type Expansion } from './expand.ts'
import { textAt } from './fields.ts'
import { withGuesses } from './guess.ts'
import { locate } from './locate.ts'
import { reduce } from './reduce.ts'
import type { VariableUse, Variables } from './variables.ts'

export interface Substituted {
  readonly object: KubeObject
  readonly uses: readonly VariableUse[]
  readonly findings: readonly Finding[]
}

/** Stands for the definition that is missing: the other variables are replaced all the same. */
const UNSET = 'what nothing sets'

const OPT_OUT = 'kustomize.toolkit.fluxcd.io/substitute'

/**
 * Replaces the `${…}` of one object as kustomize-controller does: the object is printed, the text is
 * substituted and read again by the YAML 1.1 reader. Leaves that do not change keep their nodes; a
 * changed one is made `by: 'substitution'` at the place that was replaced.
 */
export function substitute(object: KubeObject, variables: Variables, strict: boolean): Substituted {
  const { root } = object
  if (!mentionsDollar(root) || isOptedOut(root)) return { object, uses: [], findings: [] }
  return substitutePart(object, variables, strict) ?? substituteAll(object, variables, strict)
}

const EXPRESSION = /\$\{(\w+)\}/g

/** Values that mean nothing to YAML beyond the scalar that they stand in. */
const PLAIN = /^[\w ./:@+,=~-]*$/

/**
 * The same with only that part of the object that has expressions: objects are large and those are few.
 * Undefined where they could change more than the scalars that they stand in.
 */
function substitutePart(
  object: KubeObject,
  variables: Variables,
  strict: boolean,
): Substituted | undefined {
  if (keysWithDollar(object.root)) return undefined
  const part = reduce(object.root, mentionsDollar)
  const text = print(part.node)
  if (text.replace(EXPRESSION, '').includes('$')) return undefined
  for (const [expression, name = ''] of text.matchAll(EXPRESSION)) {
    const value = valueOf(variables, name) ?? ''
    if (value !== expression && !PLAIN.test(value)) return undefined
  }
  const made = substituteAll({ ...object, root: part.node }, variables, strict)
  if (made.findings.some(one => one.code !== 'undefined-variable')) return undefined
  if (made.object.root === part.node) return { ...made, object }
  const root = part.restore(made.object.root)
  return root?.kind === 'map' ? { ...made, object: { ...object, id: idOf(root), root } } : undefined
}

function substituteAll(object: KubeObject, variables: Variables, strict: boolean): Substituted {
  const { root } = object
  const text = print(root)
  const before = parse(new Source('', text), 'v2').documents[0]?.root
  const expansion = expand(text, name => valueOf(variables, name), strict)
  const place = (start: number, end: number) => locate(root, before, text, start, end)
  const uses = expansion.uses.map(use => ({
    name: use.expression.name,
    at: place(use.expression.start, use.expression.end),
    set: use.set,
  }))
  const findings = refusals(expansion, text, object, place)
  const unknown = new Set(uses.map(use => use.name).filter(name => isUnknown(variables, name)))
  const isUnset = findings.every(one => one.code === 'undefined-variable')
  if (findings.length > 0 && isUnset && variables.opaque.length === 0)
    return { ...substituteAll(object, { ...variables, opaque: [UNSET] }, strict), uses, findings }
  if (findings.length > 0 || expansion.text === text)
    return { object: withGuesses(object, unknown), uses, findings }
  const isSecret = secretUse(variables)
  const result = reread(object, before, expansion.text, uses, place, isSecret)
  return { ...result, object: withGuesses(result.object, unknown) }
}

/** Names that nothing known defines stand for themselves where a source of variables is not known. */
function valueOf(variables: Variables, name: string): string | undefined {
  const known = variables.byName.get(name)?.value
  return known === undefined && variables.opaque.length > 0 ? `\${${name}}` : known
}

/** Whether a name stands for itself because nobody here knows its value. */
function isUnknown(variables: Variables, name: string): boolean {
  return valueOf(variables, name) === `\${${name}}`
}

/** Tells nodes with an expression that names a variable of a Secret. */
function secretUse({ byName }: Variables): IsSecret {
  if (![...byName.values()].some(one => one.secret)) return () => false
  const isSecret = (node: Node): boolean => {
    if (node.kind === 'list') return node.items.some(isSecret)
    if (node.kind === 'map') return node.keys.some(isSecret) || node.values.some(isSecret)
    const names = [...node.text.matchAll(/\$\{#?(\w+)/g)]
    return names.some(([, name = '']) => byName.get(name)?.secret === true)
  }
  return isSecret
}

/** Whether an object asks Flux to leave its text alone. */
export function isOptedOut(root: MapNode): boolean {
  return (
    textAt(root, 'metadata', 'labels', OPT_OUT) === 'disabled' ||
    textAt(root, 'metadata', 'annotations', OPT_OUT) === 'disabled'
  )
}

const dollars = new WeakMap<Node, boolean>()

/** Whether anything in a tree has a `$`; known trees are not walked again. */
function mentionsDollar(node: Node): boolean {
  if (node.kind === 'scalar') return node.text.includes('$')
  const known = dollars.get(node)
  if (known !== undefined) return known
  const found =
    node.kind === 'map'
      ? node.keys.some(key => key.text.includes('$')) || node.values.some(mentionsDollar)
      : node.items.some(mentionsDollar)
  dollars.set(node, found)
  return found
}

/** Whether a key anywhere has a `$`. */
function keysWithDollar(node: Node): boolean {
  if (node.kind === 'scalar' || !mentionsDollar(node)) return false
  if (node.kind === 'list') return node.items.some(keysWithDollar)
  return node.keys.some(key => key.text.includes('$')) || node.values.some(keysWithDollar)
}

function refusals(
  expansion: Expansion,
  text: string,
  object: KubeObject,
  place: (start: number, end: number) => Span,
): Finding[] {
  return expansion.refusals.map(refusal => {
    const at = place(refusal.start, refusal.end)
    const unset = refusal.message.startsWith('variable not set')
    return {
      code: unset ? 'undefined-variable' : 'bad-substitution',
      message: `variable substitution failed: ${refusal.message}`,
      at,
      object: formatId(object.id),
      help: unset
        ? 'define it under postBuild, or give a default as in ${name:=default}'
        : `write $$ before the brace to keep ${excerpt(text, refusal.start)} as it is`,
    }
  })
}

function excerpt(text: string, start: number): string {
  const line = text.slice(start, start + 24).split('\n')[0] ?? ''
  return line.trimEnd()
}

function reread(
  object: KubeObject,
  before: Node | undefined,
  text: string,
  uses: readonly VariableUse[],
  place: (start: number, end: number) => Span,
  isSecret: IsSecret,
): Substituted {
  const parsed = parse(new Source('', text), 'v2')
  const after = parsed.documents[0]?.root
  if (parsed.problem && parsed.documents.length === 0) {
    const { line } = parsed.problem.source.position(parsed.problem.start)
    const start = before?.source.lineStart(line) ?? 0
    return {
      object,
      uses,
      findings: [
        {
          code: 'bad-substitution',
          message: `the object does not parse after substitution: ${parsed.problem.message}`,
          at: place(start, start),
          object: formatId(object.id),
          help: 'quotes in the file do not survive the build; quote inside the value, as in ${quote}${name}${quote}',
        },
      ],
    }
  }
  const root = before && after ? align(object.root, before, after, isSecret) : object.root
  if (root.kind !== 'map') return { object, uses, findings: [] }
  return { object: { ...object, id: idOf(root), root }, uses, findings: [] }
}
