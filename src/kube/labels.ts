import { Refusal } from './refusal.ts'

/** Whether a set of labels fulfils a selector. */
export type LabelMatch = (labels: ReadonlyMap<string, string>) => boolean

const WORD = /^[^\s,()=!<>]+/
/** apimachinery validation of keys and values. */
const NAME =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/**
 * Reads a Kubernetes selector (`a=b,c!=d,e in (f,g),!h,i > 1`) as apimachinery labels.Parse does.
 * Throws `Refusal` where it does not parse.
 */
export function readSelector(text: string): LabelMatch {
  return new Reader(text).read()
}

class Reader {
  #rest: string

  constructor(text: string) {
    this.#rest = text.trimStart()
  }

  read(): LabelMatch {
    const matches: LabelMatch[] = []
    while (this.#rest !== '') {
      matches.push(this.#requirement())
      if (this.#take(',')) {
        if (this.#rest === '' || this.#rest.startsWith(',')) throw this.#refuse('identifier')
      } else if (this.#rest !== '') throw this.#refuse("',' or 'end of string'")
    }
    return labels => matches.every(match => match(labels))
  }

  #requirement(): LabelMatch {
    const absent = this.#take('!')
    const key = this.#word()
    if (!NAME.test(key)) throw this.#refuse('a valid label key')
    if (absent) return labels => !labels.has(key)
    const operator = /^(?:==|=|!=|>|<|in(?=[\s(])|notin(?=[\s(]))/.exec(this.#rest)?.[0]
    if (operator === undefined) return labels => labels.has(key)
    this.#take(operator)
    if (operator === 'in' || operator === 'notin') return oneOf(key, this.#set(), operator === 'in')
    const value = WORD.test(this.#rest) ? this.#word() : ''
    if (operator === '>' || operator === '<') return this.#compare(key, value, operator)
    if (!VALUE.test(value)) throw this.#refuse('a valid label value')
    if (operator === '!=') return labels => labels.get(key) !== value
    return labels => labels.get(key) === value
  }

  #compare(key: string, text: string, operator: '>' | '<'): LabelMatch {
    if (!/^[+-]?\d+$/.test(text)) throw this.#refuse('an integer')
    const limit = BigInt(text)
    return labels => {
      const value = labels.get(key) ?? ''
      if (!/^[+-]?\d+$/.test(value)) return false
      return operator === '>' ? BigInt(value) > limit : BigInt(value) < limit
    }
  }

  #set(): ReadonlySet<string> {
    if (!this.#take('(')) throw this.#refuse("'('")
    const values = new Set<string>()
    for (;;) {
      const value = WORD.test(this.#rest) ? this.#word() : ''
      if (!VALUE.test(value)) throw this.#refuse('a valid label value')
      values.add(value)
      if (this.#take(')')) return values
      if (!this.#take(',')) throw this.#refuse("',' or ')'")
    }
  }

  #word(): string {
    const word = WORD.exec(this.#rest)?.[0]
    if (word === undefined) throw this.#refuse('identifier')
    this.#take(word)
    return word
  }

  #take(token: string): boolean {
    if (!this.#rest.startsWith(token)) return false
    this.#rest = this.#rest.slice(token.length).trimStart()
    return true
  }

  #refuse(expected: string): Refusal {
    const found = this.#rest.slice(0, 40)
    return new Refusal(`unable to parse requirement: found '${found}', expected: ${expected}`)
  }
}

function oneOf(key: string, values: ReadonlySet<string>, isIn: boolean): LabelMatch {
  return labels => {
    const value = labels.get(key)
    if (isIn) return value !== undefined && values.has(value)
    return value === undefined || !values.has(value)
  }
}
