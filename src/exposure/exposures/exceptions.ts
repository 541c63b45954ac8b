// Exceptions: a named owner carries the risk, for a reason, with something that protects meanwhile, and not for ever.

import { DAY_MS, VigieError, timeOrderedId } from '../../core/index.ts'
import type { ExceptionAsk, ExposureException } from '../../model/index.ts'
import type { By } from '../assets/assets.ts'
import type { Work } from '../rows.ts'

const MOST_DAYS = 30

/** The deadline stays visible. Throws EXCEPTION_TOO_LONG, NOT_FOUND. */
export async function makeException(
  work: Work,
  ask: ExceptionAsk,
  { who, nowMs }: By,
): Promise<ExposureException> {
  const most = nowMs + MOST_DAYS * DAY_MS
  const expires = Date.parse(ask.expires)
  if (expires > most || expires <= nowMs)
    throw new VigieError('EXCEPTION_TOO_LONG', {
      expires: ask.expires,
      most: new Date(most).toISOString(),
    })
  const exposure = await work
    .selectFrom('exposure_pairs')
    .select('asset')
    .where('asset', '=', ask.asset)
    .where('vulnerability', '=', ask.vulnerability)
    .executeTakeFirst()
  if (exposure === undefined)
    throw new VigieError('NOT_FOUND', { what: `${ask.vulnerability} @ ${ask.asset}` })
  const id = timeOrderedId(nowMs)
  const { asset, vulnerability, owner, reason, control } = ask
  await work
    .insertInto('exposure_exceptions')
    .values({
      id,
      asset,
      first_asset: asset,
      vulnerability,
      owner,
      reason,
      control,
      by_whom: who,
      made: new Date(nowMs),
      expires: new Date(expires),
      revoked: null,
    })
    .execute()
  return {
    id,
    reason,
    control,
    owner,
    by: who,
    made: new Date(nowMs).toISOString(),
    expires: new Date(expires).toISOString(),
  }
}

/** Throws NOT_FOUND. */
export async function revokeException(work: Work, id: string, { nowMs }: By): Promise<void> {
  const { numUpdatedRows } = await work
    .updateTable('exposure_exceptions')
    .set({ revoked: new Date(nowMs) })
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: id })
}
