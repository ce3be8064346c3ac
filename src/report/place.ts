import type { Diagnostic } from '../text/diagnostic.ts'
import { printable } from '../text/frame.ts'
import type { Span } from '../text/source.ts'

/** A place as one word for people: `path:line:column`, or the commit and the part of it. */
export function placeOf(at: Span): string {
  const { path, owner } = at.source
  const { line, column } = at.source.position(at.start)
  const commit = owner.commit === undefined ? '' : `commit ${owner.commit.slice(0, 12)} `
  const part = owner.in === undefined ? '' : `${owner.in} `
  return printable(`${commit}${part}${path}${path === '' ? '' : ':'}${line}:${column}`)
}

/** Everything a finding says below its message, a line each; harmless to print. */
export function detailsOf(one: Diagnostic): string[] {
  const { object, field, help, fix, command, hidden, fingerprint, seenIn } = one
  return [
    object && `object: ${object}${field === undefined ? '' : ` · ${field}`}`,
    ...(one.related ?? []).map(({ span, text }) => `${text}: ${placeOf(span)}`),
    hidden?.length && `hidden by: ${hidden.join(' → ')}`,
    fingerprint && `fingerprint: ${fingerprint}`,
    help && `help: ${help}`,
    fix && `write: ${fix}`,
    command && `run: ${command}`,
    seenIn?.length && `seen in: ${seenIn.join(', ')}`,
  ]
    .filter(line => typeof line === 'string' && line !== '')
    .map(line => printable(String(line)).replaceAll('\n', ' '))
}
