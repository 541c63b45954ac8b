import { expect, test } from 'vitest'
import { zipOf } from '../../core/zip.test-helper.ts'
import { readKnowledge } from './read-knowledge.ts'

test('a list in a zip is the list', async () => {
  const entry = {
    cveID: 'CVE-2024-21762',
    vendorProject: 'Fortinet',
    product: 'FortiOS',
    dateAdded: '2026-08-18',
  }
  const list = {
    catalogVersion: '2026.08.20',
    dateReleased: '2026-08-20T08:00:00Z',
    count: 1,
    vulnerabilities: [entry],
  }
  const bytes = async function* () {
    yield zipOf({ name: 'kev.json', bytes: Buffer.from(JSON.stringify(list, null, 2)) })
  }
  expect(await readKnowledge({ file: 'kev.zip', bytes: bytes() })).toMatchObject([
    { kind: 'kev', told: [{ id: 'CVE-2024-21762' }] },
  ])
})
