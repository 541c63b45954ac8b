// The hub of a station: its port, its members, its figures.

import { createHash } from 'node:crypto'
import type { Clock } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { Crunch } from '../blind/crunch.ts'
import type { BlindHub, BlindSeal } from '../blind/epochs.ts'
import { readSelf } from '../peer/self.ts'
import type { StationKey } from '../peer/station-key.ts'
import type { TakenReport } from '../report-up/reports-at-hub.ts'
import type { Opened } from '../threshold/open-shares.ts'
import type { WitnessPort } from '../witness/witness-port.ts'
import { Bell } from './bell.ts'
import { openHubDoor } from './door.ts'
import { tellFigures } from './figures-up.ts'
import { publishFigures } from './figures.ts'
import { answerAtHub } from './hub-answers.ts'
import type { Hub } from './hub-context.ts'
import { Pace } from './pace.ts'
import type { PaceLimit } from './pace.ts'
import { layOutHub } from './places.ts'

export type HubOptions = {
  readonly records: Records
  readonly clock: Clock
  readonly key: StationKey
  readonly host: string
  readonly port: number
  readonly cohortFloor: number
  /** Keeps the keys of blind matching. */
  readonly seal: BlindSeal
  /** The log of evidence that members sign, and with which key this hub signs theirs. */
  readonly witness?: WitnessPort | undefined
  /** A member sent an incident report. */
  readonly onReport?: (taken: TakenReport) => void
  /** An address that enough unrelated members reported. */
  readonly onOpened?: (opened: Opened) => void
  /** How fast members and strangers may ask. */
  readonly paces?: { readonly member: PaceLimit; readonly stranger: PaceLimit }
  readonly onTrouble: (cause: unknown) => void
}

export type RunningHub = {
  readonly port: number
  readonly disconnect: (pin: string) => void
  readonly blind: BlindHub
  readonly close: () => Promise<void>
}

/** Questions of one member. */
export const MEMBER_PACE = { aSecond: 20, atOnce: 200 }
const PACES = { member: MEMBER_PACE, stranger: { aSecond: 1, atOnce: 20 } }
/** Figures wait for more reports, so that a burst makes one of them. */
const FIGURES_MS = 500

/** Throws ADDRESS_IN_USE. */
export async function openHub(options: HubOptions): Promise<RunningHub> {
  const { records, clock, key, host, port, cohortFloor, paces = PACES, onTrouble } = options
  await layOutHub(records)
  const bell = new Bell(records)
  const hub = { records, cohortFloor }
  const secret = (about: string) => createHash('sha256').update(`vigie ${about}\n${key.key}`)
  const blind = blindOf(hub, options.seal, secret('blind padding').digest('hex'))
  const figures = new Figures(async () => {
    await publishFigures(hub, clock)
    await tellFigures(hub, clock)
  }, onTrouble)
  const { organisation } = await readSelf(records)
  const answering = {
    hub,
    clock,
    bell,
    paces: { member: new Pace(clock, paces.member), stranger: new Pace(clock, paces.stranger) },
    blind,
    witness: options.witness,
    secret: secret('taxii pages').digest(),
    title: organisation,
    onReported: () => figures.soon(),
    onReport: options.onReport ?? (() => undefined),
    onOpened: options.onOpened ?? (() => undefined),
    onTrouble,
  }
  const door = await openHubDoor({
    host,
    port,
    key,
    answer: (asking) => answerAtHub(answering, asking),
    onTrouble,
  })
  // What was reported before a crash is counted now.
  figures.soon()
  return {
    port: door.port,
    disconnect: door.disconnect,
    blind,
    close: async () => {
      bell.close()
      await door.close()
      await figures.close()
      blind.crunch.close()
    },
  }
}

function blindOf(hub: Hub, seal: BlindSeal, secret: string): BlindHub {
  let turn: Promise<unknown> = Promise.resolve()
  return {
    hub,
    crunch: new Crunch(),
    seal,
    secret,
    inTurn: (act) => {
      const done = turn.then(act, act)
      turn = done.catch(() => undefined)
      return done
    },
  }
}

class Figures {
  readonly #make: () => Promise<void>
  readonly #onTrouble: (cause: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(make: () => Promise<void>, onTrouble: (cause: unknown) => void) {
    this.#make = make
    this.#onTrouble = onTrouble
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#running = this.#running.then(this.#make).catch(this.#onTrouble)
    }, FIGURES_MS)
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#running
  }
}
