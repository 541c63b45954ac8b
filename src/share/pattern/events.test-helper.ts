// For tests: an event row as the observables that `event-roles.ts` says stand in it, made by other means than SQL.

import { comparableTime } from '../stix/formats.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { Observed } from './match-pattern.test-helper.ts'

export type TestEvent = {
  readonly atMs: number
  readonly src_ip: string
  readonly dst_ip: string
  readonly src_port: number
  readonly dst_port: number
  readonly proto_num: number
  readonly dns_query: string
  readonly url: string
  readonly actor_user: string
  readonly user_name: string
  readonly proc_path: string
  readonly proc_cmd: string
  readonly parent_path: string
  readonly file_path: string
  readonly file_hash: string
}

const PROTOCOLS: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp' }
const base = (path: string) => path.replace(/^.*[\\/]/s, '')

export function observedOf(event: TestEvent): Observed {
  const found: JsonObject[] = []
  const add = (object: JsonObject): string => {
    const id = `${String(object['type'])}--${found.length}`
    found.push({ ...filled(object), id })
    return id
  }
  const address = (value: string) =>
    value === '' ? undefined : add({ type: value.includes(':') ? 'ipv6-addr' : 'ipv4-addr', value })
  const [src, dst] = [address(event.src_ip), address(event.dst_ip)]
  const protocol = PROTOCOLS[event.proto_num]
  if (src !== undefined || dst !== undefined)
    add({
      type: 'network-traffic',
      src_ref: src,
      dst_ref: dst,
      src_port: zero(event.src_port),
      dst_port: zero(event.dst_port),
      protocols: protocol === undefined ? undefined : [protocol],
    })
  if (event.dns_query !== '') add({ type: 'domain-name', value: event.dns_query.toLowerCase() })
  if (event.url !== '') add({ type: 'url', value: event.url })
  for (const login of [event.actor_user, event.user_name]) {
    if (login !== '') add({ type: 'user-account', account_login: login })
    if (login.indexOf('@') > 0) add({ type: 'email-addr', value: login })
  }
  const image = (path: string) =>
    path === '' ? undefined : add({ type: 'file', name: base(path) })
  const parent =
    event.parent_path === ''
      ? undefined
      : add({ type: 'process', image_ref: image(event.parent_path) })
  if (event.proc_path !== '' || event.proc_cmd !== '')
    add({
      type: 'process',
      image_ref: image(event.proc_path),
      command_line: event.proc_cmd,
      parent_ref: parent,
    })
  const hash = event.file_hash.toLowerCase()
  if (event.file_path !== '' || hash !== '')
    add({
      type: 'file',
      name: base(event.file_path),
      hashes: hash === '' ? undefined : { MD5: hash },
    })
  const time = comparableTime(new Date(event.atMs).toISOString())
  return {
    objects: new Map(found.map((one) => [String(one['id']), one])),
    first: time,
    last: time,
    count: 1,
  }
}

function zero(value: number): number | undefined {
  return value === 0 ? undefined : value
}

/** Without what is not there. */
function filled(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== ''),
  )
}
