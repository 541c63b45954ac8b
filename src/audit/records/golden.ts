// Groups of devices in the records: their known-good configuration, who works on them, and what makers say of images.

import type { Selectable } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { Golden, GoldenAsk } from '../../model/index.ts'
import type { GoldenGroupsTable, Records, RecordsTransaction } from '../../store/index.ts'
import type { Known } from '../audit-device.ts'
import { fileName } from '../firmware/firmware-of.ts'
import type { MakersHashes, Told } from '../firmware/firmware-of.ts'
import { readHashes } from '../firmware/read-hashes.ts'
import type { HashList } from '../firmware/read-hashes.ts'
import { groupOf } from '../golden/device-patterns.ts'
import type { Act } from './change-records.ts'
import { getVersion } from './versions.ts'

type Reading = Records | RecordsTransaction

/** A group with its configuration, which is redacted. */
export type GoldenGroup = Golden & {
  readonly config: string | null
  readonly dialect: string | null
}

const MOST_GROUPS = 1000

export async function goldenGroups(records: Reading): Promise<readonly GoldenGroup[]> {
  const rows = await records
    .selectFrom('golden_groups')
    .selectAll()
    .orderBy('name')
    .limit(MOST_GROUPS)
    .execute()
  return rows.map((row) => ({ ...asGolden(row), config: row.config, dialect: row.dialect }))
}

export async function listGolden(records: Reading): Promise<readonly Golden[]> {
  const rows = await records
    .selectFrom('golden_groups')
    .selectAll()
    .orderBy('name')
    .limit(MOST_GROUPS)
    .execute()
  return rows.map(asGolden)
}

function asGolden(row: Selectable<GoldenGroupsTable>): Golden {
  return {
    name: row.name,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by setGolden alone
    devices: row.devices as string[],
    source: row.config === null ? null : row.source,
    isPart: row.is_part,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by setGolden alone
    allows: row.allows as string[],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by setGolden alone
    operators: row.operators as string[],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by setGolden alone
    management: row.management as string[],
    set: row.set_at.toISOString(),
    setBy: row.set_by,
  }
}

/** Sets a group; its configuration stays where no version is named. Throws NOT_FOUND. */
export async function setGolden(
  transaction: RecordsTransaction,
  name: string,
  { ask, act: { who, nowMs } }: { readonly ask: GoldenAsk; readonly act: Act },
): Promise<Golden> {
  const version = ask.version === undefined ? undefined : await getVersion(transaction, ask.version)
  const values = {
    devices: JSON.stringify(ask.devices),
    is_part: ask.isPart,
    allows: JSON.stringify(ask.allows),
    operators: JSON.stringify(ask.operators),
    management: JSON.stringify(ask.management),
    set_at: new Date(nowMs),
    set_by: who,
    ...(version === undefined
      ? {}
      : {
          config: version.row.config,
          dialect: version.row.dialect,
          source: `${version.device} ${version.row.received.toISOString()}`,
        }),
  }
  const row = await transaction
    .insertInto('golden_groups')
    .values({ name, config: null, dialect: null, source: '', ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .returningAll()
    .executeTakeFirstOrThrow()
  return asGolden(row)
}

export type GoldenText = {
  readonly name: string
  readonly source: string
  /** Redacted. */
  readonly config: string
  readonly dialect: string
}

/** Gives a group its configuration. Throws NOT_FOUND where there is no such group. */
export async function setGoldenText(
  records: Reading,
  { name, ...text }: GoldenText,
  { who, nowMs }: Act,
): Promise<Golden> {
  const row = await records
    .updateTable('golden_groups')
    .set({ ...text, set_at: new Date(nowMs), set_by: who })
    .where('name', '=', name)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: name })
  return asGolden(row)
}

/** Throws NOT_FOUND. */
export async function removeGolden(records: Reading, name: string): Promise<void> {
  const { numDeletedRows } = await records
    .deleteFrom('golden_groups')
    .where('name', '=', name)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new VigieError('NOT_FOUND', { what: name })
}

/** What people said of a device. `told`: what its configuration says of its firmware. */
export async function knownOf(
  records: Reading,
  device: string,
  told: readonly Told[],
): Promise<Known> {
  const rows = await records
    .selectFrom('golden_groups')
    .select(['name', 'devices', 'operators'])
    .limit(MOST_GROUPS)
    .execute()
  const groups = rows.map(({ name, devices, operators }) => ({
    name,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by setGolden alone
    devices: devices as string[],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by setGolden alone
    operators: operators as string[],
  }))
  const operators = groupOf(groups, device)?.operators ?? []
  return { operators, hashes: await hashesOf(records, told) }
}

async function hashesOf(records: Reading, told: readonly Told[]): Promise<MakersHashes> {
  const files = told.flatMap(({ fact, what }) =>
    fact === 'hash' ? [fileName(what.split(' ')[0] ?? '')] : [],
  )
  if (files.length === 0) return new Map()
  const rows = await records
    .selectFrom('firmware_hashes')
    .select(['file', 'digest'])
    .where('file', 'in', files)
    .execute()
  const byFile = Map.groupBy(rows, ({ file }) => file)
  return new Map([...byFile].map(([file, all]) => [file, all.map(({ digest }) => digest)]))
}

const AT_ONCE = 5000

/** Takes a maker's list of digests; what is known stays. */
export async function addHashes(
  transaction: RecordsTransaction,
  { text, source }: { readonly text: string; readonly source: string },
  { who, nowMs }: Act,
): Promise<HashList> {
  const list = readHashes(text)
  const taken = { source, taken: new Date(nowMs), taken_by: who }
  for (let at = 0; at < list.hashes.length; at += AT_ONCE) {
    const rows = list.hashes
      .slice(at, at + AT_ONCE)
      .map(({ file, digest }) => ({ file: fileName(file), digest, ...taken }))
    await transaction
      .insertInto('firmware_hashes')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return list
}
