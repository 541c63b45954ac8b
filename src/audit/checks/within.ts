// Whether one line of a filter lets through no more than another, as far as their nets say: everything else is the same, and
// each net lies within the other's. What cannot be told is not within.

/** `10.1.1.0 0.0.0.255`, `10.1.1.0 255.255.255.0`, `10.1.1.0/24`, `host 10.1.1.1`, `10.1.1.1`, `any`. IPv4. */
const NET =
  /\bhost (\d+(?:\.\d+){3})|\b(\d+(?:\.\d+){3})(?:\/(\d+)| (\d+(?:\.\d+){3})(?= |$))?|\bany4?\b/g

type Net = { readonly low: number; readonly high: number }

export function isWithin(text: string, other: string): boolean {
  const [own, its] = [read(text), read(other)]
  if (own === undefined || its === undefined || own.frame !== its.frame) return false
  return own.nets.every((net, at) => {
    const around = its.nets[at]
    return around !== undefined && around.low <= net.low && net.high <= around.high
  })
}

function read(text: string): { readonly frame: string; readonly nets: readonly Net[] } | undefined {
  const nets: (Net | undefined)[] = []
  const frame = text.replaceAll(NET, (...found) => {
    const [, host, address, prefix, mask] = found.map((part) =>
      typeof part === 'string' ? part : undefined,
    )
    nets.push(netOf({ address: host ?? address, prefix, mask }))
    return '…'
  })
  const sure = nets.filter((net) => net !== undefined)
  return sure.length === nets.length ? { frame, nets: sure } : undefined
}

const ALL = 2 ** 32

type Written = Readonly<Record<'address' | 'prefix' | 'mask', string | undefined>>

function netOf({ address, prefix, mask }: Written): Net | undefined {
  // `0.0.0.0 0.0.0.0` is everything with a mask and one address with a wildcard: the wider reading is the safe one.
  const isAll =
    address === undefined || (Number(address.replaceAll('.', '')) === 0 && mask === '0.0.0.0')
  if (isAll) return { low: 0, high: ALL - 1 }
  const size = sizeOf(prefix, mask)
  const start = numberOf(address)
  if (size === undefined || start === undefined) return undefined
  const low = start - (start % size)
  return { low, high: low + size - 1 }
}

function sizeOf(prefix: string | undefined, mask: string | undefined): number | undefined {
  if (prefix !== undefined) return Number(prefix) <= 32 ? 2 ** (32 - Number(prefix)) : undefined
  if (mask === undefined) return 1
  const bits = numberOf(mask)
  if (bits === undefined) return undefined
  // A mask of ones from the left, or a wildcard of ones from the right; holes are neither.
  const size = bits >= ALL / 2 ? ALL - bits : bits + 1
  return Number.isInteger(Math.log2(size)) ? size : undefined
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number)
  if (parts.some((part) => part > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}
