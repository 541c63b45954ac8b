// One export into the records: all of it or nothing, in one transaction, and the source's accounts made anew.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { VigieError } from '../core/index.ts'
import type { Records, RecordsTransaction } from '../store/index.ts'
import { derive } from './accounts/derive.ts'
import type { Account, Derived } from './accounts/derive.ts'
import type { Knowledge } from './accounts/knowledge.ts'
import { readFiles } from './read-files.ts'
import { ROW_KINDS, fieldsOf, shown } from './read/row.ts'
import type { Export, Json, Row } from './read/row.ts'

type Step = RecordsTransaction

export type ImportAsk = {
  readonly file: string
  readonly bytes: Uint8Array
  /** Directory the export is of; its system's name unless several of a kind are watched. */
  readonly source?: string | undefined
  readonly form?: string | undefined
  readonly who: string
  readonly nowMs: number
}

export type ImportedPart = {
  readonly file: string
  readonly source: string
  readonly system: string
  readonly part: string
  readonly rows: number
}

/** Rows in one statement: a few megabytes of JSON. */
const CHUNK = 5000

/** Throws IDENTITY_FILE_REFUSED with the place; the records are then as they were. */
export async function importExport(
  records: Records,
  knowledge: Knowledge,
  ask: ImportAsk,
): Promise<ImportedPart> {
  const made = await readFiles(ask)
  const parts = made.map((one): Arrived => {
    const sha256 = createHash('sha256').update(one.bytes).digest('hex')
    const { who, nowMs } = ask
    const origin = { file: one.file, sha256, who, nowMs }
    return { source: ask.source ?? one.made.system, made: one.made, origin }
  })
  await storeExports(records, knowledge, parts)
  const unique = (values: readonly string[]) => [...new Set(values)].join(', ')
  return {
    file: ask.file,
    source: unique(parts.map(({ source }) => source)),
    system: unique(parts.map(({ made: { system } }) => system)),
    part: unique(parts.map(({ made: { part } }) => part)),
    rows: parts.reduce((sum, { made: { rows } }) => sum + rows.length, 0),
  }
}

export type Origin = {
  readonly file: string
  readonly sha256: string
  readonly who: string
  readonly nowMs: number
}
type Arrived = { readonly source: string; readonly made: Export; readonly origin: Origin }

/** Takes the place of what the source's part held before. Throws IDENTITY_FILE_REFUSED when it is older than that. */
export async function storeExport(
  records: Records,
  knowledge: Knowledge,
  arrived: Arrived,
): Promise<ImportedPart> {
  const { source, made, origin } = arrived
  await storeExports(records, knowledge, [arrived])
  return { file: origin.file, source, system: made.system, part: made.part, rows: made.rows.length }
}

/** All of them in one transaction. */
async function storeExports(
  records: Records,
  knowledge: Knowledge,
  all: readonly Arrived[],
): Promise<void> {
  await records.transaction().execute(async (step) => {
    for (const arrived of all) {
      const { source, made, origin } = arrived
      await refuseOlder(step, source, made, origin.file)
      await replacePart(step, source, made)
      await notePart(step, arrived)
    }
    for (const source of new Set(all.map((one) => one.source)))
      await deriveSource(step, source, knowledge)
    // Without counts the planner walks every account for every other.
    await sql`ANALYZE identity_rows, identity_accounts, identity_roles`.execute(step)
  })
}

/** An export that says when it was made never takes the place of a newer one. */
async function refuseOlder(
  step: Step,
  source: string,
  { part, madeAt }: Export,
  file: string,
): Promise<void> {
  if (madeAt === undefined) return
  const known = await step
    .selectFrom('identity_parts')
    .select('made')
    .where('source', '=', source)
    .where('part', '=', part)
    .executeTakeFirst()
  if (
    known?.made === undefined ||
    known.made === null ||
    known.made.getTime() <= Date.parse(madeAt)
  )
    return
  throw new VigieError('IDENTITY_FILE_REFUSED', {
    file: shown(file),
    place: '',
    problem: 'older',
    met: madeAt,
  })
}

async function replacePart(step: Step, source: string, { part, rows }: Export): Promise<void> {
  await sql`DELETE FROM identity_rows WHERE source = ${source} AND part = ${part}`.execute(step)
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = JSON.stringify(rows.slice(at, at + CHUNK))
    await sql`INSERT INTO identity_rows (source, part, kind, id, body)
      SELECT ${source}, ${part}, r.kind, r.id, r.body
      FROM jsonb_to_recordset(${chunk}::jsonb) AS r(kind text, id text, body jsonb)`.execute(step)
  }
}

