// FortiGate lines in key=value form, as `config log syslogd` sends them.

import type { Estate } from '../country/estate.ts'
import { ZONE_TEXT, localParts, numberOf } from './record.ts'
import type { LogLine } from './record.ts'

type Fields = Readonly<Record<string, string | number>>

/** Fields whose values the device writes without quotes. */
const BARE = new Set(
  'tz eventtime srcip srcport dstip dstport sessionid proto policyid duration sentbyte rcvdbyte sentpkt rcvdpkt remip tunnelip tunnelid cfgtid transip transport locip'.split(
    ' ',
  ),
)

function line(
  { firewall }: Estate,
  timeMs: number,
  { priority, ...fields }: Fields & { readonly priority: number },
): LogLine {
  const { date, time } = localParts(timeMs)
  const pairs = Object.entries(fields).map(([key, value]) =>
    BARE.has(key) && key !== 'tz' ? `${key}=${value}` : `${key}="${value}"`,
  )
  const text = `<${priority}>date=${date} time=${time} devname="${firewall.name}" devid="${firewall.serial}" eventtime=${timeMs}000000 tz="${ZONE_TEXT}" ${pairs.join(' ')}`
  return { log: 'firewall', timeMs, source: `syslog/${firewall.inside}`, text }
}

export type Connection = {
  readonly from: string
  readonly to: string
  readonly port: number
  readonly fromInterface: string
  readonly toInterface: string
  readonly action: 'close' | 'deny' | 'timeout'
  readonly seconds: number
  readonly sent: number
  readonly received: number
}

const SERVICES: Readonly<Record<number, string>> = {
  22: 'SSH',
  23: 'TELNET',
  53: 'DNS',
  80: 'HTTP',
  443: 'HTTPS',
  445: 'SMB',
  3389: 'RDP',
  502: 'MODBUS',
}

export function traffic(estate: Estate, timeMs: number, connection: Connection): LogLine {
  const { from, to, port, action, sent, received } = connection
  const isNatted = connection.toInterface === 'wan1'
  return line(estate, timeMs, {
    priority: 189,
    logid: '0000000013',
    type: 'traffic',
    subtype: 'forward',
    level: action === 'deny' ? 'warning' : 'notice',
    vd: 'root',
    srcip: from,
    srcport: 32_768 + numberOf(`${from}${to}${timeMs}`, 28_000),
    srcintf: connection.fromInterface,
    srcintfrole: connection.fromInterface === 'wan1' ? 'wan' : 'lan',
    dstip: to,
    dstport: port,
    dstintf: connection.toInterface,
    dstintfrole: isNatted ? 'wan' : 'lan',
    sessionid: numberOf(`${to}${timeMs}`, 9_000_000),
    proto: port === 53 ? 17 : 6,
    action,
    policyid: action === 'deny' ? 0 : 1 + numberOf(`${connection.fromInterface}${port}`, 30),
    service: SERVICES[port] ?? `tcp/${port}`,
    trandisp: isNatted ? 'snat' : 'noop',
    ...(isNatted ? { transip: estate.firewall.outside, transport: 0 } : {}),
    duration: connection.seconds,
    sentbyte: sent,
    rcvdbyte: action === 'deny' ? 0 : received,
    sentpkt: 1 + Math.ceil(sent / 900),
    rcvdpkt: action === 'deny' ? 0 : 1 + Math.ceil(received / 1200),
  })
}

export type VpnMoment = {
  readonly user: string
  readonly remote: string
  readonly given: string
  readonly session: number
}

export function vpnUp(estate: Estate, timeMs: number, vpn: VpnMoment): LogLine {
  return line(estate, timeMs, {
    ...vpnHead('0101039424', 'information', 'SSL VPN tunnel up'),
    action: 'tunnel-up',
    tunneltype: 'ssl-tunnel',
    tunnelid: vpn.session,
    remip: vpn.remote,
    tunnelip: vpn.given,
    user: vpn.user,
    group: 'staff-vpn',
    dst_host: 'N/A',
    reason: 'tunnel established',
    msg: 'SSL tunnel established',
  })
}

