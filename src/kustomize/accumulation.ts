import type { Span } from '../text/source.ts'
import type { FieldSpecs } from './fieldspecs.ts'
import { ResourceMap } from './resourcemap.ts'
import { mergeAllSpecs, noSpecs } from './specs.ts'
import { joinVars, type Var } from './vars.ts'

/** What directories come to, one after the other (accumulator.ResAccumulator). */
export class Accumulation {
  map = new ResourceMap()
  specs: FieldSpecs = noSpecs
  vars: readonly Var[] = []

  /** Takes all of another one in; refuses ids and vars that are there already. */
  merge(other: Accumulation, at: Span): void {
    for (const resource of other.map.resources) this.map.append(resource)
    this.specs = mergeAllSpecs(this.specs, other.specs, at)
    this.vars = joinVars(this.vars, other.vars)
  }

  /** The same over resources of its own; trees are shared. */
  copy(): Accumulation {
    const copy = new Accumulation()
    copy.map.reset(this.map.resources.map(resource => resource.copy()))
    copy.specs = this.specs
    copy.vars = this.vars
    return copy
  }
}
