// A station's devices: configurations that are pushed or put into its folder, and what people say of their changes.

import {
  LIMITS,
  addHashes,
  addRecord,
  getChange,
  getDevice,
  getVersion,
  importRecords,
  listChanges,
  listDevices,
  listGolden,
  listRecords,
  removeGolden,
  revokeRecord,
  setGolden,
  shownVersion,
} from '../../audit/index.ts'
import type {
  Act,
  Audit,
  AuditTools,
  RecordSigner,
  SignedAct,
  StationSegmentation,
  Traces,
  TreeProblem,
} from '../../audit/index.ts'
import { VigieError } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { ConfigAsk, ConfigFolder, ConfigTaken } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import type { Records } from '../../store/index.ts'
import type { Language } from '../../words/index.ts'
import type { Core } from '../core.ts'
import { openStationAudit, stationTools } from './audit-station.ts'
import { watchConfigFolder } from './config-folder.ts'
import { startPulls } from './device-pulls.ts'
import type { Pulls } from './device-pulls.ts'
import { tracesOf, watchTraces } from './device-traces.ts'
import { reportOf } from './fleet-report.ts'
import { startRepositories } from './repositories.ts'
import type { Repositories } from './repositories.ts'
import { segmentationOf, watchSegmentation } from './segment-station.ts'

export type StationDevices = {
  readonly audit: Audit
  /** What configurations are read and checked with. */
  readonly tools: () => AuditTools
  /** Signs change records. */
  readonly signer: () => RecordSigner
  /** What logs say of changes. */
  readonly traces: Traces
  /** Zones, and what passes between them. */
  readonly segmentation: StationSegmentation
  /** Repositories and devices that are asked. */
  readonly collection: Pulls['service'] & Repositories['service']
  /** Folder whose files are taken in. */
  readonly folder: string
  readonly refused: () => ConfigFolder['refused']
  readonly close: () => Promise<void>
}

type DevicesOptions = {
  readonly core: Core
  readonly settings: Settings
  readonly clock: Clock
  readonly language: Language
  readonly onNote: (sentence: string) => void
  readonly onTrouble: (cause: unknown) => void
}

export function startDevices(options: DevicesOptions): StationDevices {
  const { core, settings, clock } = options
  const { records } = core.store
  const onRaised = () => core.live.alertsChanged()
  const tools = core.hubChecks.beside(stationTools(settings))
  const audit = openStationAudit({ records, settings, clock, onRaised, tools })
  const traces = tracesOf({ core, tools, clock, onRaised })
  const looks = watchTraces(traces, options.onTrouble)
  const segmentation = segmentationOf({ core, tools, clock, onRaised })
  const rounds = watchSegmentation(segmentation, options.onTrouble)
  const watch = watchConfigFolder({ ...options, records, audit })
  const repositories = startRepositories({ ...options, audit, onRaised })
  const pulls = startPulls({ ...options, audit, tools, onRaised })
  const keepAndWake: StationSegmentation['keep'] = async (ask, who) => {
    const kept = await segmentation.keep(ask, who)
    rounds.wake()
    return kept
  }
  return {
    audit,
    tools,
    signer: () => tools().signer,
    traces,
    segmentation: { ...segmentation, keep: keepAndWake },
    collection: { ...pulls.service, ...repositories.service },
    folder: watch.folder,
    refused: watch.refused,
    close: async () => {
      await Promise.all([repositories.close(), pulls.close()])
      await watch.close()
      await looks.close()
      await rounds.close()
    },
  }
}

type Parts = {
  readonly core: Pick<Core, 'store'>
  readonly devices: Omit<StationDevices, 'segmentation' | 'tools'>
  readonly clock: Clock
  /** As others call it. */
  readonly organisation: string
}

export function devicesOf(parts: Parts): Station['devices'] {
  const { core, clock, organisation } = parts
  const devices = roomOf(parts)
  const { records } = core.store
  return { ...devices, report: reportOf({ devices, records, organisation, clock }) }
}

