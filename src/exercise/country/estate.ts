// What an organisation has: servers, a firewall, a router, and behind the firewall of some a control network.

import type { Random } from '../random.ts'
import { addressIn, networksOf } from './address-plan.ts'
import type { Organisation } from './organisation.ts'

export type Host = {
  /** As logs name it. */
  readonly name: string
  readonly address: string
  readonly role: 'directory' | 'files' | 'records' | 'web' | 'backup' | 'jump' | 'application'
  /** How far its clock is off. */
  readonly skewMs: number
}

export type Estate = {
  readonly domain: string
  readonly netbios: string
  readonly firewall: {
    readonly name: string
    readonly serial: string
    readonly inside: string
    readonly outside: string
  }
  readonly router: { readonly name: string; readonly address: string }
  readonly servers: readonly Host[]
  readonly control: readonly Controller[]
  /** What listens to the copied traffic of the network. */
  readonly sensorAddress: string
}

export type Controller = {
  readonly name: string
  readonly address: string
  readonly role: 'operator' | 'controller'
}

const ROLES: readonly Host['role'][] = ['directory', 'files', 'records', 'web', 'backup', 'jump']

/** A clock somebody set by hand: an hour and a bit behind. */
const BROKEN_CLOCK_MS = -67 * 60 * 1000

export function estateOf(organisation: Organisation, random: Random): Estate {
  const { net, short, region, kind } = organisation
  const domain = `${kind}.example`
  const upper = short.toUpperCase()
  const business = networksOf('business', region)[0]
  const servers = Array.from({ length: organisation.servers }, (_, at): Host => {
    const role = ROLES[at] ?? 'application'
    return {
      name: `${upper}-${role === 'directory' ? 'DC01' : `${role.slice(0, 3).toUpperCase()}${String(at).padStart(2, '0')}`}.${domain}`,
      address: `10.${net}.1.${10 + at}`,
      role,
      skewMs: role === 'application' && random.chance(0.2) ? BROKEN_CLOCK_MS : 0,
    }
  })
  return {
    domain,
    netbios: upper,
    firewall: {
      name: `FGT-${upper}`,
      serial: `FGT60FTK${String(20_000_000 + net)}`,
      inside: `10.${net}.0.1`,
      outside: business === undefined ? '198.18.0.1' : addressIn(business, random),
    },
    router: { name: `rtr-${short}1`, address: `10.${net}.0.2` },
    servers,
    control: organisation.hasControlNetwork ? controllers(net, upper) : [],
    sensorAddress: `10.${net}.0.9`,
  }
}

function controllers(net: number, upper: string): readonly Controller[] {
  return [
    { name: `${upper}-HMI1`, address: `10.${net}.60.10`, role: 'operator' },
    { name: `${upper}-HMI2`, address: `10.${net}.60.11`, role: 'operator' },
    ...Array.from({ length: 6 }, (_, at) => ({
      name: `${upper}-PLC${at + 1}`,
      address: `10.${net}.61.${10 + at}`,
      role: 'controller' as const,
    })),
  ]
}

/** The first server of a role; any server where there is none. */
export function serverOf({ servers }: Estate, role: Host['role']): Host {
  const found = servers.find((server) => server.role === role) ?? servers[0]
  if (found === undefined) throw new TypeError('an organisation without servers')
  return found
}
