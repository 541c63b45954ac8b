// Exceptions, against a real records database.

import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../core/index.ts'
import {
  at,
  room,
  scan,
  know,
  open,
  advisory,
  ESTATE,
  kevOf,
  FORTIOS,
  RECORD,
} from './exposure-room.test-helper.ts'

describe('exceptions', () => {
  test('keep the deadline in sight, end, and are never longer than thirty days', async () => {
    await scan('estate.csv', ESTATE)
    await know('record.json', RECORD)
    const [exposure] = await open({ vulnerability: 'CVE-2024-21762' })
    const ask = {
      asset: exposure?.asset ?? '',
      vulnerability: 'CVE-2024-21762',
      owner: 'the clerk',
      reason: 'The upgrade needs new hardware.',
      control: 'Access is limited to two addresses; tested.',
      expires: new Date(at.nowMs + 10 * DAY_MS).toISOString(),
    }
    await room.except(ask, 'anna')
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toMatchObject([
      { due: exposure?.due, exception: { owner: 'the clerk' } },
    ])
    expect(
      (await room.advisories({ limit: 10, offset: 0 })).advisories.find(
        ({ vulnerability }) => vulnerability === 'CVE-2024-21762',
      ),
    ).toMatchObject({ excepted: 1, due: null })
    at.nowMs += 11 * DAY_MS
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toMatchObject([
      { exception: null, overdue: true },
    ])
    await expect(
      room.except({ ...ask, expires: new Date(at.nowMs + 31 * DAY_MS).toISOString() }, 'anna'),
    ).rejects.toMatchObject({ code: 'EXCEPTION_TOO_LONG' })
  })
})

test('an exception holds for what waits to be decided too', async () => {
  await scan('estate.csv', ESTATE)
  await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
  const [waiting] = await open({ state: 'unsure' })
  await room.except(
    {
      asset: waiting?.asset ?? '',
      vulnerability: 'CVE-2024-21762',
      owner: 'the clerk',
      reason: 'The maker is asked for the version.',
      control: 'Access is limited to two addresses; tested.',
      expires: new Date(at.nowMs + 10 * DAY_MS).toISOString(),
    },
    'anna',
  )
  expect(await open({ state: 'unsure' })).toMatchObject([{ exception: { owner: 'the clerk' } }])
  expect(await advisory('CVE-2024-21762')).toMatchObject({ unsure: 1, excepted: 1, due: null })
})
