// One line that says what an event is: its message, else its telling fields.

import type { EventRow } from '../api-types.ts'

const TELLING = [
  'event_code',
  'action',
  'api_operation',
  'finding_title',
  'user_name',
  'actor_user',
  'src_ip',
  'dst_ip',
  'dst_port',
  'proc_cmd',
  'url',
  'dns_query',
]
const LONGEST = 400

export function eventSentence(row: EventRow): string {
  const { message, raw } = row
  if (message) return message.slice(0, LONGEST)
  const told = TELLING.filter((name) => row[name]).map((name) => `${name}=${row[name]}`)
  return (told.length > 0 ? told.join(' ') : (raw ?? '')).slice(0, LONGEST)
}
