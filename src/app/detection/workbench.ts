// The rule workbench of a running station: text checked, tried over stored events, drafted from an event or an alert, kept.

import { VigieError, dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import {
  checkText,
  draftException,
  draftRule,
  getAlert,
  openRuleFiles,
  openTrials,
} from '../../detect/index.ts'
import type { DraftEvent, Trials } from '../../detect/index.ts'
import type { Hunting } from '../../hunt/index.ts'
import type { DraftAsk } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import { sql } from '../../store/index.ts'
import type { Core } from '../core.ts'
import { behind } from './rules.ts'

export function trialsOf(core: Core, clock: Clock): Trials {
  return openTrials({
    store: core.store,
    shelf: core.detection.shelf,
    fields: core.fields,
    verbatim: core.verbatim,
    clock,
    isIntakeBehind: () => behind(core),
  })
}

export type WorkbenchParts = {
  readonly core: Core
  readonly trials: Trials
  readonly hunt: Hunting
  readonly settings: Settings
  readonly clock: Clock
}

export function workbenchOf(parts: WorkbenchParts): Station['workbench'] {
  const { core, trials, settings, clock } = parts
  const { shelf } = core.detection
  const files = openRuleFiles({ folder: dataFolders(settings.data).rules, shelf, clock })
  return {
    check: (text) => checkText(text, shelf.current, today(clock)),
    startTrial: trials.start,
    trial: trials.get,
    stopTrial: trials.stop,
    draft: (ask, who) => draft(parts, ask, who),
    save: files.save,
    read: files.read,
    remove: files.remove,
  }
}

function today(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString().slice(0, 10)
}

async function draft(parts: WorkbenchParts, ask: DraftAsk, who: string): Promise<string> {
  const { core, clock } = parts
  const { rules, logsources } = core.detection.shelf.current
  const options = { logsources, nowMs: clock.nowMs(), author: who }
  if ('batch' in ask) return draftRule(await eventOf(parts, ask), options)
  const alert = await getAlert(core.store.records, ask.alert)
  if (alert === undefined) throw notFound(`The alert ${ask.alert}`)
  const rule = rules.find(({ id }) => id === alert.rule)
  if (rule === undefined) throw notFound(`A rule ${alert.rule} that looks at single events`)
  const event = await eventOf(parts, await placeOf(core, alert))
  return draftException({ ...alert, rule, event }, options)
}

type Place = { readonly batch: string; readonly line: number }

/** Throws NOT_FOUND. */
async function eventOf({ hunt }: WorkbenchParts, place: Place): Promise<DraftEvent> {
  const answer = await hunt.event(place)
  const event = answer.ok ? answer.value : undefined
  if (event === undefined) throw notFound(`The event ${place.batch} ${place.line}`)
  return { ...place, columns: event.columns, fields: event.fields }
}

type Met = { readonly rule: string; readonly entity: string; readonly entityKind: string }

/** The newest event of an alert. Throws NOT_FOUND when none is kept any more. */
async function placeOf({ store }: Core, { rule, entity, entityKind }: Met): Promise<Place> {
  const { rows } = await store.events.ask.query<{ batch: string; line: number }>(
    sql`SELECT toString(batch) AS batch, line FROM findings
WHERE rule = ${rule} AND entity = ${entity} AND entity_kind = ${entityKind} ORDER BY time DESC LIMIT 1`,
  )
  const [place] = rows
  if (place === undefined) throw notFound('The event of the alert')
  return place
}

function notFound(what: string): VigieError {
  return new VigieError('NOT_FOUND', { what })
}
