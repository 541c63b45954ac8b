// Figures that the event engine counts for evidence, and which addresses are inside.

import { trusted } from '../../store/index.ts'
import type { Seen } from './proof.ts'

/** One row of figures, by a statement that stands in the source or in content. */
export async function figures({ core }: Seen, text: string): Promise<readonly number[]> {
  const found = await core.store.events.ask.query<{ figures: readonly (string | number)[] }>(
    trusted(text),
  )
  return (found.rows[0]?.figures ?? []).map(Number)
}

/** Addresses that do not come from the internet (RFC 6890), IPv4 as mapped into IPv6. */
export function ofOurs(column: 'src_ip' | 'dst_ip'): string {
  return `(match(toString(${column}), '^::ffff:(10|127|0)\\\\.|^::ffff:192\\\\.168\\\\.|^::ffff:169\\\\.254\\\\.|^::ffff:172\\\\.(1[6-9]|2[0-9]|3[01])\\\\.|^::ffff:100\\\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\\\.|^f[cd]|^fe80|^::1?$'))`
}
