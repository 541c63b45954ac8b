// Where the table asks for forensic triage, a case is opened by itself: whoever waits for a person to open it loses the first hours.

import {
  addAlert,
  addTask,
  openCase,
  readPlaybooks,
  startPlaybook,
  writeEntry,
} from '../../cases/index.ts'
import type { Act } from '../../cases/index.ts'
import { VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Evidence } from '../../evidence/index.ts'
import type { Exposure, Playbook } from '../../model/index.ts'
import type { Records, RecordsTransaction } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import { logCaseHead } from '../cases/case-log.ts'
import { CONTENT } from '../content.ts'
import { EXPLOITED_RULE } from './alerts.ts'

type Doing = RecordsTransaction
type TriageOptions = {
  readonly records: Records
  readonly evidence: Pick<Evidence, 'note' | 'noted'>
  readonly clock: Clock
  readonly language: Language
}

const WHO = 'vigie'
const PLAYBOOK = 'forensic-triage'
/** Assets that get a task of their own; the others share the list. */
const MOST_TASKS = 50
/** Lines of a text that a person reads. */
const MOST_LINES = 60
const MOST_ALERTS = 200

export type TriageCases = ReturnType<typeof triageCases>

/** One case for what one load or scan brings; assets whose triage goes on already join their case. */
export function triageCases({ records, evidence, clock, language }: TriageOptions) {
  const touched = new Set<number>()
  let read: Playbook | undefined
  const playbook = () => (read ??= playbookNamed(PLAYBOOK))
  return {
    /** Inside the transaction that writes the exposures: no exposure without its case, and none twice. */
    ask: async (doing: Doing, exposures: readonly Exposure[]): Promise<void> => {
      const act = { who: WHO, nowMs: clock.nowMs() }
      const open = await openTriage(doing, exposures)
      const groups = Map.groupBy(exposures, ({ asset }) => open.get(asset))
      for (const [known, of] of groups) {
        const number = known ?? (await openCase(doing, { ...askOf(of, language), alerts: [] }, act))
        const started = { playbook: playbook(), language }
        if (known === undefined) await startPlaybook(doing, number, started, act)
        await add(doing, number, { of, isNew: known === undefined, act, language })
        touched.add(number)
      }
    },
    /** After it: the acts of the cases become leaves of the log of evidence. Gives the numbers of the cases. */
    log: async (): Promise<readonly number[]> => {
      const numbers = [...touched]
      touched.clear()
      for (const number of numbers) await logCaseHead({ records, evidence }, number)
      return numbers
    },
  }
}

function playbookNamed(id: string): Playbook {
  const found = readPlaybooks(CONTENT.playbooks).find((one) => one.id === id)
  if (found === undefined) throw new VigieError('NOT_FOUND', { what: id })
  return found
}

/** By asset: the case that looks into it and is not closed. */
async function openTriage(
  doing: Doing,
  exposures: readonly Exposure[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await doing
    .selectFrom('exposure_triage')
    .innerJoin('cases', 'cases.number', 'exposure_triage.case')
    .select(['exposure_triage.asset', 'exposure_triage.case'])
    .where('cases.state', '<>', 'closed')
    .orderBy('exposure_triage.case')
    .execute()
  const wanted = new Set(exposures.map(({ asset }) => asset))
  return new Map(rows.filter(({ asset }) => wanted.has(asset)).map((row) => [row.asset, row.case]))
}

function askOf(exposures: readonly Exposure[], language: Language) {
  const say = wordsOf(language).exposure.triageCase
  const assets = [...new Set(exposures.map(({ assetName }) => assetName))]
  const vulnerabilities = [...new Set(exposures.map(({ vulnerability }) => vulnerability))]
  return {
    title: say.title(vulnerabilities, assets).slice(0, 200),
    severity: 'critical',
    marking: 'amber',
    lead: '',
    summary: say.summary(linesOf(exposures, language)).slice(0, 10_000),
  } as const
}

function linesOf(exposures: readonly Exposure[], language: Language): string {
  const say = wordsOf(language).exposure.triageCase
  const lines = exposures.slice(0, MOST_LINES).map((one) => {
    const product = `${one.product} ${one.version}`.trim()
    return say.line({ ...one, product, why: one.why[language] })
  })
  const left = exposures.length - lines.length
  return [...lines, ...(left > 0 ? [say.more(left)] : [])].join('\n')
}

type Added = {
  readonly of: readonly Exposure[]
  readonly isNew: boolean
  readonly act: Act
  readonly language: Language
}

async function add(
  doing: Doing,
  number: number,
  { of, isNew, act, language }: Added,
): Promise<void> {
  const say = wordsOf(language).exposure.triageCase
  if (!isNew) {
    const text = say.joined(linesOf(of, language)).slice(0, 10_000)
    await writeEntry(doing, number, { kind: 'note', text }, act)
  }
  const before = await assetsIn(doing, number)
  for (const [asset, ofAsset] of Map.groupBy(of, (one) => one.asset)) {
    await keep(doing, number, ofAsset, act)
    if (before.has(asset) || before.size >= MOST_TASKS) continue
    before.add(asset)
    await addTask(doing, number, taskOf(ofAsset, language), act)
  }
  for (const alert of await alertsOf(doing, of)) await addAlert(doing, number, alert, act)
}

async function assetsIn(doing: Doing, number: number): Promise<Set<string>> {
  const rows = await doing
    .selectFrom('exposure_triage')
    .select('asset')
    .where('case', '=', number)
    .execute()
  return new Set(rows.map(({ asset }) => asset))
}

function taskOf(ofAsset: readonly Exposure[], language: Language) {
  const say = wordsOf(language).exposure.triageCase
  const due = ofAsset
    .flatMap(({ triage }) => (triage === null ? [] : [triage.evidenceBy]))
    .toSorted()[0]
  return {
    title: say.evidence(ofAsset[0]?.assetName ?? '').slice(0, 200),
    how: say.evidenceHow,
    owner: (ofAsset[0]?.owner ?? '').slice(0, 200),
    due: due ?? null,
  }
}

async function keep(
  doing: Doing,
  number: number,
  ofAsset: readonly Exposure[],
  { nowMs }: Act,
): Promise<void> {
  const rows = ofAsset.map(({ asset, vulnerability }) => ({
    asset,
    first_asset: asset,
    vulnerability,
    case: number,
    opened: new Date(nowMs),
  }))
  await doing
    .insertInto('exposure_triage')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute()
}

/** The alerts that these assets raised just before, in the same transaction. */
async function alertsOf(doing: Doing, of: readonly Exposure[]): Promise<readonly string[]> {
  const names = [...new Set(of.map(({ assetName }) => assetName))].slice(0, MOST_ALERTS)
  const rows = await doing
    .selectFrom('alerts')
    .select('id')
    .where('rule', '=', EXPLOITED_RULE)
    .where('entity', 'in', names)
    .execute()
  return rows.map(({ id }) => id)
}
