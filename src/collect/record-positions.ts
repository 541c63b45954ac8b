// How far each file was read, kept in the records.

import type { Records } from '../store/index.ts'
import type { Positions } from './files/positions.ts'

export function recordPositions(records: Records, nowMs: () => number): Positions {
  return {
    get: async (path) => {
      const row = await records
        .selectFrom('positions')
        .selectAll()
        .where('path', '=', path)
        .executeTakeFirst()
      if (row === undefined) return null
      const { inode, position, lines, fingerprint, done } = row
      return {
        inode: Number(inode),
        offset: Number(position),
        lines: Number(lines),
        fingerprint,
        done,
      }
    },
    set: async (path, { inode, offset, lines, fingerprint, done }) => {
      const values = {
        inode: String(inode),
        fingerprint,
        position: offset,
        lines,
        done,
        updated: new Date(nowMs()),
      }
      await records
        .insertInto('positions')
        .values({ path, ...values })
        .onConflict((conflict) => conflict.column('path').doUpdateSet(values))
        .execute()
    },
  }
}
