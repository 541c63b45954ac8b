// What is wrong with how a change came about: nobody logged in for it, somebody did whom no record expects, or from where
// nobody should.

import { BlockList, isIP } from 'node:net'
import type { Actor, ChangeTrace } from '../../model/index.ts'

export const SUSPICIONS = [
  'change-without-login',
  'change-without-commands',
  'commands-without-record',
  'change-from-outside',
  'change-from-distrusted',
  'change-by-stranger',
] as const
export type SuspicionKind = (typeof SUSPICIONS)[number]

export type Suspicion = {
  readonly kind: SuspicionKind
  readonly severity: 'high' | 'medium' | 'low'
  /** Whom it is about. */
  readonly actors: readonly Actor[]
}

/** What people said of the device, and what the station knows of addresses. */
export type Expected = {
  /** Records are written for this device: a change without one is out of the ordinary. */
  readonly isUsual: boolean
  /** Names as the device knows them; empty: not judged. */
  readonly operators: readonly string[]
  /** Networks that operators work from; empty: whatever is not the Internet. */
  readonly management: readonly string[]
  /** Addresses that open alerts are about. */
  readonly distrusted: ReadonlySet<string>
  /** Its lines tell commands, or ends of configuration. */
  readonly tellsCommands: boolean
}

export function suspicionsOf(
  { state, actors }: Pick<ChangeTrace, 'state' | 'actors'>,
  expected: Expected,
): readonly Suspicion[] {
  if (state === 'none') return [{ kind: 'change-without-login', severity: 'high', actors: [] }]
  if (state !== 'found') return []
  const workers = actors.filter(({ commands }) => commands > 0)
  const isOutside = outsideOf(expected.management)
  const found: readonly (Suspicion | undefined)[] = [
    workers.length === 0 && expected.tellsCommands
      ? { kind: 'change-without-commands', severity: 'medium', actors }
      : undefined,
    workers.length > 0
      ? {
          kind: 'commands-without-record',
          severity: expected.isUsual ? 'medium' : 'low',
          actors: workers,
        }
      : undefined,
    about('change-from-outside', actors, ({ from }) => isOutside(from)),
    about('change-from-distrusted', actors, ({ from }) => expected.distrusted.has(from)),
    expected.operators.length === 0
      ? undefined
      : about('change-by-stranger', workers, ({ who }) => !isNamed(who, expected.operators)),
  ]
  return found.filter((one) => one !== undefined)
}

function about(
  kind: SuspicionKind,
  actors: readonly Actor[],
  isMeant: (actor: Actor) => boolean,
): Suspicion | undefined {
  const meant = actors.filter(isMeant)
  return meant.length === 0 ? undefined : { kind, severity: 'high', actors: meant }
}

function isNamed(who: string, operators: readonly string[]): boolean {
  const plain = who.toLowerCase().replace(/^.*\\/, '')
  return who === '' || operators.some((one) => one.toLowerCase() === plain)
}

/** Whether an address is outside; one that is not told is not. */
export function outsideOf(networks: readonly string[]): (address: string) => boolean {
  const inside = new BlockList()
  for (const network of networks.length === 0 ? NOT_INTERNET : networks) add(inside, network)
  return (address) => {
    const family = isIP(address)
    return family !== 0 && !inside.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Addresses that do not come from the Internet (RFC 6890). */
const NOT_INTERNET = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
]

export function isNetwork(text: string): boolean {
  const [address = '', length] = text.split('/')
  const family = isIP(address)
  if (family === 0) return false
  return (
    length === undefined ||
    (/^\d{1,3}$/.test(length) && Number(length) <= (family === 6 ? 128 : 32))
  )
}

function add(list: BlockList, network: string): void {
  const [address = '', length] = network.split('/')
  if (!isNetwork(network)) return
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  list.addSubnet(
    address,
    length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length),
    family,
  )
}
