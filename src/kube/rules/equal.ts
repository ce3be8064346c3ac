import type { Json } from '../../yaml/value.ts'
import { valueOf } from '../../yaml/value.ts'
import type { Field } from './field.ts'
import { formatQuantity, parseQuantity } from './quantity.ts'

/** Defaults by field name: writing one down, or leaving it out, changes nothing. */
const DEFAULTS: Readonly<Record<string, readonly Json[]>> = {
  apiVersion: ['v1', ''],
  completionMode: ['NonIndexed'],
  defaultMode: [420],
  dnsPolicy: ['ClusterFirst'],
  expirationSeconds: [3600],
  failureThreshold: [3],
  hostIPC: [false],
  hostNetwork: [false],
  hostPID: [false],
  medium: [''],
  optional: [false],
  periodSeconds: [10],
  podManagementPolicy: ['OrderedReady'],
  protocol: ['TCP'],
  readOnly: [false],
  restartPolicy: ['Always'],
  schedulerName: ['default-scheduler'],
  scheme: ['HTTP'],
  status: ['True'],
  stdin: [false],
  stdinOnce: [false],
  successThreshold: [1],
  terminationGracePeriodSeconds: [30],
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  timeoutSeconds: [1],
  tty: [false],
  volumeMode: ['Filesystem'],
}
const AMOUNTS = ['requests', 'limits', 'capacity', 'overhead']
/** Maps of a user's own keys: no field names, so no defaults. */
const OWN = [
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'parameters',
  'selector',
  'data',
]

/** A place in a form in which equal means that the server would see no change. */
export function canonical(field: Field, without: readonly string[] = []): string {
  const node = field.without(without).node
  return node === undefined ? '' : (text(valueOf(node), field.name, false) ?? '')
}

function text(value: Json, name: string, own: boolean): string | undefined {
  if (value === null) return undefined
  if (!own && DEFAULTS[name]?.includes(value) === true) return undefined
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return !own && value === '' ? undefined : JSON.stringify(value)
  if (isList(value)) {
    const items = value.map(one => text(one, '', false) ?? 'null')
    return items.length === 0 ? undefined : `[${items.join(',')}]`
  }
  const parts = Object.entries(value)
    .map(([key, inside]) => {
      const shown = AMOUNTS.includes(name) ? amount(inside) : text(inside, key, OWN.includes(name))
      return shown === undefined ? '' : `${JSON.stringify(key)}:${shown}`
    })
    .filter(part => part !== '')
  return parts.length === 0 && name !== 'emptyDir' ? undefined : `{${parts.sort().join(',')}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function amount(value: Json): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const quantity = parseQuantity(String(value))
  return quantity === undefined ? String(value) : formatQuantity({ ...quantity, form: 'decimal' })
}
