// The cases of a station: what people do with them, and the report of one.

import { CONTENT } from './app-content.ts'
import type { StationParts } from './app-parts.ts'
import {
  addAlert,
  addTask,
  approveReport,
  changeCase,
  changeTask,
  gatherReport,
  getCase,
  headOf,
  incidentHtml,
  listCases,
  noteSent,
  openCase,
  proveCase,
  readCase,
  readFile,
  readPlaybooks,
  reportDigest,
  reportStix,
  standingOf,
  startPlaybook,
  statedReport,
  stateReport,
  takeFile,
  writeEntry,
} from './cases/index.ts'
import type { Act, CaseFolder, Doing, Witness } from './cases/index.ts'
import { VigieError, dataFolders } from './core/index.ts'
import { changeAlerts, getAlert } from './detect/index.ts'
import { noteDigest } from './evidence/index.ts'
import type { Alert, CaseDetail, Playbook, ReportText, ReportView } from './model/index.ts'
import type { CaseService } from './server/index.ts'
import type { Records } from './store/index.ts'
import type { Language } from './words/index.ts'

type Parts = Pick<StationParts, 'settings' | 'clock'> & {
  readonly evidence: Pick<StationParts['evidence'], 'note' | 'noted'>
  readonly core: Pick<StationParts['core'], 'live' | 'store'>
}

/** What the parts below share. */
type Room = CaseFolder & {
  readonly core: Parts['core']
  readonly evidence: Parts['evidence']
  /** Does something in a case; the last digest of its acts becomes a leaf of the log of evidence. */
  readonly inCase: <T>(number: number, work: (doing: Doing) => Promise<T>) => Promise<T>
  readonly act: (who: string) => Act
  readonly nowMs: () => number
  readonly asOf: () => string
}

export function casesOf({ core, evidence, settings, clock }: Parts): CaseService {
  const { records } = core.store
  const nowMs = () => clock.nowMs()
  const room: Room = {
    core,
    evidence,
    records,
    inCase: async (number, work) => {
      const done = await records.transaction().execute(work)
      await logCaseHead({ records, evidence }, number)
      return done
    },
    folder: dataFolders(settings.data).cases,
    nowMs,
    asOf: () => new Date(nowMs()).toISOString(),
    act: (who) => ({ who, nowMs: nowMs() }),
  }
  return { ...bookOf(room), ...workOf(room), ...filesOf(room), ...reportsOf(room) }
}

/** The last digest of its acts becomes a leaf of the log of evidence. */
export async function logCaseHead(
  { records, evidence }: Pick<Room, 'records' | 'evidence'>,
  number: number,
): Promise<void> {
  const head = await headOf(records, number)
  await evidence.note(`${leafPrefix(number)}${head.act}`, `case ${number}`, head)
}

function leafPrefix(number: number): string {
  return `case/${number}/`
}

async function witnessOf({ evidence }: Room, number: number): Promise<Witness> {
  const noted = await evidence.noted(leafPrefix(number))
  return new Map(
    [...noted].map(([id, logged]) => {
      const act = Number(id.slice(leafPrefix(number).length))
      return [act, (digest: string) => noteDigest({ act, digest }) === logged]
    }),
  )
}

type Book = Pick<CaseService, 'list' | 'get' | 'open' | 'change' | 'addAlert' | 'note' | 'prove'>

function bookOf(room: Room): Book {
  const { records, core, inCase, act, nowMs, asOf } = room
  const taken = async (alerts: readonly string[], who: string) => {
    await underWay(records, alerts, act(who))
    core.live.alertsChanged()
  }
  return {
    list: async ({ alert }) => ({
      asOf: asOf(),
      cases: [...(await listCases(records, nowMs(), alert))],
    }),
    get: (number) => detailOf(room, number),
    open: async (ask, who) => {
      const number = await records.transaction().execute((doing) => openCase(doing, ask, act(who)))
      await logCaseHead(room, number)
      await taken(ask.alerts, who)
      return getCase(records, number, nowMs())
    },
    change: async (number, change, who) => {
      await inCase(number, (doing) => changeCase(doing, number, change, act(who)))
      return getCase(records, number, nowMs())
    },
    addAlert: async (number, alert, who) => {
      await inCase(number, (doing) => addAlert(doing, number, alert, act(who)))
      await taken([alert], who)
    },
    note: (number, ask, who) => inCase(number, (doing) => writeEntry(doing, number, ask, act(who))),
    prove: async (number) =>
      proveCase(room, number, { witness: await witnessOf(room, number), nowMs: nowMs() }),
  }
}

