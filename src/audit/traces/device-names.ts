// Whose a line is: logs call a device by its host name, with or without its domain, or only by an address of it.

export type NamedDevice = {
  readonly name: string
  /** As its configuration says; '' where it says none. */
  readonly hostname: string
  /** Addresses of its interfaces, as text. */
  readonly addresses: readonly string[]
}

/** What a line says of who wrote it. */
export type Signed = {
  readonly device: string
  readonly deviceIp: string
  /** Address that sent it; '' where it came another way. */
  readonly sender: string
}

export function labelOf(name: string): string {
  const lower = name.toLowerCase()
  // An address is one name, however many dots it has.
  return /^[\d.]+$/.test(lower) || lower.includes(':') ? lower : (lower.split('.')[0] ?? lower)
}

/** The same name, where one of both may lack its domain. */
export function isSameName(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  if (a === '' || b === '') return false
  if (a === b) return true
  const isShort = (name: string) => name === labelOf(name)
  return (isShort(a) || isShort(b)) && labelOf(a) === labelOf(b)
}

/**
 * The device a line is about. A name decides before an address: many sites have one and the same address. A name that is no
 * device's leaves the address to decide, and two devices with that address leave nothing.
 */
export function ownerOf<D extends NamedDevice>(
  devices: readonly D[],
  { device, deviceIp, sender }: Signed,
): D | undefined {
  const named = devices.filter(
    ({ name, hostname }) => isSameName(name, device) || isSameName(hostname, device),
  )
  if (named.length > 0) return onlyOf(named) ?? named.find(({ name }) => name === device)
  const said = [device, deviceIp, sender].filter((one) => one !== '')
  return onlyOf(devices.filter(({ addresses }) => said.some((one) => addresses.includes(one))))
}

function onlyOf<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined
}
