// A records database for one test file: laid out, and gone when it is closed.

import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRecords } from './records-database.ts'
import type { Records } from './records-schema.ts'

export async function openTemporaryRecords(): Promise<Records> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-records-'))
  const records = await openRecords({ folder: join(folder, 'records') })
  const close = records.destroy.bind(records)
  return Object.assign(records, {
    destroy: async () => {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  })
}
