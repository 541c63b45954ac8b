// The cases of a station: what people do with them, and the report of one.

import {
  addAlert,
  addTask,
  changeCase,
  changeRole,
  exportCacao,
  familyOf,
  importCacao,
  listCacao,
  maySee,
  mergeCases,
  readCacaoBody,
  undoMerge,
  withProgress,
  changeTask,
  getCase,
  listCases,
  openCase,
  proveCase,
  readFile,
  readPlaybooks,
  startPlaybook,
  takeFile,
  writeEntry,
} from '../../cases/index.ts'
import type { Act, Witness } from '../../cases/index.ts'
import { VigieError, dataFolders } from '../../core/index.ts'
import { changeAlerts, getAlert } from '../../detect/index.ts'
import { noteDigest } from '../../evidence/index.ts'
import type { Case, CaseProof, Playbook } from '../../model/index.ts'
import type { CaseService } from '../../server/index.ts'
import type { Records } from '../../store/index.ts'
import { CONTENT } from '../content.ts'
import { bytesIn } from '../sharing/file.ts'
import { sendingToHub } from '../sharing/report-up.ts'
import { leafPrefix, logCaseHead } from './case-log.ts'
import { reportsOf, sendingOf } from './case-reports.ts'
import { detailOf } from './case-room.ts'
import type { CaseParts, Room } from './case-room.ts'

export function casesOf({ core, evidence, settings, clock, sharing }: CaseParts): CaseService {
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
  return {
    ...bookOf(room),
    ...togetherOf(room),
    ...workOf(room),
    ...filesOf(room),
    ...reportsOf(room),
    ...sendingOf(room),
    reportToHub: sendingToHub(room, () => sharing?.nudge()),
  }
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
    list: async ({ alert, seer }) => {
      const all = await listCases(records, nowMs(), alert)
      const seen: Case[] = []
      for (const one of all) if (await maySee(records, one.number, seer)) seen.push(one)
      return { asOf: asOf(), cases: seen }
    },
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
    prove: (number) => proveFamily(room, number),
  }
}

/** With the cases that became part of it: each has its own chain of acts. */
async function proveFamily(room: Room, number: number): Promise<CaseProof> {
  const [own, ...parts] = await familyOf(room.records, number)
  const prove = async (one: number) =>
    proveCase(room, one, { witness: await witnessOf(room, one), nowMs: room.nowMs() })
  let proof = await prove(own ?? number)
  for (const part of parts) {
    const { acts, witnessed, files, bytes, flaws } = await prove(part)
    proof = {
      ...proof,
      acts: proof.acts + acts,
      witnessed: proof.witnessed + witnessed,
      files: proof.files + files,
      bytes: proof.bytes + bytes,
      flaws: [
        ...proof.flaws,
        ...flaws.map(({ kind, what }) => ({ kind, what: `case ${part}: ${what}` })),
      ],
    }
  }
  return proof
}

type Together = Pick<CaseService, 'maySee' | 'changeRole' | 'merge' | 'undoMerge'>

function togetherOf(room: Room): Together {
  const { records, inCase, nowMs } = room
  return {
    maySee: (number, seer) => maySee(records, number, seer),
    changeRole: (number, ask, seer) =>
      inCase(number, (doing) => changeRole(doing, number, ask, { seer, nowMs: nowMs() })),
    merge: async (merged, { into }, seer) => {
      if (!(await maySee(records, into, seer)))
        throw new VigieError('NOT_FOUND', { what: `case ${into}` })
      const act = { who: seer.name, nowMs: nowMs() }
      const id = await inCase(into, (doing) => mergeCases(doing, { merged, into }, act))
      await logCaseHead(room, merged)
      return id
    },
    undoMerge: async (id, seer) => {
      const both = await records.transaction().execute(async (doing) => {
        const undone = await undoMerge(doing, id, { who: seer.name, nowMs: nowMs() })
        for (const number of [undone.merged, undone.into])
          if (!(await maySee(doing, number, seer)))
            throw new VigieError('NOT_FOUND', { what: id.slice(0, 100) })
        return undone
      })
      for (const number of [both.merged, both.into]) await logCaseHead(room, number)
    },
  }
}

/** Alerts of a case are being looked at; those that are closed stay so. */
async function underWay(records: Records, alerts: readonly string[], act: Act): Promise<void> {
  const found = await Promise.all(alerts.map((id) => getAlert(records, id)))
  const waiting = found.filter((alert) => alert?.state === 'new' || alert?.state === 'acknowledged')
  const ids = waiting.flatMap((alert) => (alert === undefined ? [] : [alert.id]))
  if (ids.length > 0) await changeAlerts(records, { ids, state: 'in_progress' }, act)
}

type Work = Pick<
  CaseService,
  'addTask' | 'changeTask' | 'playbooks' | 'startPlaybook' | 'importPlaybook' | 'exportPlaybook'
>

function workOf(room: Room): Work {
  const { records, inCase, act } = room
  // Read when first asked for: a start has other work.
  let read: readonly Playbook[] | undefined
  const playbooks = async () => [
    ...(read ??= readPlaybooks(CONTENT.playbooks)),
    ...(await listCacao(records)),
  ]
  const named = async (id: string): Promise<Playbook> => {
    const playbook = (await playbooks()).find((one) => one.id === id)
    if (playbook === undefined) throw new VigieError('NOT_FOUND', { what: id.slice(0, 100) })
    return playbook
  }
  return {
    addTask: (number, ask, who) => inCase(number, (doing) => addTask(doing, number, ask, act(who))),
    changeTask: (number, task, change, who) =>
      inCase(number, (doing) => changeTask(doing, { number, task }, change, act(who))),
    playbooks,
    startPlaybook: async (number, { playbook, language }, who) => {
      const start = { playbook: await named(playbook), language }
      return inCase(number, (doing) => startPlaybook(doing, number, start, act(who)))
    },
    importPlaybook: async (bytes, who) =>
      importCacao(records, (await bytesIn(bytes)).toString('utf8'), act(who)),
    exportPlaybook: async (id, { language, number }) => {
      const from = await named(id)
      const playbook = (await readCacaoBody(records, id)) ?? exportCacao(from, language)
      if (number === undefined) return playbook
      const { tasks } = await detailOf(room, number)
      return withProgress(playbook, { tasks, from })
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
