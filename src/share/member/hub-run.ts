// A station with one of its hubs: listens to it, answers what it hears, sends what is ready, asks blindly, reports, signs and is signed,
// each in a loop of its own.

import { SECOND_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { RollUp } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { askHub } from '../blind/ask-hub.ts'
import type { BlindStation } from '../blind/round.ts'
import type { ContentDesk } from '../content/content-desk.ts'
import { SIGHTINGS_ALIAS } from '../hub/places.ts'
import { relay } from '../hub/relay.ts'
import { endPeer, noteProblem, notePeerSeen } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { StationKey } from '../peer/station-key.ts'
import { REPORTS_EVERY_MS, tellReports } from '../report-up/send-report.ts'
import type { TellReports } from '../report-up/send-report.ts'
import { tellRollUp } from '../roll-up/tell-roll-up.ts'
import { TaxiiClientError, addRemote } from '../taxii/client.ts'
import { keepReporting } from '../threshold/report.ts'
import type { ThresholdStation } from '../threshold/round.ts'
import { witnessRound } from '../witness/ask-hub.ts'
import type { OwnAnswer } from '../witness/ask-hub.ts'
import type { WitnessPort } from '../witness/witness-port.ts'
import { answerRound } from './answer.ts'
import type { Watch } from './answering.ts'
import { hubLink, problemOf } from './hub-link.ts'
import type { HubLink } from './hub-link.ts'
import { hubRound } from './hub-round.ts'
import { flush } from './outbox.ts'
import { tellRegistration } from './own-registration.ts'
import { pause } from './pause.ts'
import { hearAgreement } from './renew.ts'
import { exchangeNotices } from './told.ts'

export type MemberOptions = {
  readonly records: Records
  readonly key: StationKey
  readonly clock: Clock
  readonly watch: Watch
  /** What it does with rules, analytics and checks; undefined where none is put to use. */
  readonly desk?: ContentDesk | undefined
  /** What it asks with of what a hub gives nobody. */
  readonly blind: BlindStation
  /** What it reports of logins, where a person accepted a hub's terms; undefined where nothing is. */
  readonly threshold?: ThresholdStation | undefined
  /** Its log of evidence and its key as a witness; undefined where it keeps none. */
  readonly witness?: WitnessPort | undefined
  /** A hub took a report of an incident: its case says so. */
  readonly onReportTaken?: TellReports['onTaken']
  /** How it stands to the goals; undefined while nothing is known. */
  readonly rollUp?: (hub: PeerRow) => Promise<RollUp | undefined>
  /** Whether this station is a hub too and passes on what its own hubs allow. */
  readonly isHub: boolean
  readonly onTrouble: (cause: unknown) => void
  /** Milliseconds a hub may hold a question open; shorter in tests. */
  readonly waitSeconds?: number
}

const WAIT_S = 25
/** Between rounds where the hub does not hold questions open. */
const LEAST_ROUND_MS = 2 * SECOND_MS
const RETRY_MS = { first: 2 * SECOND_MS, most: 60 * SECOND_MS }
const ANSWER_MS = { soon: 300, idle: 10 * SECOND_MS }
/** Between blind questions. */
const BLIND_MS = { more: SECOND_MS, idle: 60 * SECOND_MS }
/** Between questions about witnesses: answers that wait to go go sooner. */
const WITNESS_MS = { more: 5 * SECOND_MS, idle: 60 * SECOND_MS }
/** Between questions for notices; a hub that does not know them is asked less. */
const NOTICES_MS = { known: 10 * SECOND_MS, unknown: 300 * SECOND_MS }

export class HubRun {
  readonly #options: MemberOptions
  readonly #row: PeerRow
  readonly #link: HubLink
  readonly #stop = new AbortController()
  readonly #done: Promise<unknown>
  #wake: (() => void) | undefined
  #ask = new AbortController()
  #askWitness = new AbortController()
  readonly #reports: ReturnType<typeof keepReporting> | undefined
  #isNudged = false
  #noticesAtMs = 0
  #reportsAtMs = 0
  #noticesKnown = ''

  constructor(options: MemberOptions, row: PeerRow, reportAll: () => void) {
    this.#options = options
    this.#row = row
    const peer = { address: row.address ?? '', pin: row.pin ?? '' }
    this.#link = hubLink(peer, options.key, this.#stop.signal)
    const { records, clock, threshold: station } = options
    const at = () => ({ records, peer: row, link: this.#link, nowMs: clock.nowMs() })
    this.#reports =
      station &&
      keepReporting({
        round: () => ({ ...at(), station }),
        stop: this.#stop.signal,
        onMore: reportAll,
        onTrouble: (cause) => this.#unexpected(cause),
      })
    this.#done = Promise.all([
      this.#listen(),
      this.#answer(),
      this.#askBlindly(),
      this.#askWitnesses(),
      this.#reports?.done,
    ])
  }

  nudge(): void {
    this.#isNudged = true
    this.#wake?.()
  }

  askNow(): void {
    this.#ask.abort()
    this.#askWitness.abort()
    this.reportNow()
  }

  reportNow(): void {
    this.#reports?.now()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    this.#wake?.()
    this.askNow()
    this.#link.close()
    await this.#done
  }

  async #listen(): Promise<void> {
    const { records, clock, waitSeconds = WAIT_S } = this.#options
    const { name } = this.#row
    let retryMs = RETRY_MS.first
    while (!this.#stop.signal.aborted) {
      const startedMs = performance.now()
      try {
        await hubRound({
          records,
          link: this.#link,
          peer: name,
          nowMs: clock.nowMs,
          waitSeconds,
          onTaken: () => this.nudge(),
        })
        if (this.#stop.signal.aborted) return
        await noteProblem(records, name, null)
        await notePeerSeen(records, name, clock.nowMs())
        retryMs = RETRY_MS.first
        const spentMs = performance.now() - startedMs
        await pause(Math.max(0, LEAST_ROUND_MS - spentMs), this.#stop.signal)
      } catch (cause) {
        if (this.#stop.signal.aborted) return
        // Connections that were cut are not tried one by one.
        this.#link.close()
        await this.#trouble(cause)
        const least = cause instanceof TaxiiClientError ? retryAfterOf(cause) : 0
        await pause(Math.max(least, retryMs * (0.5 + Math.random() / 2)), this.#stop.signal)
        retryMs = Math.min(RETRY_MS.most, retryMs * 2)
      }
    }
  }

  async #trouble(cause: unknown): Promise<void> {
    const { records, clock, onTrouble } = this.#options
    const { name } = this.#row
    const nowMs = clock.nowMs()
    const problem = problemOf(cause, nowMs)
    try {
      if (problem.code === 'unexpected') onTrouble(cause)
      await noteProblem(records, name, problem)
      if (problem.code !== 'ended there') return
      await endPeer(records, { name, by: 'them', isTold: true, nowMs })
      this.#stop.abort()
      this.#wake?.()
      this.askNow()
    } catch (thrown) {
      onTrouble(thrown)
    }
  }

  async #answer(): Promise<void> {
    const { records, clock, watch, desk, isHub } = this.#options
    while (!this.#stop.signal.aborted) {
      if (this.#isNudged) this.#noticesAtMs = this.#reportsAtMs = 0
      this.#isNudged = false
      let isMore = false
      try {
        const at = { records, watch, desk, peer: this.#row, nowMs: clock.nowMs() }
        if (isHub) await relay(records, this.#row, clock.nowMs())
        isMore = await answerRound(at)
        await flush(records, { peer: this.#row, send: this.#send, nowMs: clock.nowMs() })
        await this.#tellReports()
        await this.#hearNotices()
      } catch (cause) {
        if (this.#stop.signal.aborted) return
        this.#unexpected(cause)
      }
      if (!this.#isNudged) await this.#rest(isMore ? ANSWER_MS.soon : ANSWER_MS.idle)
    }
  }

  /** By itself: arithmetic of minutes holds up neither what comes nor what goes. */
  async #askBlindly(): Promise<void> {
    const { records, clock, blind: station, onTrouble } = this.#options
    const { signal } = this.#stop
    while (!signal.aborted) {
      this.#ask = new AbortController()
      let isMore = false
      try {
        const at = { records, peer: this.#row, link: this.#link, nowMs: clock.nowMs() }
        isMore = await askHub({ ...at, station, signal, onTold: () => this.nudge() })
      } catch (cause) {
        if (!signal.aborted) onTrouble(cause)
      }
      if (!signal.aborted) await pause(isMore ? BLIND_MS.more : BLIND_MS.idle, this.#ask.signal)
    }
  }

  /** A hub that is away is asked again until it is back. */
  async #askWitnesses(): Promise<void> {
    const { records, clock, witness: port } = this.#options
    const { signal } = this.#stop
    if (port === undefined) return
    let answers: readonly OwnAnswer[] = []
    while (!signal.aborted) {
      this.#askWitness = new AbortController()
      try {
        const at = { records, peer: this.#row, link: this.#link, port, nowMs: clock.nowMs() }
        answers = (await witnessRound(at, answers)) ?? answers
      } catch (cause) {
        if (!signal.aborted) this.#unexpected(cause)
      }
      const { more, idle } = WITNESS_MS
      if (!signal.aborted) await pause(answers.length > 0 ? more : idle, this.#askWitness.signal)
    }
  }

  /** What the link has is told by the one who listens. */
  #unexpected(cause: unknown): void {
    if (problemOf(cause, 0).code === 'unexpected') this.#options.onTrouble(cause)
  }

  async #tellReports(): Promise<void> {
    const { records, clock, onReportTaken: onTaken } = this.#options
    const nowMs = performance.now()
    if (onTaken === undefined || nowMs < this.#reportsAtMs) return
    const at = { peer: this.#row, link: this.#link, nowMs: clock.nowMs() }
    await tellReports(records, { ...at, onTaken })
    this.#reportsAtMs = nowMs + REPORTS_EVERY_MS
  }

  async #hearNotices(): Promise<void> {
    const nowMs = performance.now()
    if (nowMs < this.#noticesAtMs) return
    const { records, clock, rollUp } = this.#options
    const at = { link: this.#link, nowMs: clock.nowMs() }
    await hearAgreement(records, { ...at, peer: this.#row.name })
    await tellRegistration(records, { ...at, peer: this.#row })
    if (rollUp !== undefined) await tellRollUp(records, { ...at, peer: this.#row, rollUp })
    const known = await exchangeNotices(records, {
      ...at,
      peer: this.#row.name,
      known: this.#noticesKnown,
    })
    this.#noticesKnown = known ?? ''
    this.#noticesAtMs = nowMs + (known === undefined ? NOTICES_MS.unknown : NOTICES_MS.known)
  }

  readonly #send = (objects: Parameters<typeof addRemote>[2]) =>
    addRemote(this.#link.taxii, SIGHTINGS_ALIAS, objects)

  async #rest(ms: number): Promise<void> {
    const { signal } = this.#stop
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
  }
}

/** A hub that says when to come back is not asked before. */
function retryAfterOf({ trouble }: TaxiiClientError): number {
  return trouble.kind === 'refused' ? (trouble.retryAfterMs ?? 0) : 0
}
