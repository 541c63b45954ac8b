// Datagrams the kernel dropped because our socket buffer was full. Linux shows them by local port; others do not.

import { readFileSync } from 'node:fs'

const TABLES = ['/proc/net/udp', '/proc/net/udp6']

/** Sum over the sockets bound to this port; null where there is no such table. Never throws. */
export function kernelDrops(port: number): number | null {
  let total: number | null = null
  for (const table of TABLES) {
    const text = readTable(table)
    if (text !== null) total = (total ?? 0) + dropsOfPort(text, port)
  }
  return total
}

/** Columns of proc(5) `/proc/net/udp`: `sl local_address … inode ref pointer drops`; addresses are hexadecimal. */
export function dropsOfPort(table: string, port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  let drops = 0
  for (const row of table.split('\n').slice(1)) {
    const columns = row.trim().split(/\s+/)
    const count = Number(columns.at(-1))
    if (columns[1]?.endsWith(suffix) === true && Number.isFinite(count)) drops += count
  }
  return drops
}

function readTable(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null
  }
}
