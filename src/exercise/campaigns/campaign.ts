// A campaign: what intruders do at the organisations it reaches, step by step, each step a labelled line.

import type { EntityKind } from '../../model/index.ts'
import type { OrganisationKind } from '../country/organisation.ts'
import type { World } from '../country/world.ts'
import type { Random } from '../random.ts'
import type { LogLine } from '../wire/record.ts'

export const CAMPAIGN_NAMES = [
  'home-router',
  'provider',
  'edge-device',
  'records',
  'it-to-ot',
] as const
export type CampaignName = (typeof CAMPAIGN_NAMES)[number]

/** 0 careless, 1 as the bulletin describes them, 2 patient, 3 knows the detectors and stays below them. */
export const STEALTH_LEVELS = [0, 1, 2, 3] as const
export type Stealth = (typeof STEALTH_LEVELS)[number]

export type Entity = { readonly kind: EntityKind; readonly name: string }

/** Steps by name, with their technique (ATT&CK v18.1, of enterprise or ICS). */
export const STEPS = {
  'password-guesses': 'T1110.003',
  'vpn-login': 'T1133',
  'look-around': 'T1087.002',
  'to-directory': 'T1021.001',
  'copy-directory': 'T1003.003',
  'relay-inside': 'T1090.001',
  'come-back': 'T1078',
  'read-files': 'T1039',
  'take-out': 'T1041',
  'provider-login': 'T1199',
  'new-servers': 'T1021',
  'remote-tool': 'T1219',
  exploit: 'T1190',
  'admin-login': 'T1078.001',
  'account-added': 'T1136.001',
  'way-back-in': 'T1572',
  'log-muted': 'T1562.008',
  'configuration-read': 'T1602.002',
  'cloud-login': 'T1078.004',
  'records-read': 'T1213.002',
  'to-jump-host': 'T1021.001',
  'look-into-control': 'T1046',
  'into-control': 'T0886',
  'read-controllers': 'T0801',
  'write-controller': 'T0855',
} as const
export type StepName = keyof typeof STEPS

/** One line of a campaign, and whom it is about. */
export type Move = {
  readonly step: StepName
  readonly line: LogLine
  readonly entities: readonly Entity[]
}

export type Scene = {
  readonly world: World
  readonly random: Random
  readonly stealth: Stealth
  /** Day on which it begins here. */
  readonly startDay: number
}

export type Campaign = {
  readonly name: CampaignName
  /** Where it is played unless it is asked for elsewhere. */
  readonly targets: readonly OrganisationKind[]
  readonly isPossible: (world: World) => boolean
  readonly play: (scene: Scene) => readonly Move[]
}

export const account = (name: string): Entity => ({ kind: 'account', name })
export const address = (name: string): Entity => ({ kind: 'address', name })
export const device = (name: string): Entity => ({ kind: 'device', name })

/** The same entities and step for each of some lines. */
export function moves(
  step: StepName,
  entities: readonly Entity[],
  lines: readonly LogLine[],
): readonly Move[] {
  return lines.map((line) => ({ step, line, entities }))
}

/** One of four, by stealth. */
export function byStealth<T>(stealth: Stealth, choices: readonly [T, T, T, T]): T {
  return choices[stealth]
}