export function vpnDown(
  estate: Estate,
  timeMs: number,
  vpn: VpnMoment & { readonly seconds: number; readonly sent: number; readonly received: number },
): LogLine {
  return line(estate, timeMs, {
    ...vpnHead('0101039425', 'information', 'SSL VPN tunnel down'),
    action: 'tunnel-down',
    tunneltype: 'ssl-tunnel',
    tunnelid: vpn.session,
    remip: vpn.remote,
    tunnelip: vpn.given,
    user: vpn.user,
    group: 'staff-vpn',
    dst_host: 'N/A',
    reason: 'User request',
    duration: vpn.seconds,
    sentbyte: vpn.sent,
    rcvdbyte: vpn.received,
    msg: 'SSL tunnel shutdown',
  })
}

export function vpnFail(
  estate: Estate,
  timeMs: number,
  { user, remote }: Pick<VpnMoment, 'user' | 'remote'>,
): LogLine {
  return line(estate, timeMs, {
    ...vpnHead('0101039426', 'alert', 'SSL VPN login fail'),
    action: 'ssl-login-fail',
    tunneltype: 'ssl-web',
    tunnelid: 0,
    remip: remote,
    user,
    group: 'N/A',
    dst_host: 'N/A',
    reason: 'sslvpn_login_permission_denied',
    msg: 'SSL user failed to logged in',
  })
}

function vpnHead(logid: string, level: string, logdesc: string) {
  return {
    priority: level === 'alert' ? 185 : 190,
    logid,
    type: 'event',
    subtype: 'vpn',
    level,
    vd: 'root',
    logdesc,
  }
}

const systemHead = (logid: string, level: string, logdesc: string) => ({
  priority: 190,
  logid,
  type: 'event',
  subtype: 'system',
  level,
  vd: 'root',
  logdesc,
})

export function adminLogin(
  estate: Estate,
  timeMs: number,
  {
    user,
    from,
    isRight,
  }: { readonly user: string; readonly from: string; readonly isRight: boolean },
): LogLine {
  const head = isRight
    ? systemHead('0100032001', 'information', 'Admin login successful')
    : systemHead('0100032002', 'alert', 'Admin login failed')
  return line(estate, timeMs, {
    ...head,
    sn: Math.floor(timeMs / 1000),
    user,
    ui: `https(${from})`,
    method: 'https',
    srcip: from,
    dstip: estate.firewall.inside,
    action: 'login',
    status: isRight ? 'success' : 'failed',
    reason: isRight ? 'none' : 'passwd_invalid',
    ...(isRight ? { profile: 'super_admin' } : {}),
    msg: isRight
      ? `Administrator ${user} logged in successfully from https(${from})`
      : `Administrator ${user} login failed from https(${from}) because of invalid password`,
  })
}

export type ConfigChange = {
  readonly user: string
  readonly from: string
  readonly action: 'Add' | 'Edit' | 'Delete'
  readonly path: string
  readonly object: string
  readonly attributes: string
}

export function configChange(estate: Estate, timeMs: number, change: ConfigChange): LogLine {
  return line(estate, timeMs, {
    ...systemHead('0100044547', 'information', 'Object attribute configured'),
    user: change.user,
    ui: `GUI(${change.from})`,
    action: change.action,
    cfgtid: numberOf(`${timeMs}`, 90_000_000),
    cfgpath: change.path,
    cfgobj: change.object,
    cfgattr: change.attributes,
    msg: `${change.action} ${change.path} ${change.object}`,
  })
}

export function crashed(estate: Estate, timeMs: number, application: string): LogLine {
  return line(estate, timeMs, {
    ...systemHead('0100032546', 'warning', 'Application crashed'),
    action: 'crash',
    msg: `Pid: ${2000 + numberOf(application, 900)}, application: ${application}, Firmware: FortiGate-60F v7.0.8, Signal 11 received, Backtrace: [0x00a1b2c4]`,
  })
}
