// The logs of several devices at once: three questions to the engine, however many changes there are.

import { DAY_MS } from '../../core/index.ts'
import type { DeviceAct } from '../../model/index.ts'
import type { EventEngine } from '../../store/index.ts'
import type { Door } from '../secrets/door.ts'
import type { ActContent } from './act-content.ts'
import { askActs, askHours, askTold } from './ask-acts.ts'
import type { ActRow, Span } from './ask-acts.ts'
import { ownerOf } from './device-names.ts'
import type { NamedDevice, Signed } from './device-names.ts'
import { withoutTwins } from './judge-trace.ts'
import type { Logs, Window } from './judge-trace.ts'
import { redactAct } from './redact-act.ts'

/** What is usual is known from the week before. */
const USUAL_MS = 7 * DAY_MS
const TOLD_MS = 90 * DAY_MS

export type LogsAsk = {
  readonly events: EventEngine
  readonly content: readonly ActContent[]
  readonly door: Door
  /** All that the station knows: a line is the one's it names. */
  readonly devices: readonly NamedDevice[]
}
export type Wanted<D extends NamedDevice> = { readonly device: D; readonly window: Window }

export async function gatherLogs<D extends NamedDevice>(
  { events, content, door, devices }: LogsAsk & { readonly devices: readonly D[] },
  wanted: readonly Wanted<D>[],
): Promise<ReadonlyMap<Wanted<D>, Logs>> {
  if (wanted.length === 0) return new Map()
  const span: Span = {
    fromMs: Math.min(...wanted.map(({ window }) => window.fromMs)),
    toMs: Math.max(...wanted.map(({ window }) => window.toMs)),
  }
  const asked = { events, content, devices: [...new Set(wanted.map(({ device }) => device))] }
  const acts = await askActs(asked, span)
  const hours = await askHours(asked, { ...span, fromMs: span.fromMs - USUAL_MS })
  const told = await askTold(asked, { ...span, fromMs: span.toMs - TOLD_MS })
  const owner = ownersAmong(devices)
  const byDevice = <R extends Signed>(rows: readonly R[]) => Map.groupBy(rows, owner)
  const [actsBy, hoursBy, toldBy] = [byDevice(acts), byDevice(hours), byDevice(told)]
  return new Map(
    wanted.map((one) => {
      const { device, window } = one
      const own = (actsBy.get(device) ?? []).filter(
        ({ atMs }) => atMs >= window.fromMs && atMs <= window.toMs,
      )
      const logs: Logs = {
        acts: shownActs(own, door),
        hours: new Set((hoursBy.get(device) ?? []).map(({ hourMs }) => hourMs)),
        tells: new Set((toldBy.get(device) ?? []).map(({ kind }) => kind)),
      }
      return [one, logs] as const
    }),
  )
}

/** Lines are many, and ways to sign them few: each is looked up once. */
function ownersAmong<D extends NamedDevice>(devices: readonly D[]): (row: Signed) => D | undefined {
  const known = new Map<string, D | undefined>()
  return ({ device, deviceIp, sender }) => {
    const key = JSON.stringify([device, deviceIp, sender])
    if (!known.has(key)) known.set(key, ownerOf(devices, { device, deviceIp, sender }))
    return known.get(key)
  }
}

/** Secrets are replaced here, and nothing of a command goes further before. */
export function shownActs(rows: readonly ActRow[], door: Door): readonly DeviceAct[] {
  const acts = rows.map(({ atMs, kind, who, from, text, batch, line }) => ({
    at: new Date(atMs).toISOString(),
    kind,
    who,
    from,
    text: redactAct(text, door),
    batch,
    line,
  }))
  return withoutTwins(acts)
}
