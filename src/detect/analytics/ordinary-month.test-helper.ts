// A month of ordinary life of forty people, written by the engine: what they sign in to, run, read, call and ask for, on working days and now and
// then in the evening; servers, a backup at night, a provider's weekly visit, what mistypes and what does not answer. Nobody does anything wrong.

import { DAY_MS } from '../../core/index.ts'
import { sql, trusted, typed } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'

/** Days before the last moment. */
export const ORDINARY_DAYS = 32

type Habit = {
  readonly columns: string
  /** Values; `day`, `person` and `n` (of the day's) are there, `chance(…)` gives 0 to 999. */
  readonly values: string
  readonly people: number
  readonly aDay: number
  /** Second of the day in UTC, of which something by chance is added. */
  readonly from: number
  readonly span: number
  readonly where?: string
}

const WORKS = 'toDayOfWeek(day) <= 5 AND chance(person, toDayOfYear(day), 0) > 60'
const HABITS: readonly Habit[] = [
  {
    columns:
      'class_uid, activity_id, status_id, user_name, device_name, log_name, event_code, src_host, src_ip, logon_type',
    values:
      "3002, 1, 1, concat('person', toString(person)), ['dc1', 'files', 'mail'][1 + n % 3], 'Security', '4624', concat('pc', toString(person)), toIPv6(concat('10.1.20.', toString(person))), 3",
    people: 40,
    aDay: 9,
    from: 12 * 3600,
    span: 8 * 3600,
    where: WORKS,
  },
  {
    // Mail in the evening, at home.
    columns:
      'class_uid, activity_id, status_id, user_name, device_name, src_ip, user_agent, api_service',
    values:
      "3002, 1, 1, concat('person', toString(person), '@ville.example'), 'cloud', toIPv6(concat('198.51.', toString(100 + person % 3), '.', toString(person))), concat('Mail/', toString(8 + person % 3)), 'Exchange'",
    people: 40,
    aDay: 2,
    from: 22 * 3600,
    span: 5000,
    where: 'chance(person, toDayOfYear(day), 1) > 300',
  },
  {
    columns: 'class_uid, activity_id, status_id, user_name, device_name, src_ip',
    values:
      "3002, 1, 2, concat('person', toString(person)), 'dc1', toIPv6(concat('10.1.20.', toString(person)))",
    people: 40,
    aDay: 1,
    from: 12 * 3600,
    span: 9000,
    where: `${WORKS} AND chance(person, toDayOfYear(day), 2) < 150`,
  },
  {
    columns:
      'class_uid, activity_id, status_id, user_name, device_name, log_name, session_uid, src_ip, src_nat_ip, duration_ms, bytes_out, bytes_in',
    values:
      "4014, 1 + n % 2, 1, concat('person', toString(person)), 'fw1', 'vpn', concat(toString(person), '-', toString(toDayOfYear(day))), toIPv6(concat('198.51.', toString(100 + person % 3), '.', toString(person))), toIPv6(concat('10.1.200.', toString(10 + person))), if(n % 2 = 1, 14000000 + 1000 * chance(person, toDayOfYear(day), 3), 0), 20000000 + 9000 * chance(person, toDayOfYear(day), 4), 90000000",
    people: 12,
    aDay: 2,
    from: 13 * 3600,
    span: 100,
    where: 'toDayOfWeek(day) IN (2, 4)',
  },
  {
    columns:
      'class_uid, activity_id, action_id, src_ip, dst_ip, dst_port, dst_host, bytes_out, bytes_in, duration_ms, device_name, log_name, event_code',
    values:
      "4001, 6, 1, toIPv6(concat('10.1.20.', toString(person))), toIPv6(concat('203.0.', toString(chance(person, n, 5) % 90), '.', toString(chance(person, n, 6) % 200))), 443, concat('site', toString(chance(person, n, 5) % 90), '.example'), 900 + 7 * chance(person, n, toDayOfYear(day)), if(chance(person, n, 7 + toDayOfYear(day)) < 15, 0, 40000), 1000 * chance(person, n, 8 + toDayOfYear(day)), 'fw1', 'traffic', '13'",
    people: 40,
    aDay: 30,
    from: 12 * 3600,
    span: 9 * 3600,
    where: WORKS,
  },
  {
    // A site that nobody else reads, today alone.
    columns:
      'class_uid, activity_id, action_id, src_ip, dst_ip, dst_port, dst_host, bytes_out, bytes_in, device_name, log_name, event_code',
    values:
      "4001, 6, 1, toIPv6(concat('10.1.20.', toString(person))), toIPv6(concat('192.0.2.', toString(chance(person, toDayOfYear(day), 9) % 250))), 443, concat('odd', toString(person), '-', toString(toDayOfYear(day)), '.example'), 2000 + 90 * chance(person, n, toDayOfYear(day)), 70000, 'fw1', 'traffic', '13'",
    people: 40,
    aDay: 7,
    from: 15 * 3600,
    span: 4000,
    where: `${WORKS} AND chance(person, toDayOfYear(day), 10) < 400`,
  },
  {
    columns:
      'class_uid, activity_id, action_id, src_ip, dst_ip, dst_port, bytes_out, bytes_in, device_name, log_name, event_code',
    values:
      "4001, 6, 1, toIPv6(concat('10.1.20.', toString(person))), toIPv6(concat('10.1.1.', toString(1 + n % 5))), 445, 9000, 90000, 'fw1', 'traffic', '13'",
    people: 40,
    aDay: 10,
    from: 12 * 3600,
    span: 9 * 3600,
    where: WORKS,
  },
  {
    // A program of a common make asks its maker for news, day and night.
    columns:
      'class_uid, activity_id, action_id, src_ip, dst_ip, dst_port, dst_host, bytes_out, bytes_in, device_name, log_name, event_code',
    values:
      "4001, 6, 1, toIPv6(concat('10.1.1.', toString(person))), toIPv6('203.0.113.9'), 443, 'updates.example', 600, 900, 'fw1', 'traffic', '13'",
    people: 5,
    aDay: 48,
    from: 0,
    span: 86_000,
  },
  {
    // The backup of every night, by a service's account, to the provider of always.
    columns:
      'class_uid, activity_id, action_id, src_ip, dst_ip, dst_port, dst_host, bytes_out, bytes_in, device_name, log_name, event_code',
    values:
      "4001, 6, 1, toIPv6('10.1.1.5'), toIPv6('203.0.113.40'), 443, 'backup.example', 900000000 + 90000 * chance(n, toDayOfYear(day), 11), 400000, 'fw1', 'traffic', '13'",
    people: 1,
    aDay: 3,
    from: 6 * 3600,
    span: 3000,
  },
  {
    columns:
      'class_uid, activity_id, status_id, user_name, device_name, log_name, event_code, src_host, src_ip, logon_type',
    values:
      "3002, 1, 1, 'svc-backup', ['dc1', 'files', 'mail'][1 + n % 3], 'Security', '4624', 'backup1', toIPv6('10.1.1.5'), 3",
    people: 1,
    aDay: 3,
    from: 6 * 3600,
    span: 3000,
  },
  {
    columns:
      'class_uid, activity_id, status_id, user_name, device_name, log_name, event_code, src_host, src_ip, logon_type',
    values:
      "3002, 1, 1, 'msp-tech', 'files', 'Security', '4624', 'msp-pc', toIPv6('10.1.200.250'), 10",
    people: 1,
    aDay: 2,
    from: 15 * 3600,
    span: 6000,
    where: 'toDayOfWeek(day) = 3',
  },
  {
    columns: 'class_uid, src_ip, dns_query, device_name, log_name',
    values:
      "4003, toIPv6(concat('10.1.20.', toString(person))), concat(['www', 'mail', 'cdn', 'api'][1 + n % 4], '.site', toString(chance(person, n, 5) % 90), '.example'), 'dc1', 'dns'",
    people: 40,
    aDay: 16,
    from: 12 * 3600,
    span: 9 * 3600,
    where: WORKS,
  },
  {
    columns:
      'class_uid, activity_id, status_id, actor_user, device_name, log_name, event_code, resource, file_path, src_ip',
    values:
      "1001, 14, 1, concat('person', toString(person)), 'files', 'Security', '5145', 'common', concat('common\\\\file', toString(chance(person, n, toDayOfYear(day)))), toIPv6(concat('10.1.20.', toString(person)))",
    people: 40,
    aDay: 12,
    from: 13 * 3600,
    span: 7 * 3600,
    where: WORKS,
  },
  {
    columns:
      'class_uid, activity_id, device_name, log_name, event_code, actor_user, parent_path, proc_path, proc_cmd',
    values:
      "1007, 1, concat('pc', toString(person)), 'Security', '4688', concat('person', toString(person)), 'C:\\\\Windows\\\\explorer.exe', concat('C:\\\\Program Files\\\\Office\\\\', ['outlook', 'word', 'excel', 'viewer'][1 + n % 4], '.exe'), concat(['outlook', 'word', 'excel', 'viewer'][1 + n % 4], '.exe /n')",
    people: 40,
    aDay: 8,
    from: 12 * 3600,
    span: 8 * 3600,
    where: WORKS,
  },
  {
    columns:
      'class_uid, activity_id, device_name, log_name, event_code, actor_user, parent_path, proc_path, proc_cmd',
    values:
      "1007, 1, ['dc1', 'files', 'mail'][1 + n % 3], 'Security', '4688', 'adm-person1', 'C:\\\\Windows\\\\System32\\\\cmd.exe', concat('C:\\\\Windows\\\\System32\\\\', ['ipconfig', 'ping', 'tasklist'][1 + n % 3], '.exe'), concat(['ipconfig /all', 'ping dc1', 'tasklist /svc'][1 + n % 3])",
    people: 1,
    aDay: 6,
    from: 14 * 3600,
    span: 3 * 3600,
    where: 'toDayOfWeek(day) <= 5',
  },
  {
    columns:
      'class_uid, activity_id, status_id, user_name, device_name, log_name, event_code, src_host, src_ip, logon_type',
    values:
      "3002, 1, 1, 'adm-person1', ['dc1', 'files', 'mail'][1 + n % 3], 'Security', '4624', 'pc1', toIPv6('10.1.20.1'), 10",
    people: 1,
    aDay: 3,
    from: 14 * 3600,
    span: 3600,
    where: 'toDayOfWeek(day) <= 5',
  },
]

