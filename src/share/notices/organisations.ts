// Who can be told at a hub: what members registered by their link, and what the hub's people entered. Only a person of the hub
// confirms that somebody holds what it claims: whoever claimed another's addresses would be told another's troubles.

import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DAY_MS, VigieError, canonicalJson } from '../../core/index.ts'
import { NoticeContactSchema, RegistrationSchema } from '../../model/index.ts'
import type { ConfirmAsk, Registered, Registration } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { listPeers } from '../peer/peers.ts'
import { readHolding } from './holding.ts'
import type { Claim } from './match.ts'

/** Claims are attested anew within a year: an old range sends secrets to the wrong place. */
const VALID_MS = 365 * DAY_MS
export const NoticeContactsSchema = z.array(NoticeContactSchema)

/** In one form. Throws BAD_REQUEST with the first holding that cannot be held. */
export function cleanRegistration(registration: Registration): Registration {
  const holdings = registration.holdings.map((holding) => {
    const read = readHolding(holding)
    if (read.ok) return { ...holding, value: read.value }
    const say = wordsOf('en').notices.holdings
    throw new VigieError('BAD_REQUEST', {
      met: `${holding.kind} ${holding.value}`.slice(0, 200),
      expected: say.problems[read.problem],
    })
  })
  const unique = new Map(holdings.map((one) => [`${one.kind} ${one.value}`, one]))
  return { ...registration, holdings: [...unique.values()] }
}

export function registrationDigest(registration: Registration): string {
  return createHash('sha256').update(canonicalJson(registration)).digest('hex')
}

export type Entering = {
  readonly id: string
  readonly registration: Registration
  readonly source: Registered['source']
  readonly who: string
  readonly nowMs: number
}

/**
 * In the place of what was registered before. What a member claims anew waits for a person of the hub; what the hub's people enter is
 * confirmed by that. Confirmations of what stays are kept.
 */
export async function enterOrganisation(records: Records, entering: Entering): Promise<void> {
  const { id, source, who, nowMs } = entering
  const { name, sector, region, mayGoUp, contacts, holdings } = cleanRegistration(
    entering.registration,
  )
  const values = {
    name,
    sector,
    region,
    may_go_up: mayGoUp,
    contacts: JSON.stringify(contacts),
    source,
    entered_by: who.slice(0, 200),
    digest: registrationDigest(entering.registration),
    made: new Date(nowMs),
    until: new Date(nowMs + VALID_MS),
  }
  const own =
    source === 'operator'
      ? { confirmed: new Date(nowMs), confirmed_by: who }
      : { confirmed: null, confirmed_by: null }
  await records.transaction().execute(async (step) => {
    await step
      .insertInto('notice_organisations')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
    const before = await step
      .selectFrom('notice_holdings')
      .select(['kind', 'value', 'confirmed', 'confirmed_by'])
      .where('organisation', '=', id)
      .execute()
    const kept = new Map(before.map((one) => [`${one.kind} ${one.value}`, one]))
    await step.deleteFrom('notice_holdings').where('organisation', '=', id).execute()
    if (holdings.length === 0) return
    await step
      .insertInto('notice_holdings')
      .values(
        holdings.map(({ kind, value, shared }) => {
          const former = kept.get(`${kind} ${value}`)
          const isKept = former !== undefined && former.confirmed !== null
          const { confirmed, confirmed_by } = isKept ? former : own
          return { organisation: id, kind, value, shared, confirmed, confirmed_by }
        }),
      )
      .execute()
  })
}

/** The id that somebody means: of an organisation here, or the name of a member; a new one for nobody. */
export async function organisationId(records: Records, meant: string | undefined): Promise<string> {
  if (meant === undefined) return `organisation--${randomUUID()}`
  if (meant.includes('--')) return meant
  const peer = (await listPeers(records)).find(
    ({ name, role }) => name === meant && role === 'member',
  )
  if (peer?.identity === null || peer === undefined)
    throw new VigieError('NOT_FOUND', { what: meant })
  return peer.identity
}

/** How many holdings changed. */
export async function confirmHoldings(
  records: Records,
  { organisation, holdings, confirmed }: ConfirmAsk,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<number> {
  const set = confirmed
    ? { confirmed: new Date(nowMs), confirmed_by: who }
    : { confirmed: null, confirmed_by: null }
  const rows = await records
    .updateTable('notice_holdings')
    .set(set)
    .where('organisation', '=', organisation)
    .where('confirmed', confirmed ? 'is' : 'is not', null)
    .$if(holdings !== undefined, (query) =>
      query.where((by) =>
        by.or(
          (holdings ?? []).map(({ kind, value }) =>
            by.and([by('kind', '=', kind), by('value', '=', value)]),
          ),
        ),
      ),
    )
    .returning('value')
    .execute()
  return rows.length
}

export async function removeOrganisation(records: Records, id: string): Promise<boolean> {
  const { numDeletedRows } = await records
    .deleteFrom('notice_organisations')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function listOrganisations(records: Records): Promise<readonly Registered[]> {
  const rows = await records
    .selectFrom('notice_organisations')
    .selectAll()
    .orderBy('name')
    .execute()
  const holdings = Map.groupBy(
    await records
      .selectFrom('notice_holdings')
      .selectAll()
      .orderBy('kind')
      .orderBy('value')
      .execute(),
    ({ organisation }) => organisation,
  )
  const peers = new Map((await listPeers(records)).map(({ identity, name }) => [identity, name]))
  return rows.map((row) => ({
    ...RegistrationSchema.omit({ holdings: true }).parse({ ...row, mayGoUp: row.may_go_up }),
    id: row.id,
    peer: peers.get(row.id) ?? null,
    source: row.source === 'member' ? 'member' : 'operator',
    enteredBy: row.entered_by,
    made: row.made.toISOString(),
    until: row.until.toISOString(),
    holdings: (holdings.get(row.id) ?? []).map(
      ({ kind, value, shared, confirmed, confirmed_by: by }) => ({
        ...RegistrationSchema.shape.holdings.element.parse({ kind, value, shared }),
        confirmed: confirmed?.toISOString() ?? null,
        confirmedBy: by,
      }),
    ),
  }))
}

export async function readClaims(records: Records): Promise<readonly Claim[]> {
  const rows = await records.selectFrom('notice_holdings').selectAll().execute()
  return rows.map(({ organisation, kind, value, shared, confirmed }) => ({
    ...RegistrationSchema.shape.holdings.element.parse({ kind, value, shared }),
    organisation,
    isConfirmed: confirmed !== null,
  }))
}
