// The eight organisations: how many work there, what they have, and which of its logs reach their station. All are invented.

import { ORGANISATION_KINDS } from '../../model/index.ts'
import type { OrganisationKind } from '../../model/index.ts'
import type { Region } from './address-plan.ts'

export { ORGANISATION_KINDS }
export type { OrganisationKind }

/** Kinds of logs an organisation may have, collected or not. */
export const LOGS = [
  'firewall',
  'servers',
  'workstations',
  'sign-ins',
  'mail-and-files',
  'network-sensor',
  'web',
  'router',
] as const
export type Log = (typeof LOGS)[number]

export type Organisation = {
  readonly kind: OrganisationKind
  readonly region: Region
  readonly people: number
  readonly administrators: number
  readonly servers: number
  /** Control network behind the firewall. */
  readonly hasControlNetwork: boolean
  readonly isClientOfMsp: boolean
  /** Whether the VPN asks the cloud directory who somebody is: its log names the device, the firewall's does not. */
  readonly hasVpnByDirectory: boolean
  /** Logs that reach the station. What is not here happens all the same. */
  readonly collects: readonly Log[]
  /** Second number of its inside addresses. */
  readonly net: number
  /** Short name in hosts and domains. */
  readonly short: string
}

const SMALL: readonly Log[] = ['firewall', 'servers', 'sign-ins']
const MOST: readonly Log[] = [
  'firewall',
  'servers',
  'workstations',
  'sign-ins',
  'mail-and-files',
  'network-sensor',
  'web',
  'router',
]

const ORGANISATIONS: Readonly<
  Record<OrganisationKind, Omit<Organisation, 'kind' | 'net' | 'hasControlNetwork'>>
> = {
  town: {
    region: 'south',
    people: 40,
    administrators: 2,
    servers: 5,
    isClientOfMsp: true,
    hasVpnByDirectory: false,
    collects: SMALL,
    short: 'town',
  },
  'band-council': {
    region: 'north',
    people: 22,
    administrators: 1,
    servers: 3,
    isClientOfMsp: true,
    hasVpnByDirectory: false,
    collects: ['firewall', 'sign-ins', 'mail-and-files', 'servers'],
    short: 'band',
  },
  territory: {
    region: 'north',
    people: 110,
    administrators: 5,
    servers: 12,
    isClientOfMsp: false,
    hasVpnByDirectory: true,
    collects: MOST,
    short: 'terr',
  },
  province: {
    region: 'south',
    people: 200,
    administrators: 8,
    servers: 20,
    isClientOfMsp: false,
    hasVpnByDirectory: true,
    collects: MOST,
    short: 'prov',
  },
  'school-board': {
    region: 'coast',
    people: 120,
    administrators: 3,
    servers: 8,
    isClientOfMsp: true,
    hasVpnByDirectory: false,
    collects: ['firewall', 'servers', 'sign-ins', 'mail-and-files', 'router', 'web'],
    short: 'school',
  },
  'water-utility': {
    region: 'coast',
    people: 45,
    administrators: 2,
    servers: 6,
    isClientOfMsp: false,
    hasVpnByDirectory: false,
    collects: ['firewall', 'servers', 'sign-ins', 'network-sensor'],
    short: 'water',
  },
  'health-authority': {
    region: 'south',
    people: 160,
    administrators: 6,
    servers: 14,
    isClientOfMsp: true,
    hasVpnByDirectory: true,
    collects: MOST,
    short: 'health',
  },
  msp: {
    region: 'south',
    people: 30,
    administrators: 10,
    servers: 8,
    isClientOfMsp: false,
    hasVpnByDirectory: true,
    collects: ['firewall', 'servers', 'workstations', 'sign-ins', 'mail-and-files'],
    short: 'msp',
  },
}

export function organisationOf(kind: OrganisationKind): Organisation {
  return {
    ...ORGANISATIONS[kind],
    kind,
    net: 20 + ORGANISATION_KINDS.indexOf(kind),
    hasControlNetwork: kind === 'water-utility',
  }
}

export const MSP_CLIENTS: readonly OrganisationKind[] = ORGANISATION_KINDS.filter(
  (kind) => ORGANISATIONS[kind].isClientOfMsp,
)
