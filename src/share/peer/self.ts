// Who this station is to others: an identity that is made once, a name that people give it, and whose community's data it holds.

import { randomUUID } from 'node:crypto'
import type { Records } from '../../store/index.ts'
import type { JsonObject } from '../stix/problem.ts'

export type Self = {
  readonly identity: string
  readonly organisation: string
  readonly community: string | null
  readonly createdMs: number
}

/** Makes the identity at first; `name` is what it is called until somebody says otherwise. */
export async function openSelf(records: Records, name: string, nowMs: number): Promise<Self> {
  await records
    .insertInto('share_self')
    .values({
      identity: `identity--${randomUUID()}`,
      organisation: name.slice(0, 200),
      community: null,
      created: new Date(nowMs),
    })
    .onConflict((conflict) => conflict.column('one').doNothing())
    .execute()
  return readSelf(records)
}

export async function readSelf(records: Records): Promise<Self> {
  const row = await records.selectFrom('share_self').selectAll().executeTakeFirstOrThrow()
  const { identity, organisation, community, created } = row
  return { identity, organisation, community, createdMs: created.getTime() }
}

export async function changeSelf(
  records: Records,
  change: { readonly organisation?: string | undefined; readonly community?: string | undefined },
): Promise<void> {
  const { organisation, community } = change
  const set = {
    ...(organisation === undefined ? {} : { organisation }),
    ...(community === undefined ? {} : { community }),
  }
  if (Object.keys(set).length > 0) await records.updateTable('share_self').set(set).execute()
}

/** As others read who made an object. */
export function identityObject({ identity, organisation, createdMs }: Self): JsonObject {
  const created = new Date(createdMs).toISOString()
  return {
    type: 'identity',
    spec_version: '2.1',
    id: identity,
    created,
    modified: created,
    name: organisation,
    identity_class: 'organization',
  }
}
