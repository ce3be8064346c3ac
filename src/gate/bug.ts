/** Where our own code broke: the error's class and the innermost of our functions. */
export function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  const frame = error.stack?.split('\n').find(line => /^\s+at /.test(line)) ?? ''
  const place = /([\w.$<>]+) \(?.*?([\w.-]+:\d+:\d+)\)?$/.exec(frame)
  return `${error.name}${place ? ` at ${place[1]} (${place[2]})` : ''}`
}
