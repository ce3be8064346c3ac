import type { Field } from './field.ts'
import { amountOf, checkResources, isHuge, quoted } from './resource.ts'

type Amounts = Map<string, bigint>

/** Resources of a pod as a whole (1.36 core/validation validatePodResources), since 1.34. */
export function checkPodResources(spec: Field, claims: readonly string[], isPod: boolean): void {
  const resources = spec.get('resources')
  if (!resources.has) return
  if (spec.get('os').get('name').text === 'windows')
    return resources.forbidden('may not be set for a windows pod')
  if (resources.get('claims').has)
    resources.get('claims').forbidden('claims may not be set for Resources at pod-level')
  checkResources(resources.without(['claims']), claims, true)
  checkTotals(spec, resources, isPod)
  if (isPod) checkDefaulted(resources, aggregate(spec, 'requests', true))
  for (const [i, container] of spec.get('containers').items().entries())
    for (const [name, limit] of container.get('resources').get('limits').entries()) {
      const [own, most] = [amountOf(limit), amountOf(resources.get('limits').get(name))]
      if (own !== undefined && most !== undefined && own.nano > most.nano)
        resources
          .get('containers')
          .as(`.containers[${i}][${name}].limits`)
          .near(limit)
          .invalid(`must be less than or equal to pod limits of ${quoted(most)}`, quoted(own))
    }
}

/** A pod's requests default to what its containers ask for, which may be above its limits. */
function checkDefaulted(resources: Field, asked: Amounts): void {
  for (const [name, field] of resources.get('limits').entries()) {
    const [most, sum] = [amountOf(field), asked.get(name)]
    const written = resources.get('requests').get(name).isWritten
    if (most === undefined || sum === undefined || written || sum <= most.nano) continue
    if (name !== 'cpu' && name !== 'memory') continue
    resources
      .get('requests')
      .near(field)
      .invalid(
        `must be less than or equal to ${name} limit of ${quoted(most)}`,
        quoted({ nano: sum, form: most.form }),
      )
  }
}

function checkTotals(spec: Field, resources: Field, isPod: boolean): void {
  const totals = [
    ['requests', aggregate(spec, 'requests', isPod)],
    ['limits', aggregate(spec, 'limits', false)],
  ] as const
  for (const [list, amounts] of totals)
    for (const [name, field] of resources.get(list).entries()) {
      if (list === 'limits' && !isHuge(name)) continue
      const [own, least] = [amountOf(field), amounts.get(name)]
      if (own === undefined || least === undefined || least <= own.nano) continue
      const sum = quoted({ nano: least, form: own.form })
      field.invalid(
        `must be greater than or equal to aggregate container ${list} of ${sum}`,
        quoted(own),
      )
    }
}

/**
 * What the containers need together: the sum of containers and sidecars, or what an init
 * container needs beside the sidecars before it (resource helpers AggregateContainerRequests).
 */
function aggregate(spec: Field, list: 'requests' | 'limits', defaulted: boolean): Amounts {
  const total: Amounts = new Map()
  for (const container of spec.get('containers').items())
    add(total, amountsOf(container, list, defaulted))
  const sidecars: Amounts = new Map()
  const peak: Amounts = new Map()
  for (const container of spec.get('initContainers').items()) {
    const own = amountsOf(container, list, defaulted)
    if (container.get('restartPolicy').text === 'Always') {
      add(total, own)
      add(sidecars, own)
      raise(peak, sidecars)
    } else raise(peak, add(new Map(sidecars), own))
  }
  return raise(total, peak)
}

/** `defaulted`: a pod's requests are its limits where it says nothing. */
function amountsOf(container: Field, list: 'requests' | 'limits', defaulted: boolean): Amounts {
  const resources = container.get('resources')
  const fields = new Map(resources.get(list).entries())
  if (defaulted)
    for (const [name, limit] of resources.get('limits').entries())
      if (!fields.has(name)) fields.set(name, limit)
  return new Map([...fields].map(([name, field]) => [name, amountOf(field)?.nano ?? 0n]))
}

function add(into: Amounts, more: Amounts): Amounts {
  for (const [name, amount] of more) into.set(name, (into.get(name) ?? 0n) + amount)
  return into
}

function raise(into: Amounts, other: Amounts): Amounts {
  for (const [name, amount] of other) if (amount > (into.get(name) ?? 0n)) into.set(name, amount)
  return into
}
