// Knowledge into the records, in one transaction. A list that is older than the one already here is refused.

import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { Feed } from '../../model/index.ts'
import { parseCpe, plainValue } from '../cpe/cpe-name.ts'
import { packageOf, parsePurl } from '../purl/purl.ts'
import { inBulk, insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import { foldName, productKeys } from './criterion.ts'
import type { Criterion } from './criterion.ts'
import type { Loaded, Told } from './knowledge.ts'
import { knownOf, onlyChanged } from './told-before.ts'
import { isAhead, refuseImplausible } from './unusable.ts'

export type LoadContext = { readonly nowMs: number; readonly who: string; readonly sha256: string }
export type LoadWritten = {
  readonly feed: Feed
  readonly unchanged: boolean
  readonly added: number
  readonly changed: number
  readonly older: number
  readonly newlyExploited: readonly string[]
  /** Vulnerabilities of which something may have changed. */
  readonly touched: readonly string[]
}

const UNCHANGED = {
  unchanged: true,
  added: 0,
  changed: 0,
  older: 0,
  newlyExploited: [],
  touched: [],
}

/** Throws FEED_GOES_BACK, and EXPOSURE_FILE_REFUSED where it cannot be what it says it is. */
export async function writeKnowledge(
  work: Work,
  loaded: Loaded,
  context: LoadContext,
): Promise<LoadWritten> {
  const before = await work
    .selectFrom('exposure_feeds')
    .selectAll()
    .where('name', '=', loaded.name)
    .executeTakeFirst()
  if (before?.sha256 === context.sha256 && before.dated.toISOString() === loaded.dated)
    return { ...UNCHANGED, feed: feedOf(before) }
  const { nowMs } = context
  const listed = loaded.kind === 'kev' ? await listedNow(work) : 0
  refuseImplausible(loaded, { nowMs, listed })
  const isFuture = isAhead(loaded.dated, nowMs)
  const datedBySource = isFuture ? new Date(nowMs).toISOString() : loaded.dated
  const datedAs = datedNow({ ...loaded, dated: datedBySource }, before?.dated)
  const known = await knownOf(work, loaded.told)
  const isNewer = ({ id, dated }: Told) =>
    loaded.kind !== 'cve' ||
    dated === undefined ||
    ((known.get(id)?.datedMs ?? 0) <= Date.parse(dated) && !isAhead(dated, nowMs))
  const newer = loaded.told.filter(isNewer)
  const told = await onlyChanged(
    work,
    newer,
    loaded.kind === 'csaf' || loaded.kind === 'vex' ? loaded.name : loaded.kind,
  )
  await writeTold(work, told, context.nowMs)
  await writeCriteria(work, told)
  await writeSupport(work, loaded)
  const left = loaded.kind === 'kev' ? await endListing(work, loaded, nowMs) : []
  const feed = await writeFeed(work, { ...loaded, dated: datedAs }, context)
  const newlyExploited = told
    .filter(({ id, kev }) => kev !== undefined && known.get(id)?.isListed !== true)
    .map(({ id }) => id)
  const added = told.filter(({ id }) => !known.has(id)).length
  return {
    feed,
    unchanged: false,
    added,
    changed: told.length - added,
    older: loaded.told.length - newer.length,
    newlyExploited,
    touched: [...told.map(({ id }) => id), ...left],
  }
}

/** Single records of CVE and NVD come in any order; lists and documents only go forward. Throws FEED_GOES_BACK. */
function datedNow({ name, kind, dated }: Loaded, before: Date | undefined): string {
  if (before === undefined || Date.parse(dated) >= before.getTime()) return dated
  const known = before.toISOString()
  if (kind !== 'cve' && kind !== 'nvd')
    throw new VigieError('FEED_GOES_BACK', { name, met: dated, known })
  return known
}

const TOLD_COLUMNS =
  'id text, title text, kev jsonb, ssvc jsonb, vector text, score real, epss real, epss_percentile real, dated timestamptz, updated timestamptz'

async function writeTold(work: Work, told: readonly Told[], nowMs: number): Promise<void> {
  const updated = new Date(nowMs).toISOString()
  const rows = new Map(
    told.map((one) => [
      one.id,
      {
        id: one.id,
        title: one.title ?? '',
        kev: one.kev ?? null,
        ssvc: one.ssvc ?? null,
        vector: one.vector ?? '',
        score: one.score ?? null,
        epss: one.epss ?? null,
        epss_percentile: one.percentile ?? null,
        dated: Number.isNaN(Date.parse(one.dated ?? '')) ? null : one.dated,
        updated,
      },
    ]),
  )
  await insertInBulk(work, 'exposure_vulnerabilities', {
    rows: [...rows.values()],
    columns: TOLD_COLUMNS,
    // What an entry does not say stays as another source said it.
    onConflict: `ON CONFLICT (id) DO UPDATE SET title = COALESCE(NULLIF(excluded.title, ''), exposure_vulnerabilities.title),
      kev = COALESCE(excluded.kev, exposure_vulnerabilities.kev), ssvc = COALESCE(excluded.ssvc, exposure_vulnerabilities.ssvc),
      vector = COALESCE(NULLIF(excluded.vector, ''), exposure_vulnerabilities.vector),
      score = COALESCE(excluded.score, exposure_vulnerabilities.score), epss = COALESCE(excluded.epss, exposure_vulnerabilities.epss),
      epss_percentile = COALESCE(excluded.epss_percentile, exposure_vulnerabilities.epss_percentile),
      dated = COALESCE(excluded.dated, exposure_vulnerabilities.dated), updated = excluded.updated`,
  })
}

async function writeCriteria(work: Work, told: readonly Told[]): Promise<void> {
  const given = told.flatMap(({ id, criteria }) =>
    criteria === undefined
      ? []
      : [{ vulnerability: id, source: criteria.source, list: criteria.list }],
  )
  await inBulk(
    work,
    {
      rows: given.map(({ vulnerability, source }) => ({ vulnerability, source })),
      columns: 'vulnerability text, source text',
    },
    (r) => sql`
    DELETE FROM exposure_criteria c USING ${r} WHERE c.vulnerability = r.vulnerability AND c.source = r.source`,
  )
  const rows = given.flatMap(({ vulnerability, source, list }) =>
    list
      .flatMap((content) => keysOf(content).map((product) => ({ product, content })))
      .map((row, number) => ({ vulnerability, source, number, ...row })),
  )
  await insertInBulk(work, 'exposure_criteria', {
    rows,
    columns: 'vulnerability text, source text, number integer, product text, content jsonb',
    onConflict:
      'ON CONFLICT (vulnerability, source, number) DO UPDATE SET product = excluded.product, content = excluded.content',
  })
}

/** Under which names a product of an inventory finds it. */
function keysOf(criterion: Criterion): readonly string[] {
  if (criterion.kind === 'named' || criterion.kind === 'listed')
    return productKeys(criterion.vendor, criterion.product)
  const cpe =
    'cpe' in criterion && criterion.cpe !== undefined ? parseCpe(criterion.cpe) : undefined
  const purl =
    'purl' in criterion && criterion.purl !== undefined ? parsePurl(criterion.purl) : undefined
  return [
    ...(cpe?.ok === true ? [foldName(plainValue(cpe.value.product))] : []),
    ...(purl?.ok === true ? [packageOf(purl.value)] : []),
  ].filter((key) => key !== '')
}

async function writeSupport(work: Work, { support }: Loaded): Promise<void> {
  const rows = [
    ...new Map(support.map((cycle) => [`${cycle.product} ${cycle.cycle}`, cycle])).values(),
  ]
  await insertInBulk(work, 'exposure_support', {
    rows,
    columns: 'product text, cycle text, ends date, released date, latest text',
    onConflict:
      'ON CONFLICT (product, cycle) DO UPDATE SET ends = excluded.ends, released = excluded.released, latest = excluded.latest',
  })
}

async function listedNow(work: Work): Promise<number> {
  const { rows } = await sql<{ listed: number }>`
    SELECT count(*)::int AS listed FROM exposure_vulnerabilities WHERE kev IS NOT NULL`.execute(
    work,
  )
  return rows[0]?.listed ?? 0
}

/** Entries that the list no longer names: CISA takes some back. */
async function endListing(
  work: Work,
  { told, unread = [] }: Loaded,
  nowMs: number,
): Promise<readonly string[]> {
  const named = [...told.map(({ id }) => id), ...unread]
  const { rows } = await sql<{ id: string }>`
    UPDATE exposure_vulnerabilities SET kev = NULL, updated = ${new Date(nowMs)}
    WHERE kev IS NOT NULL AND id NOT IN (SELECT json_array_elements_text(${JSON.stringify(named)}::json))
    RETURNING id`.execute(work)
  const left = rows.map(({ id }) => id)
  await inBulk(
    work,
    { rows: left.map((id) => ({ id })), columns: 'id text' },
    (r) => sql`
    DELETE FROM exposure_told t USING ${r} WHERE t.vulnerability = r.id AND t.source = 'kev'`,
  )
  await inBulk(
    work,
    { rows: left.map((id) => ({ id })), columns: 'id text' },
    (r) => sql`
    DELETE FROM exposure_criteria c USING ${r} WHERE c.vulnerability = r.id AND c.source = 'kev'`,
  )
  return left
}

async function writeFeed(
  work: Work,
  { name, kind, dated, told, support }: Loaded,
  { nowMs, who, sha256 }: LoadContext,
): Promise<Feed> {
  const row = {
    kind,
    dated: new Date(dated),
    loaded: new Date(nowMs),
    entries: told.length + support.length,
    sha256,
    by_whom: who,
  }
  await work
    .insertInto('exposure_feeds')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
  return {
    name,
    kind,
    dated,
    loaded: new Date(nowMs).toISOString(),
    entries: row.entries,
    sha256,
    by: who,
  }
}

type FeedRow = {
  name: string
  kind: string
  dated: Date
  loaded: Date
  entries: string | number
  sha256: string
  by_whom: string
}

export function feedOf({ name, kind, dated, loaded, entries, sha256, by_whom }: FeedRow): Feed {
  const known =
    (['kev', 'cve', 'nvd', 'epss', 'csaf', 'vex', 'eol'] as const).find((one) => one === kind) ??
    'cve'
  return {
    name,
    kind: known,
    dated: dated.toISOString(),
    loaded: loaded.toISOString(),
    entries: Number(entries),
    sha256,
    by: by_whom,
  }
}