/** Alerts of a case are being looked at; those that are closed stay so. */
async function underWay(records: Records, alerts: readonly string[], act: Act): Promise<void> {
  const found = await Promise.all(alerts.map((id) => getAlert(records, id)))
  const waiting = found.filter((alert) => alert?.state === 'new' || alert?.state === 'acknowledged')
  const ids = waiting.flatMap((alert) => (alert === undefined ? [] : [alert.id]))
  if (ids.length > 0) await changeAlerts(records, { ids, state: 'in_progress' }, act)
}

async function detailOf({ records, nowMs, asOf }: Room, number: number): Promise<CaseDetail> {
  const { alertIds, ...rest } = await readCase(records, number, nowMs())
  const alerts = await Promise.all(alertIds.map((id) => getAlert(records, id)))
  const there = alerts.filter((alert): alert is Alert => alert !== undefined)
  return {
    asOf: asOf(),
    ...rest,
    alerts: there.toSorted((a, b) => (a.firstSeen < b.firstSeen ? -1 : 1)),
  }
}

type Work = Pick<CaseService, 'addTask' | 'changeTask' | 'playbooks' | 'startPlaybook'>

function workOf({ inCase, act }: Room): Work {
  // Read when first asked for: a start has other work.
  let read: readonly Playbook[] | undefined
  const playbooks = () => (read ??= readPlaybooks(CONTENT.playbooks))
  const named = (id: string): Playbook => {
    const playbook = playbooks().find((one) => one.id === id)
    if (playbook === undefined) throw new VigieError('NOT_FOUND', { what: id })
    return playbook
  }
  return {
    addTask: (number, ask, who) => inCase(number, (doing) => addTask(doing, number, ask, act(who))),
    changeTask: (number, task, change, who) =>
      inCase(number, (doing) => changeTask(doing, { number, task }, change, act(who))),
    playbooks,
    startPlaybook: async (number, { playbook, language }, who) => {
      const start = { playbook: named(playbook), language }
      return inCase(number, (doing) => startPlaybook(doing, number, start, act(who)))
    },
  }
}

function filesOf(room: Room): Pick<CaseService, 'takeFile' | 'readFile'> {
  return {
    takeFile: async (number, bytes, ask, who) => {
      const file = await takeFile(room, number, { bytes, ask, ...room.act(who) })
      await logCaseHead(room, number)
      return file
    },
    readFile: async (number, id, who) => {
      const file = await readFile(room, { number, file: id }, room.act(who))
      await logCaseHead(room, number)
      return file
    },
  }
}

type Reports = Pick<
  CaseService,
  'report' | 'stateReport' | 'approveReport' | 'reportSent' | 'reportAs'
>

function reportsOf(room: Room): Reports {
  const { inCase, act } = room
  return {
    report: (number, language) => reportOf(room, number, language),
    stateReport: (number, stated, who) =>
      inCase(number, (doing) => stateReport(doing, number, stated, act(who))),
    approveReport: async (number, { digest, language }, who) => {
      const { report, forbidden } = await reportOf(room, number, language)
      const approval = { report, forbidden, digest, ...act(who) }
      await inCase(number, (doing) => approveReport(doing, number, approval))
    },
    reportSent: (number, sent, who) =>
      inCase(number, (doing) => noteSent(doing, number, sent, act(who))),
    reportAs: async (number, format, language) =>
      written(await reportOf(room, number, language), format, language),
  }
}

async function reportOf(room: Room, number: number, language: Language) {
  const { records, asOf } = room
  const stated = await statedReport(records, number)
  const own = await ownNames(records)
  const gathered = gatherReport({ detail: await detailOf(room, number), stated, own, language })
  const standing = await standingOf(records, number, gathered.report)
  return {
    asOf: asOf(),
    stated,
    ...gathered,
    ...standing,
    digest: reportDigest(gathered.report),
  }
}

/** Names and addresses of assets, in lower case. */
async function ownNames(records: Records): Promise<ReadonlySet<string>> {
  const rows = await records.selectFrom('exposure_aliases').select('value').execute()
  return new Set(rows.map(({ value }) => value.toLowerCase()))
}

/** A page may be looked at before it is approved; what is read by machines may not. */
function written(view: ReportView, format: ReportText, language: Language): string {
  const { report, approval } = view
  if (format === 'html') return incidentHtml({ report, approval }, language)
  if (approval === null)
    throw new VigieError('BAD_REQUEST', { met: 'a report nobody approved', expected: 'approval' })
  const body = format === 'json' ? { report, approval } : reportStix(report, approval.at)
  return `${JSON.stringify(body, null, 2)}\n`
}
