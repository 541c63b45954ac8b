// Scans and lists handed in, against a real records database.

import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../core/index.ts'
import { at, room, scan, open, ESTATE } from './exposure-room.test-helper.ts'

describe('imports', () => {
  test('the same file twice creates nothing and closes nothing', async () => {
    const first = await scan('estate.csv', ESTATE)
    expect(first).toMatchObject({ tool: 'csv', assets: 3, newAssets: 3, created: 1, exposures: 1 })
    at.nowMs += DAY_MS
    expect(await scan('estate.csv', ESTATE)).toMatchObject({
      newAssets: 0,
      created: 0,
      closed: 0,
      reopened: 0,
      same: 1,
      exposures: 0,
    })
  })

  test('another title or severity is the same finding', async () => {
    await scan('a.csv', 'host,cve,severity,title\nweb1,CVE-2024-1000,low,Old title\n')
    expect(
      await scan('a.csv', 'host,cve,severity,title\nweb1,CVE-2024-1000,critical,New title\n'),
    ).toMatchObject({ created: 0, same: 1 })
    expect(await open()).toMatchObject([{ severity: 'critical', vulnerability: 'CVE-2024-1000' }])
  })

  test('what a complete rescan no longer reports is fixed, with the rescan as proof, and opens again', async () => {
    const both = 'host,cve\nweb1,CVE-2024-1000\nweb1,CVE-2024-2000\n'
    await scan('a.csv', both)
    expect(await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n')).toMatchObject({ closed: 0 })
    at.nowMs += DAY_MS
    expect(
      await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n', { complete: 'true' }),
    ).toMatchObject({ closed: 1 })
    expect(await open({ state: 'fixed' })).toMatchObject([
      { vulnerability: 'CVE-2024-2000', proof: 'rescan' },
    ])
    at.nowMs += DAY_MS
    expect(await scan('a.csv', both)).toMatchObject({ reopened: 1, created: 0 })
    const reopened = await open({ vulnerability: 'CVE-2024-2000' })
    // Within ninety days the clock goes on.
    expect(reopened).toMatchObject([{ reopened: 1, detected: '2026-08-20T12:00:00Z', proof: '' }])
  })

  test('a file that cannot be read leaves everything as it was', async () => {
    await scan('estate.csv', ESTATE)
    await expect(
      scan('bad.xml', '<nmaprun><host><address addr="192.0.2.99"/></host><host'),
    ).rejects.toMatchObject({ code: 'EXPOSURE_FILE_REFUSED' })
    expect((await room.assets({ text: '', limit: 10, offset: 0 })).total).toBe(3)
  })
})
