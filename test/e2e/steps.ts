/** Runs steps in order, tells of each, and remembers which failed. */
export class Steps {
  passed = 0
  readonly failures: string[] = []
  readonly #say: (line: string) => void

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  /** One step; what it answers with is shown behind its name. Throws on after telling of a failure. */
  async run(name: string, act: () => Promise<string | void> | string | void): Promise<void> {
    const start = performance.now()
    try {
      const note = (await act()) ?? ''
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      this.passed++
      this.#say(`ok ${name}${note && `: ${note}`} (${seconds} s)`)
    } catch (error) {
      this.failures.push(name)
      const why = error instanceof Error ? error.message : String(error)
      this.#say(`not ok ${name}\n${why.replaceAll(/^/gm, '    ')}`)
      throw error
    }
  }

  /** Steps that run beside these: what they say is held back until they are told. */
  aside(): { readonly steps: Steps; tell(): void } {
    const held: string[] = []
    const steps = new Steps(line => held.push(line))
    const tell = () => {
      for (const line of held) this.#say(line)
      this.passed += steps.passed
      this.failures.push(...steps.failures)
    }
    return { steps, tell }
  }

  /** Steps of which each needs the one before: the first failure ends them, and the run goes on behind. */
  async chapter(name: string, tell: () => Promise<void>): Promise<void> {
    this.#say(`# ${name}`)
    const before = this.failures.length
    await tell().catch(error => {
      if (this.failures.length > before) return
      this.failures.push(name)
      this.#say(`not ok ${name}\n${String(error).replaceAll(/^/gm, '    ')}`)
    })
  }
}

export function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
