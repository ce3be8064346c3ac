import type { Field } from './field.ts'
import { headerName } from './format.ts'
import { checkPort, checkPortNumber } from './port.ts'

/** What a container's probes and hooks need to know of its pod. */
export interface Grace {
  /** Seconds of spec.terminationGracePeriodSeconds, defaulted. */
  readonly seconds: number
}

type Check = (action: Field, grace: Grace) => void

const probeHandlers: Readonly<Record<string, Check>> = {
  exec: checkExec,
  httpGet: checkHttp,
  tcpSocket: action => checkPort(action.get('port')),
  grpc: action => checkPortNumber(action.get('port')),
}

const hookHandlers: Readonly<Record<string, Check>> = {
  exec: checkExec,
  httpGet: checkHttp,
  tcpSocket: action => checkPort(action.get('port')),
  sleep: checkSleep,
}

function checkExec(exec: Field): void {
  if (exec.get('command').size === 0) exec.get('command').required()
}

function checkHttp(http: Field): void {
  checkPort(http.get('port'))
  const scheme = http.get('scheme')
  if (!['HTTP', 'HTTPS'].includes(scheme.or('HTTP'))) scheme.unsupported(['HTTP', 'HTTPS'])
  const headers = http.get('httpHeaders')
  for (const header of headers.items())
    for (const complaint of headerName(header.get('name').text))
      headers.near(header).invalid(complaint, header.get('name').text)
}

function checkSleep(sleep: Field, grace: Grace): void {
  const seconds = sleep.get('seconds').orNumber(0)
  const least = sleep.report.minor >= 33 ? 0 : 1
  if (seconds < least || seconds > grace.seconds)
    sleep.invalid(
      `must be non-negative and less than terminationGracePeriodSeconds (${grace.seconds})`,
      seconds,
    )
}

/** Exactly one handler (1.36 core/validation validateHandler). */
function checkHandler(at: Field, handlers: Readonly<Record<string, Check>>, grace: Grace): void {
  let found = 0
  for (const [name, check] of Object.entries(handlers)) {
    const action = at.get(name)
    if (!action.has) continue
    if (found++ > 0) action.forbidden('may not specify more than 1 handler type')
    else check(action, grace)
  }
  if (found === 0) at.required('must specify a handler type')
}

function checkProbe(probe: Field, grace: Grace): void {
  checkHandler(probe, probeHandlers, grace)
  for (const name of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ])
    probe.get(name).nonNegative()
  const period = probe.get('terminationGracePeriodSeconds')
  if (period.orNumber(1) <= 0) period.invalid('must be greater than 0')
}

/** Liveness, readiness and startup probes. */
export function checkProbes(container: Field, grace: Grace): void {
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container.get(name)
    if (!probe.has) continue
    checkProbe(probe, grace)
    if (name === 'readinessProbe') {
      const period = probe.get('terminationGracePeriodSeconds')
      if (period.has) period.invalid('must not be set for readinessProbes')
    } else {
      const threshold = probe.get('successThreshold')
      if ((threshold.number || 1) !== 1) threshold.invalid('must be 1')
    }
  }
}

/** PostStart and preStop (validateLifecycle); stopSignal is dropped while its gate is off. */
export function checkLifecycle(lifecycle: Field, grace: Grace): void {
  for (const name of ['postStart', 'preStop']) {
    const hook = lifecycle.get(name)
    if (hook.has) checkHandler(hook, hookHandlers, grace)
  }
}
