// Which columns the event table shows, as the address says them.

/** The sentence beside its time: an id such as 4688 says nothing to most people. */
export const FIRST_COLUMNS = [
  'time',
  'message',
  'device_name',
  'user_name',
  'src_ip',
  'dst_ip',
  'dst_port',
  'action',
] as const

const NAME = /^[A-Za-z_][\w.]{0,99}$/u
const MOST = 60

/** `a,b` as column names, each once; the first columns when the address says nothing. */
export function columnsOf(text: string | undefined): readonly string[] {
  if (text === undefined) return FIRST_COLUMNS
  return [...new Set(text.split(','))].filter((name) => NAME.test(name)).slice(0, MOST)
}

/** Moves one column by one place; at the edge it stays. */
export function movedColumn(
  columns: readonly string[],
  name: string,
  by: -1 | 1,
): readonly string[] {
  const at = columns.indexOf(name)
  const to = at + by
  if (at < 0 || to < 0 || to >= columns.length) return columns
  return columns.with(at, columns[to] ?? name).with(to, name)
}

/** In rem. Long texts share what is left. */
export function widthOf(name: string): number | undefined {
  if (name === 'time' || name === 'received') return 11.5
  if (/(?:^|_)ip$/u.test(name)) return 8
  if (/(?:_port|_id|_num|_uid|_status|_type|direction|action|event_code)$/u.test(name)) return 5
  if (/(?:message|raw|_cmd|^url|script|_detail)$/u.test(name)) return undefined
  return 7.5
}
