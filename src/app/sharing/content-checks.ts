// Checks of configurations that hubs send: run beside the station's own on what comes, and over the versions that are stored.

import { z } from 'zod'
import { lookBackWith, parseCheck } from '../../audit/index.ts'
import type { Check, MetDevice } from '../../audit/index.ts'
import { raiseAlerts } from '../../detect/index.ts'
import type { ContentDesk, Sightings, UsedContent } from '../../share/index.ts'
import type { Core } from '../core.ts'
import { madeOf, sumOf } from './content-kind.ts'
import type { ContentKindDesk } from './content-kind.ts'
import type { SharingOptions } from './parts.ts'

type Parts = Pick<SharingOptions, 'core' | 'clock' | 'auditTools' | 'onTrouble'>

export function checksOfHubs(parts: Parts): ContentKindDesk {
  const { core } = parts
  return {
    put: async (used) => {
      const stopped = await stoppedOnes(core)
      const make = (one: UsedContent) => ({
        object: one.object,
        check: boundedCheck(parts, one, stopped),
      })
      core.hubChecks.use(madeOf(used, make, parts.onTrouble))
    },
    look: async (used) =>
      new Map(used.map(({ object }) => [object, { kind: 'looking', search: 'versions' }])),
    looked: (used) => looked(parts, used),
    met: async (used) => {
      const met = new Map<string, Sightings>()
      for (const one of used) {
        const { devices } = await step(parts, one, { isRinging: false })
        const sum = sightingsOf(devices)
        if (sum !== undefined) met.set(one.object, sum)
      }
      return met
    },
  }
}

const keyOf = ({ peer, object, version }: UsedContent) => `${peer} ${object} ${version}`

async function stoppedOnes({ store }: Core): Promise<ReadonlySet<string>> {
  const rows = await store.records
    .selectFrom('share_content')
    .select(['peer', 'object', 'version'])
    .where('stopped', 'is not', null)
    .execute()
  return new Set(rows.map(({ peer, object, version }) => `${peer} ${object} ${version}`))
}

/** What it says of itself is kept; it stops for good when it takes too long, and the records say so. */
function boundedCheck(
  { core, onTrouble }: Parts,
  used: UsedContent,
  stopped: ReadonlySet<string>,
): Check {
  let isOpen = stopped.has(keyOf(used))
  const open = (reason: string) => {
    isOpen = true
    void core.store.records
      .updateTable('share_content')
      .set({ stopped: reason })
      .where('peer', '=', used.peer)
      .where('object', '=', used.object)
      .where('version', '=', used.version)
      .execute()
      .catch(onTrouble)
  }
  return { ...parseCheck(used.text, 'check.yml'), breaker: { isOpen: () => isOpen, open } }
}

const MetSchema = z.array(z.object({ device: z.string(), firstMs: z.number(), lastMs: z.number() }))

type Step = { readonly devices: readonly MetDevice[]; readonly isMore: boolean }

/** A few versions further. What was met, and how far it was looked, is written with the alerts it raises. */
async function step(
  { core, clock, auditTools }: Parts,
  { peer, object, version }: UsedContent,
  { isRinging }: { readonly isRinging: boolean },
): Promise<Step> {
  const check = core.hubChecks.checkOf(object)
  if (check === undefined) return { devices: [], isMore: false }
  const nowMs = clock.nowMs()
  return core.store.records.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('share_content')
      .select(['met', 'upto'])
      .where('peer', '=', peer)
      .where('object', '=', object)
      .where('version', '=', version)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return { devices: [], isMore: false }
    const before = MetSchema.parse(row.met)
    const looking = { transaction, tools: auditTools(), check, after: row.upto, nowMs }
    const { met, upto, isMore, alerts } = await lookBackWith(looking)
    const devices = together(before, met)
    if (upto !== row.upto)
      await transaction
        .updateTable('share_content')
        .set({ met: JSON.stringify(devices), upto })
        .where('peer', '=', peer)
        .where('object', '=', object)
        .execute()
    if (isRinging)
      for (const { findings, rules } of alerts)
        await raiseAlerts(transaction, findings, { rules, nowMs })
    return { devices, isMore }
  })
}

const MOST_DEVICES = 10_000

function together(before: readonly MetDevice[], met: readonly MetDevice[]): readonly MetDevice[] {
  const byDevice = new Map(before.map((one) => [one.device, one]))
  for (const one of met) {
    const known = byDevice.get(one.device) ?? one
    byDevice.set(one.device, {
      device: one.device,
      firstMs: Math.min(known.firstMs, one.firstMs),
      lastMs: Math.max(known.lastMs, one.lastMs),
    })
  }
  return [...byDevice.values()].slice(0, MOST_DEVICES)
}

/** Counted by devices. */
function sightingsOf(devices: readonly MetDevice[]): Sightings | undefined {
  return sumOf(devices.map(({ firstMs, lastMs }) => ({ count: 1, firstMs, lastMs })))
}

async function looked(parts: Parts, used: UsedContent): ReturnType<ContentDesk['looked']> {
  const { core } = parts
  const { devices, isMore } = await step(parts, used, { isRinging: true })
  if (core.hubChecks.checkOf(used.object)?.breaker?.isOpen() === true)
    return { kind: 'failed', reason: 'one of its patterns takes too long; it is stopped' }
  if (isMore) return { kind: 'running' }
  core.live.alertsChanged()
  return { kind: 'done', met: sightingsOf(devices), span: await versionsSpan(core) }
}

async function versionsSpan({ store }: Core) {
  const { first, last } = await store.records
    .selectFrom('audit_versions')
    .select((by) => [by.fn.min('received').as('first'), by.fn.max('last_seen').as('last')])
    .executeTakeFirstOrThrow()
  // Of no rows the engine gives null, which its types do not say.
  const [from, to]: (Date | null | undefined)[] = [first, last]
  return from && to ? { fromMs: from.getTime(), toMs: to.getTime() } : undefined
}
