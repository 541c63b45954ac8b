// A service as people write it in a zones file or a question: `tcp/502`, `udp/47808-47823`, `tcp/https`, `icmp`, `any`.

import { ANY_SERVICE, icmpType, portList, protocolNumber } from '../packets/services.ts'
import type { Service } from '../packets/services.ts'

export function serviceFrom(text: string): Service | undefined {
  const [name = '', ports, ...more] = text.trim().toLowerCase().split('/')
  if (more.length > 0) return undefined
  if (name === 'any' || name === 'ip') return ports === undefined ? ANY_SERVICE : undefined
  const number = protocolNumber(name)
  if (number === undefined) return undefined
  const protocols = [number, number]
  if (ports === undefined) return { ...ANY_SERVICE, protocols }
  const isIcmp = number === 1 || number === 58
  const destination = isIcmp ? icmpType(ports, undefined, number === 1 ? 4 : 6) : portList(ports)
  return destination === undefined ? undefined : { protocols, destination, source: null }
}
