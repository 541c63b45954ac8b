// What a listening sensor (Zeek, as JSON), a router (Cisco IOS) and a web server write.

import type { Estate } from '../country/estate.ts'
import { ZONE_TEXT, localParts, numberOf } from './record.ts'
import type { LogLine } from './record.ts'

export type Flow = {
  readonly from: string
  readonly to: string
  readonly port: number
  readonly service: string
  readonly seconds: number
  readonly sent: number
  readonly received: number
  readonly isAnswered: boolean
}

export function zeekConn(estate: Estate, timeMs: number, flow: Flow): LogLine {
  return zeek(estate, timeMs, {
    _path: 'conn',
    ...ends(timeMs, flow),
    proto: flow.service === 'dns' ? 'udp' : 'tcp',
    service: flow.service,
    duration: flow.seconds,
    orig_bytes: flow.sent,
    resp_bytes: flow.isAnswered ? flow.received : 0,
    conn_state: flow.isAnswered ? 'SF' : 'S0',
  })
}

export function zeekDns(
  estate: Estate,
  timeMs: number,
  { from, name }: { readonly from: string; readonly name: string },
): LogLine {
  return zeek(estate, timeMs, {
    _path: 'dns',
    ...ends(timeMs, { from, to: estate.servers[0]?.address ?? '', port: 53 }),
    proto: 'udp',
    query: name,
    qtype_name: 'A',
    rcode_name: 'NOERROR',
    answers: [`198.18.${160 + numberOf(name, 16)}.${1 + numberOf(name, 250)}`],
  })
}

export function zeekModbus(
  estate: Estate,
  timeMs: number,
  { from, to, func }: { readonly from: string; readonly to: string; readonly func: string },
): LogLine {
  return zeek(estate, timeMs, { _path: 'modbus', ...ends(timeMs, { from, to, port: 502 }), func })
}

function ends(
  timeMs: number,
  { from, to, port }: { readonly from: string; readonly to: string; readonly port: number },
) {
  return {
    uid: `C${numberOf(`${from}${to}${timeMs}`, 0xfffffff).toString(36)}`,
    'id.orig_h': from,
    'id.orig_p': 32_768 + numberOf(`${from}${timeMs}`, 28_000),
    'id.resp_h': to,
    'id.resp_p': port,
  }
}

function zeek(
  { sensorAddress }: Estate,
  timeMs: number,
  { _path, ...fields }: { readonly _path: string } & Readonly<Record<string, unknown>>,
): LogLine {
  return {
    log: 'network-sensor',
    timeMs,
    source: `syslog/${sensorAddress}`,
    text: JSON.stringify({ _path, ts: timeMs / 1000, ...fields }),
  }
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A command typed on the router, with the year-less time of its clock. */
export function routerCommand(
  estate: Estate,
  timeMs: number,
  { user, command }: { readonly user: string; readonly command: string },
): LogLine {
  return router(
    estate,
    timeMs,
    `%PARSER-5-CFGLOG_LOGGEDCMD: User:${user}  logged command:${command}`,
  )
}

export function routerLogin(
  estate: Estate,
  timeMs: number,
  {
    user,
    from,
    isRight,
  }: { readonly user: string; readonly from: string; readonly isRight: boolean },
): LogLine {
  const said = isRight
    ? '%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success'
    : '%SEC_LOGIN-4-LOGIN_FAILED: Login failed'
  const why = isRight ? '' : ' [Reason: Login Authentication Failed]'
  return router(estate, timeMs, `${said} [user: ${user}] [Source: ${from}] [localport: 22]${why}`)
}

function router({ router: { name, address } }: Estate, timeMs: number, said: string): LogLine {
  const at = new Date(timeMs)
  const day = String(at.getUTCDate()).padStart(2, ' ')
  const stamp = `${MONTHS[at.getUTCMonth()]} ${day} ${at.toISOString().slice(11, 23)}`
  return {
    log: 'router',
    timeMs,
    source: `syslog/${address}`,
    text: `<189>${1000 + numberOf(`${said}${timeMs}`, 80_000)}: ${name}: ${stamp}: ${said}`,
  }
}

export type Visit = {
  readonly from: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly bytes: number
  readonly agent: string
}

export function visited({ servers }: Estate, timeMs: number, visit: Visit): LogLine {
  const { date, time } = localParts(timeMs)
  const [year, month, day] = date.split('-')
  const stamp = `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} ${ZONE_TEXT}`
  const web = servers.find(({ role }) => role === 'web')
  return {
    log: 'web',
    timeMs,
    source: `file/${web?.name ?? 'web'}/access.log`,
    text: `${visit.from} - - [${stamp}] "${visit.method} ${visit.path} HTTP/1.1" ${visit.status} ${visit.bytes} "-" "${visit.agent}"`,
  }
}
