// What analysts do with campaigns, each act kept with what was before, so that it can be taken back: the newest first, where two
// touched the same campaign.

import { z } from 'zod'
import { VigieError, timeOrderedId } from '../../core/index.ts'
import type { CampaignAct } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'

const SnapshotSchema = z.object({
  campaigns: z.array(z.object({ id: z.string(), name: z.string(), state: z.string() })),
  reports: z.array(z.object({ id: z.string(), campaign: z.string().nullable() })),
})
type Snapshot = z.infer<typeof SnapshotSchema>
type Actor = { readonly who: string; readonly nowMs: number }

/** The id of the act; of a split also that of the new campaign. Throws NOT_FOUND, BAD_REQUEST. */
export async function actOnCampaign(
  records: Records,
  act: CampaignAct,
  { who, nowMs }: Actor,
): Promise<{ readonly act: string; readonly campaign: string }> {
  return records.transaction().execute(async (step) => {
    const named = act.act === 'merge' ? [act.campaign, act.into] : [act.campaign]
    const before = await snapshot(step, named)
    if (before.campaigns.length < new Set(named).size || new Set(named).size < named.length)
      throw new VigieError('NOT_FOUND', { what: named.join(', ') })
    const campaign = await apply(step, act, { before, who, nowMs })
    const touched = [...new Set([...named, campaign])]
    const id = timeOrderedId(nowMs)
    await step
      .insertInto('campaign_acts')
      .values({
        id,
        at: new Date(nowMs),
        who,
        act: act.act,
        campaigns: JSON.stringify(touched),
        before: JSON.stringify(before),
        after: JSON.stringify(await snapshot(step, touched)),
      })
      .execute()
    return { act: id, campaign }
  })
}

async function snapshot(records: Records, ids: readonly string[]): Promise<Snapshot> {
  const campaigns = await records
    .selectFrom('campaigns')
    .select(['id', 'name', 'state'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  const reports = await records
    .selectFrom('campaign_reports')
    .select(['id', 'campaign'])
    .where('campaign', 'in', ids)
    .orderBy('id')
    .execute()
  return { campaigns, reports }
}

type Applying = Actor & { readonly before: Snapshot }

/** The campaign that stands afterwards. */
async function apply(
  records: Records,
  act: CampaignAct,
  { before, who, nowMs }: Applying,
): Promise<string> {
  const now = new Date(nowMs)
  const set = (id: string, change: { readonly name?: string; readonly state?: string }) =>
    records
      .updateTable('campaigns')
      .set({ ...change, changed: now, changed_by: who })
      .where('id', '=', id)
      .execute()
  const move = (reports: readonly string[], campaign: string) =>
    records
      .updateTable('campaign_reports')
      .set({ campaign, by_whom: who })
      .where('id', 'in', reports)
      .execute()
  if (act.act === 'confirm') await set(act.campaign, { state: 'confirmed' })
  if (act.act === 'dismiss') await set(act.campaign, { state: 'dismissed' })
  if (act.act === 'rename') await set(act.campaign, { name: act.name })
  if (act.act === 'merge') {
    const theirs = before.reports
      .filter(({ campaign }) => campaign === act.campaign)
      .map(({ id }) => id)
    if (theirs.length > 0) await move(theirs, act.into)
    await set(act.campaign, { state: 'merged' })
    return act.into
  }
  if (act.act !== 'split') return act.campaign
  const here = new Set(before.reports.map(({ id }) => id))
  const out = act.reports.filter((id) => here.has(id))
  if (out.length === 0 || out.length === here.size) throw refusedSplit(out.length, here.size)
  const id = timeOrderedId(nowMs)
  const name = before.campaigns.find((one) => one.id === act.campaign)?.name ?? id
  await records
    .insertInto('campaigns')
    .values({
      id,
      name: `${name} (2)`.slice(0, 120),
      state: 'proposed',
      made: now,
      changed: now,
      changed_by: who,
    })
    .execute()
  await move(out, id)
  return id
}

/** Takes an act back. Reports that came since stay where they are. Throws NOT_FOUND, BAD_REQUEST where a later act stands in the way. */
export async function undoCampaignAct(
  records: Records,
  id: string,
  { who, nowMs }: Actor,
): Promise<void> {
  await records.transaction().execute(async (step) => {
    const row = await step
      .selectFrom('campaign_acts')
      .selectAll()
      .where('id', '=', id)
      .where('undone', 'is', null)
      .executeTakeFirst()
    if (row === undefined) throw new VigieError('NOT_FOUND', { what: id })
    const touched = new Set(z.array(z.string()).parse(row.campaigns))
    const later = await step
      .selectFrom('campaign_acts')
      .select(['id', 'campaigns'])
      .where('id', '>', id)
      .where('undone', 'is', null)
      .execute()
    const inTheWay = later.find(({ campaigns }) =>
      z
        .array(z.string())
        .parse(campaigns)
        .some((one) => touched.has(one)),
    )
    if (inTheWay !== undefined) throw inItsWay(inTheWay.id)
    const before = SnapshotSchema.parse(row.before)
    for (const { id: report, campaign } of before.reports)
      await step
        .updateTable('campaign_reports')
        .set({ campaign, by_whom: who })
        .where('id', '=', report)
        .execute()
    for (const { id: campaign, name, state } of before.campaigns)
      await step
        .updateTable('campaigns')
        .set({ name, state, changed: new Date(nowMs), changed_by: who })
        .where('id', '=', campaign)
        .execute()
    const known = new Set(before.campaigns.map((one) => one.id))
    for (const campaign of touched)
      if (!known.has(campaign)) await emptied(step, campaign, [...known][0] ?? campaign)
    await step
      .updateTable('campaign_acts')
      .set({ undone: new Date(nowMs) })
      .where('id', '=', id)
      .execute()
  })
}

/** A campaign that the act made is no more; what joined it since goes where it came from. */
async function emptied(records: Records, campaign: string, home: string): Promise<void> {
  await records
    .updateTable('campaign_reports')
    .set({ campaign: home })
    .where('campaign', '=', campaign)
    .execute()
  await records
    .updateTable('campaigns')
    .set({ state: 'merged' })
    .where('id', '=', campaign)
    .execute()
}

function refusedSplit(named: number, all: number): VigieError {
  const { met, expected } = wordsOf('en').campaigns.badSplit
  return new VigieError('BAD_REQUEST', { met: met(named, all), expected })
}

function inItsWay(act: string): VigieError {
  const { met, expected } = wordsOf('en').campaigns.laterAct
  return new VigieError('BAD_REQUEST', { met: met(act), expected })
}
