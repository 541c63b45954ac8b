// How far each file was read: in the spool while its lines wait there, then in the records.

import type { Records } from '../store/index.ts'
import type { Positions } from './files/positions.ts'
import type { Mark, Position } from './position.ts'

/** `waiting` tells what the spool holds of a path; that is newer than the records. */
export function recordPositions(
  records: Records,
  waiting: (path: string) => Position | undefined,
): Positions {
  return {
    get: async (path) => {
      const noted = waiting(path)
      if (noted !== undefined) return noted
      const row = await records
        .selectFrom('positions')
        .selectAll()
        .where('path', '=', path)
        .executeTakeFirst()
      if (row === undefined) return null
      const { inode, position, lines, fingerprint, done, seq, cursor } = row
      return {
        inode: Number(inode),
        offset: Number(position),
        lines: Number(lines),
        fingerprint,
        done,
        seq: Number(seq),
        ...(cursor === null ? {} : { cursor }),
      }
    },
  }
}

/** Keeps the newest of each path, in whatever order segments are stored. */
export async function recordMarks(
  records: Records,
  marks: readonly Mark[],
  nowMs: number,
): Promise<void> {
  for (const { path, inode, offset, lines, fingerprint, done, seq, cursor = null } of marks) {
    const updated = new Date(nowMs)
    const values = {
      inode: String(inode),
      fingerprint,
      position: offset,
      lines,
      done,
      seq,
      cursor,
      updated,
    }
    await records
      .insertInto('positions')
      .values({ path, ...values })
      .onConflict((conflict) =>
        conflict.column('path').doUpdateSet(values).where('positions.seq', '<', seq),
      )
      .execute()
  }
}