function roomOf({
  core,
  devices: { audit, signer, traces, collection, folder, refused: notTaken },
  clock,
}: Parts): Omit<Station['devices'], 'report'> {
  const { records } = core.store
  const asOf = () => new Date(clock.nowMs()).toISOString()
  return {
    list: async () => ({ asOf: asOf(), devices: [...(await listDevices(records))] }),
    get: async (id) => ({
      ...(await getDevice(records, id, signer())),
      ...(await audit.state(id)),
    }),
    changes: async (filter) => {
      const changes = [...(await listChanges(records, filter, signer()))]
      const unauthorised = changes.filter(({ state }) => state === 'unauthorised').length
      return { asOf: asOf(), unauthorised, changes }
    },
    change: async (id) => ({
      ...(await getChange(records, id, signer())),
      traffic: await audit.traffic(id),
      trace: await traces.of(id),
    }),
    acts: (id, days) => traces.acts(id, days),
    version: async (id) => {
      const { row, device } = await getVersion(records, id)
      return { version: shownVersion(row), device, text: row.config }
    },
    compare: audit.compare,
    ...collection,
    folder: async () => ({ asOf: asOf(), folder, refused: notTaken() }),
    take: (bytes, ask) => take(audit, bytes, ask),
    ...recordsOf(records, { clock, signer }),
    ...goldenOf(records, { audit, clock }),
  }
}

type RecordsPart = Pick<
  Station['devices'],
  'approve' | 'records' | 'addRecord' | 'revokeRecord' | 'importRecords'
>

function recordsOf(
  records: Records,
  { clock, signer }: Pick<StationDevices, 'signer'> & Pick<Parts, 'clock'>,
): RecordsPart {
  const act = (who: string): SignedAct => ({ who, nowMs: clock.nowMs(), signer: signer() })
  return {
    records: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      records: [...(await listRecords(records, signer()))],
    }),
    approve: async (id, ask, who) => {
      const { change } = await getChange(records, id, signer())
      const { deviceName: device, after: starts, before: ends } = change
      const record = { ...ask, device, starts, ends, allows: [] }
      return records
        .transaction()
        .execute((transaction) => addRecord(transaction, record, act(who)))
    },
    addRecord: (ask, who) =>
      records.transaction().execute((transaction) => addRecord(transaction, ask, act(who))),
    revokeRecord: (id, who) =>
      records.transaction().execute((transaction) => revokeRecord(transaction, id, act(who))),
    importRecords: async (bytes, who) => importRecords(records, await tableOf(bytes), act(who)),
  }
}

type GoldenPart = Pick<
  Station['devices'],
  'golden' | 'setGolden' | 'setGoldenConfig' | 'removeGolden' | 'addHashes'
>

function goldenOf(
  records: Records,
  { audit, clock }: Pick<StationDevices, 'audit'> & Pick<Parts, 'clock'>,
): GoldenPart {
  const act = (who: string): Act => ({ who, nowMs: clock.nowMs() })
  return {
    golden: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      groups: [...(await listGolden(records))],
    }),
    setGolden: (name, ask, who) =>
      records
        .transaction()
        .execute((transaction) => setGolden(transaction, name, { ask, act: act(who) })),
    setGoldenConfig: async (bytes, ask, who) => {
      const { all } = await upTo(bytes, LIMITS.size)
      const set = await audit.setGolden(all, ask, act(who))
      if (!set.ok) throw refused(ask.source, set.problem)
      return set.golden
    },
    removeGolden: (name) => removeGolden(records, name),
    addHashes: async (bytes, source, who) => {
      const text = (await tableOf(bytes)).toString('utf8')
      const list = await records
        .transaction()
        .execute((transaction) => addHashes(transaction, { text, source }, act(who)))
      return { taken: list.hashes.length, refused: [...list.refused] }
    },
  }
}

const MOST_TABLE_BYTES = 4 * 1024 * 1024

async function tableOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const { all, isMore } = await upTo(bytes, MOST_TABLE_BYTES)
  if (isMore) throw new VigieError('BAD_REQUEST', { met: '> 4 MiB', expected: '≤ 4 MiB' })
  return all
}

async function take(
  audit: Audit,
  bytes: AsyncIterable<Uint8Array>,
  { source, device }: ConfigAsk,
): Promise<ConfigTaken> {
  // What is longer than a configuration may be is refused by its length, however long it is.
  const { all } = await upTo(bytes, LIMITS.size)
  const named = device === undefined || device === '' ? {} : { device }
  const taken = await audit.take(all, { source, ...named })
  if (!taken.ok) throw refused(source, taken.problem)
  const { changeCount, findings, signs } = taken.audit
  return {
    device: taken.device,
    version: taken.version,
    isNew: taken.isNew,
    changeCount,
    findings: findings.length,
    signs,
  }
}

function refused(source: string, { kind: problem, line, limit }: TreeProblem): VigieError {
  return new VigieError('CONFIG_REFUSED', { source: source.slice(0, 200), problem, line, limit })
}

/** Reads until there is more than `most`. */
async function upTo(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): Promise<{ readonly all: Buffer; readonly isMore: boolean }> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    pieces.push(piece)
    size += piece.length
    if (size > most) return { all: Buffer.concat(pieces), isMore: true }
  }
  return { all: Buffer.concat(pieces), isMore: false }
}
