/** The last part of a path: a member's name, an index, or the text as it is. Most are never asked for. */
export type Step = string | number | { readonly text: string }

/** A path with a step behind it. */
export function joinStep(before: string, step: Step): string {
  if (typeof step === 'number') return `${before}[${step}]`
  const text = typeof step === 'string' ? `.${step}` : step.text
  return before === '' && text.startsWith('.') ? text.slice(1) : before + text
}