/** Writes it into `events`, up to a moment. What is older than two days arrived together then: a part for each day would take longer than the test. */
export async function writeOrdinaryMonth(lane: EngineLane, toMs: number): Promise<void> {
  const last = new Date(toMs).toISOString().slice(0, 10)
  for (const [at, habit] of HABITS.entries()) {
    const { columns, values, people, aDay, from, span, where = '1' } = habit
    await lane.command(
      sql`INSERT INTO events (time, received, batch, line, source, ${trusted(columns)})
WITH (a, b, c) -> toInt64(cityHash64(a, b, c) % 1000) AS chance
SELECT at, greatest(at, ${momentOf(toMs - 2 * DAY_MS)}), 'ordinary', toUInt32(number), 'ordinary', ${trusted(values)} FROM (
  SELECT number, toUInt32(1 + number % ${people}) AS person, toUInt32(intDiv(number, ${people}) % ${aDay}) AS n,
    toDate(${last}) - toIntervalDay(intDiv(number, ${people * aDay})) AS day,
    toDateTime64(day, 3, 'UTC') + toIntervalSecond(${from} + intDiv(${span} * n, ${aDay}) + cityHash64(number, ${at}) % ${Math.ceil(span / aDay)}) AS at
  FROM numbers(${people * aDay * ORDINARY_DAYS})
) WHERE (${trusted(where)}) AND at <= ${momentOf(toMs)}`,
    )
  }
}

function momentOf(ms: number) {
  return typed("DateTime64(3, 'UTC')", new Date(ms).toISOString().slice(0, 23))
}
