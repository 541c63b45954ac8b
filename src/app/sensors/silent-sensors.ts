// A sensor that is not heard from is an alert: who cuts it off, or takes it, is not seen by any rule.

import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { raiseAlerts } from '../../detect/alerts/index.ts'
import type { RuleFacts } from '../../detect/alerts/index.ts'
import type { Finding, Sensor } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Core } from '../core.ts'
import type { Sensors } from './sensors.ts'

export type SilenceWatchOptions = {
  readonly core: Pick<Core, 'store' | 'live'>
  readonly sensors: Pick<Sensors, 'list'>
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

export const SILENT_RULE = 'vigie:sensor-silent'
/** The Overview says it after five minutes; links that break and mend within the hour are no alert. */
export const ALERT_AFTER_MS = HOUR_MS
const LOOK_MS = MINUTE_MS

/** Looks every minute until closed. A silence is told once, however often the station starts. */
export function watchSilence(options: SilenceWatchOptions): {
  readonly close: () => Promise<void>
} {
  let looking: Promise<void> = Promise.resolve()
  const look = () => {
    looking = looking.then(() => tellSilence(options)).catch(options.onTrouble)
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return {
    close: async () => {
      clearInterval(timer)
      await looking
    },
  }
}

export async function tellSilence({ core, sensors, clock }: SilenceWatchOptions): Promise<void> {
  const nowMs = clock.nowMs()
  const told = await core.store.records
    .selectFrom('sensors')
    .select('name')
    .where('silence_told', 'is not', null)
    .execute()
  const known = new Set(told.map(({ name }) => name))
  const silent = (await sensors.list()).sensors.filter(
    (sensor) =>
      sensor.silent && !known.has(sensor.name) && nowMs - heardMs(sensor) > ALERT_AFTER_MS,
  )
  if (silent.length === 0) return
  const facts = silentFacts()
  await core.store.records.transaction().execute(async (transaction) => {
    const findings = silent.map((sensor) => findingOf(sensor, facts, nowMs))
    await raiseAlerts(transaction, findings, { rules: new Map([[facts.id, facts]]), nowMs })
    await transaction
      .updateTable('sensors')
      .set({ silence_told: new Date(nowMs) })
      .where(
        'name',
        'in',
        silent.map(({ name }) => name),
      )
      .execute()
  })
  core.live.alertsChanged()
}

function heardMs({ lastSeen, enrolled }: Sensor): number {
  return Date.parse(lastSeen ?? enrolled ?? '')
}

function silentFacts(): RuleFacts {
  return {
    id: SILENT_RULE,
    title: { en: wordsOf('en').sensors.silent, fr: wordsOf('fr').sensors.silent },
    severity: 'high',
    // Impair Defenses: Disable or Modify Tools; and Inhibit what reports.
    attack: ['attack.t1562.001', 'attack.t1562.006'],
    author: 'Vigie',
    reference: '',
  }
}

function findingOf(sensor: Sensor, { id, title, severity }: RuleFacts, nowMs: number): Finding {
  return {
    rule: id,
    title: title.en,
    severity,
    time: new Date(nowMs).toISOString(),
    entityKind: 'device',
    entity: sensor.name,
    batch: '',
    line: 0,
    reasons: [
      {
        selection: 'sensor',
        field: 'last_seen',
        value: sensor.lastSeen ?? sensor.enrolled ?? '',
        pattern: '',
      },
    ],
  }
}