async function notePart(step: Step, { source, made, origin }: Arrived): Promise<void> {
  const seen = {
    system: made.system,
    file: origin.file,
    sha256: origin.sha256,
    rows: made.rows.length,
    imported: new Date(origin.nowMs),
    imported_by: origin.who,
  }
  const part = { ...seen, fields: JSON.stringify(fieldsOf(made)), made: made.madeAt ?? null }
  await step
    .insertInto('identity_parts')
    .values({ source, part: made.part, ...part })
    .onConflict((on) => on.columns(['source', 'part']).doUpdateSet(part))
    .execute()
  await step
    .insertInto('identity_imports')
    .values({ source, part: made.part, ...seen })
    .execute()
}

/** Makes the accounts and effective roles of one source from its rows. */
export async function deriveSource(
  step: Step,
  source: string,
  knowledge: Knowledge,
): Promise<void> {
  const found = await sql<{ kind: string; id: string; body: { readonly [key: string]: Json } }>`
    SELECT kind, id, body FROM identity_rows WHERE source = ${source}
    AND kind IN ('account', 'factor', 'role', 'member', 'policy', 'setting')`.execute(step)
  const rows = found.rows.flatMap((one): Row[] => {
    const kind = ROW_KINDS.find((known) => known === one.kind)
    return kind === undefined ? [] : [{ kind, id: one.id, body: one.body }]
  })
  const links = await step
    .selectFrom('identity_links')
    .selectAll()
    .where('source', '=', source)
    .execute()
  const confirmed = new Map(links.map(({ account, person }) => [account, person]))
  const parts = await sql<{ has: boolean | null }>`
    SELECT bool_or(fields ?| array['factor', 'account.mfa']) AS has FROM identity_parts WHERE source = ${source}`.execute(
    step,
  )
  const said = { confirmed, hasFactors: parts.rows[0]?.has === true }
  await storeDerived(step, source, derive(rows, knowledge, said))
}

async function storeDerived(
  step: Step,
  source: string,
  { accounts, held }: Derived,
): Promise<void> {
  await sql`DELETE FROM identity_accounts WHERE source = ${source}`.execute(step)
  await sql`DELETE FROM identity_roles WHERE source = ${source}`.execute(step)
  const system = await sql<{
    system: string
  }>`SELECT min(system) AS system FROM identity_parts WHERE source = ${source}`.execute(step)
  const name = system.rows[0]?.system ?? source
  for (let at = 0; at < accounts.length; at += CHUNK) {
    const chunk = JSON.stringify(accounts.slice(at, at + CHUNK).map(stored))
    await sql`INSERT INTO identity_accounts
      SELECT ${source}, r.id, ${name}, r.login, r.name, r.mail, r.kind, r.tier, r.assurance, r.strongest, r.person,
        r.enabled, r.guest, r.synced, r.mailbox, r.mfa, r.created, r.password_set, r.last_interactive, r.last_use,
        r.expires, r.owner, r.manager, coalesce(r.flags, '[]'), coalesce(r.spns, '[]'), r.detail
      FROM jsonb_to_recordset(${chunk}::jsonb) AS r(id text, login text, name text, mail text, kind text, tier int,
        assurance text, strongest text, person text, enabled boolean, guest boolean, synced boolean, mailbox boolean,
        mfa boolean, created timestamptz, password_set timestamptz, last_interactive timestamptz, last_use timestamptz,
        expires timestamptz, owner text, manager text, flags jsonb, spns jsonb, detail jsonb)`.execute(
      step,
    )
  }
  for (let at = 0; at < held.length; at += CHUNK) {
    const chunk = JSON.stringify(held.slice(at, at + CHUNK))
    await sql`INSERT INTO identity_roles
      SELECT ${source}, r.account, r.role, r.template, r.tier, r.via
      FROM jsonb_to_recordset(${chunk}::jsonb) AS r(account text, role text, template text, tier int, via text)`.execute(
      step,
    )
  }
}

function stored({ body, ...account }: Account) {
  const uses = [body['lastInteractive'], body['lastNonInteractive']]
    .filter((one) => typeof one === 'string')
    .toSorted()
  return {
    ...account,
    mail: body['mail'],
    enabled: body['enabled'],
    guest: body['guest'],
    synced: body['synced'],
    mailbox: body['mailbox'],
    mfa: body['mfa'],
    created: body['created'],
    password_set: body['passwordSet'],
    last_interactive: body['lastInteractive'],
    last_use: uses.at(-1),
    expires: body['expires'],
    owner: body['owner'],
    manager: body['manager'],
    flags: body['flags'],
    spns: body['spns'],
    detail: Object.fromEntries(Object.entries(body).filter(([key]) => !COLUMNS.has(key))),
  }
}

/** What stands in a column of its own is not kept twice. */
const COLUMNS = new Set([
  'login',
  'name',
  'mail',
  'enabled',
  'guest',
  'synced',
  'mailbox',
  'mfa',
  'created',
  'passwordSet',
  'lastInteractive',
  'lastNonInteractive',
  'expires',
  'owner',
  'manager',
  'flags',
  'spns',
])
