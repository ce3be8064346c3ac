import type { Field } from './field.ts'
import { portName, portNumber, qualifiedName } from './format.ts'

export const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** A port by number or by name (1.36 core/validation ValidatePortNumOrName). */
export function checkPort(field: Field): void {
  if (field.isText) return field.must(portName)
  const port = field.orNumber(0)
  for (const complaint of portNumber(port)) field.invalid(complaint, port)
}

/** A port number; zero and absent are refused as out of range. */
export function checkPortNumber(field: Field): void {
  const port = field.orNumber(0)
  for (const complaint of portNumber(port)) field.invalid(complaint, port)
}

export function checkAppProtocol(field: Field): void {
  if (field.has) field.must(qualifiedName)
}

/** A container's ports (validateContainerPorts). */
export function checkContainerPorts(ports: Field): void {
  const names = new Set<string>()
  for (const port of ports.items()) {
    const name = port.get('name')
    const complaints = name.text === '' ? [] : portName(name.text)
    for (const complaint of complaints) name.invalid(complaint)
    if (name.text !== '' && complaints.length === 0) {
      if (names.has(name.text)) name.duplicate()
      names.add(name.text)
    }
    const number = port.get('containerPort')
    if (number.orNumber(0) === 0) number.required()
    else checkPortNumber(number)
    const host = port.get('hostPort')
    if (host.orNumber(0) !== 0) checkPortNumber(host)
    const protocol = port.get('protocol')
    if (!PROTOCOLS.includes(protocol.or('TCP'))) protocol.unsupported(PROTOCOLS)
  }
}

/** Two containers on one port of the host (checkHostPortConflicts). `host`: all ports are the host's. */
export function checkHostPorts(containers: readonly Field[], host: boolean): void {
  const taken = new Set<string>()
  for (const port of containers.flatMap(one => one.get('ports').items())) {
    const written = port.get('hostPort')
    const number = written.orNumber(0) || (host ? port.get('containerPort').orNumber(0) : 0)
    if (number === 0) continue
    const key = `${port.get('protocol').or('TCP')}/${port.get('hostIP').text}/${number}`
    if (taken.has(key)) written.duplicate(key)
    taken.add(key)
  }
}
