// Varied lines of three products, as devices write them: addresses of documentation ranges, names invented.

import { randomOf } from './random.ts'
import type { Random } from './random.ts'

export type LineMaker = (at: number) => string

const START_MS = Date.UTC(2026, 2, 14, 9, 0, 0)
const SERVICES = [
  'HTTPS',
  'HTTP',
  'DNS',
  'SSH',
  'RDP',
  'SMB',
  'NTP',
  'SMTP',
  'udp/3478',
  'tcp/8443',
] as const
const COUNTRIES = [
  'Canada',
  'United States',
  'Germany',
  'Reserved',
  'France',
  'Netherlands',
  'Japan',
  'Brazil',
] as const
const APPS = [
  'HTTPS.BROWSER',
  'Microsoft.Teams',
  'DNS',
  'Google.Services',
  'SSL',
  'Windows.Update',
  'Dropbox',
  'unscanned',
] as const
const HEX = '0123456789abcdef'

function hex(random: Random, length: number): string {
  let text = ''
  for (let at = 0; at < length; at += 1) text += HEX[random.int(16)]
  return text
}

function inside(random: Random): string {
  return `10.${random.skewed(12)}.${random.skewed(200)}.${1 + random.skewed(250)}`
}

function outside(random: Random): string {
  return `${random.pick(['203.0.113', '198.51.100', '192.0.2', '100.64.7', '100.80.12'])}.${1 + random.int(250)}`
}

/** FortiGate traffic (9 in 10), web filter and VPN events, about 600 bytes. */
export function fortigate(seed: number): LineMaker {
  const random = randomOf(seed)
  return (at) => {
    const ms = START_MS + at * 7 + random.int(5)
    const iso = new Date(ms).toISOString()
    const head = `<189>date=${iso.slice(0, 10)} time=${iso.slice(11, 19)} devname="FGT-${1 + random.skewed(6)}" devid="FGT60FTK2300${random.skewed(6)}" eventtime=${ms}${String(random.int(1_000_000)).padStart(6, '0')} tz="+0000"`
    const kind = random.int(20)
    if (kind === 0) {
      return `${head} logid="0101039424" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=${random.int(2_000_000_000)} remip=${outside(random)} tunnelip=10.212.134.${random.int(250)} user="user${random.skewed(900)}" group="StaffVPN" dst_host="N/A" reason="tunnel established" msg="SSL tunnel established"`
    }
    const src = inside(random)
    const dst = outside(random)
    if (kind === 1) {
      return `${head} logid="0317013312" type="utm" subtype="webfilter" eventtype="ftgd_allow" level="notice" vd="root" policyid=${random.skewed(60)} sessionid=${random.int(4_000_000_000)} srcip=${src} srcport=${1024 + random.int(64_000)} srcintf="lan" srcintfrole="lan" dstip=${dst} dstport=443 dstintf="wan1" dstintfrole="wan" proto=6 service="HTTPS" hostname="host${random.skewed(4000)}.example.org" profile="staff" action="passthrough" reqtype="direct" url="https://host${random.skewed(4000)}.example.org/${hex(random, 8)}" sentbyte=${random.skewed(90_000)} rcvdbyte=${random.skewed(900_000)} direction="outgoing" msg="URL belongs to an allowed category in policy" method="domain" cat=52 catdesc="Information Technology"`
    }
    const action = random.pick([
      'accept',
      'close',
      'close',
      'timeout',
      'deny',
      'server-rst',
      'client-rst',
    ])
    return `${head} logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${src} srcport=${1024 + random.int(64_000)} srcintf="lan" srcintfrole="lan" dstip=${dst} dstport=${random.pick([443, 443, 443, 80, 53, 22, 3389, 445, 8443])} dstintf="wan1" dstintfrole="wan" srccountry="Reserved" dstcountry="${random.pick(COUNTRIES)}" sessionid=${random.int(4_000_000_000)} proto=${random.pick([6, 6, 6, 17])} action="${action}" policyid=${random.skewed(60)} policytype="policy" poluuid="${hex(random, 8)}-0000-51ee-0000-${hex(random, 4)}00000000" policyname="LAN-OUT-${random.skewed(20)}" service="${random.pick(SERVICES)}" trandisp="snat" transip=198.51.100.9 transport=${1024 + random.int(64_000)} duration=${random.skewed(3600)} sentbyte=${random.skewed(400_000)} rcvdbyte=${random.skewed(9_000_000)} sentpkt=${random.skewed(900)} rcvdpkt=${random.skewed(9000)} appcat="unscanned" app="${random.pick(APPS)}" crscore=${random.int(30)} mastersrcmac="02:00:5e:00:${hex(random, 2)}:${hex(random, 2)}" srcmac="02:00:5e:00:${hex(random, 2)}:${hex(random, 2)}" srcserver=0`
  }
}

/** Suricata EVE: flows, DNS, TLS, HTTP and some alerts, about 590 bytes. */
export function suricata(seed: number): LineMaker {
  const random = randomOf(seed)
  return (at) => {
    const stamp = new Date(START_MS + at * 5)
      .toISOString()
      .replace('Z', `${String(random.int(1000)).padStart(3, '0')}+0000`)
    const base = {
      timestamp: stamp,
      flow_id: random.int(2 ** 31) * 4096 + random.int(4096),
      in_iface: 'ens5',
      event_type: random.pick(['flow', 'flow', 'dns', 'tls', 'http', 'alert', 'flow']),
      src_ip: inside(random),
      src_port: 1024 + random.int(64_000),
      dest_ip: outside(random),
      dest_port: random.pick([443, 80, 53, 22, 445]),
      proto: random.pick(['TCP', 'TCP', 'UDP']),
      community_id: `1:${hex(random, 26)}=`,
    }
    const app = `host${random.skewed(4000)}.example.org`
    switch (base.event_type) {
      case 'dns':
        return JSON.stringify({
          ...base,
          dns: {
            type: 'query',
            id: random.int(65_535),
            rrname: app,
            rrtype: random.pick(['A', 'AAAA', 'TXT']),
            tx_id: 0,
            opcode: 0,
          },
          pcap_cnt: at,
        })
      case 'tls':
        return JSON.stringify({
          ...base,
          tls: {
            subject: `CN=${app}`,
            issuerdn: 'C=CA, O=Example Trust, CN=Example Issuing CA 7',
            serial: hex(random, 32),
            fingerprint: hex(random, 40),
            sni: app,
            version: 'TLS 1.3',
            notbefore: '2026-01-01T00:00:00',
            notafter: '2026-12-31T00:00:00',
            ja3: { hash: hex(random, 32) },
            ja4: `t13d1516h2_${hex(random, 12)}_${hex(random, 12)}`,
          },
        })
      case 'http':
        return JSON.stringify({
          ...base,
          http: {
            hostname: app,
            url: `/path/${hex(random, 10)}?id=${random.int(99_999)}`,
            http_user_agent:
              'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36',
            http_method: 'GET',
            protocol: 'HTTP/1.1',
            status: random.pick([200, 200, 304, 404]),
            length: random.skewed(90_000),
          },
        })
      case 'alert':
        return JSON.stringify({
          ...base,
          alert: {
            action: 'allowed',
            gid: 1,
            signature_id: 2_000_000 + random.skewed(500),
            rev: 3,
            signature: `EXAMPLE POLICY observed behaviour ${random.skewed(500)}`,
            category: 'Potentially Bad Traffic',
            severity: 1 + random.int(3),
          },
          app_proto: 'tls',
          flow: {
            pkts_toserver: random.skewed(99),
            pkts_toclient: random.skewed(99),
            bytes_toserver: random.skewed(9999),
            bytes_toclient: random.skewed(99_999),
            start: stamp,
          },
        })
      default:
        return JSON.stringify({
          ...base,
          app_proto: random.pick(['tls', 'http', 'dns', 'failed']),
          flow: {
            pkts_toserver: random.skewed(500),
            pkts_toclient: random.skewed(500),
            bytes_toserver: random.skewed(90_000),
            bytes_toclient: random.skewed(900_000),
            start: stamp,
            end: stamp,
            age: random.skewed(600),
            state: random.pick(['closed', 'established', 'new']),
            reason: random.pick(['timeout', 'forced', 'shutdown']),
            alerted: false,
          },
          tcp: {
            tcp_flags: '1b',
            tcp_flags_ts: '1b',
            tcp_flags_tc: '1b',
            syn: true,
            fin: true,
            psh: true,
            ack: true,
            state: 'closed',
          },
        })
    }
  }
}

const PROGRAMS = [
  'chrome.exe',
  'svchost.exe',
  'powershell.exe',
  'cmd.exe',
  'teams.exe',
  'explorer.exe',
  'msedge.exe',
  'conhost.exe',
  'taskhostw.exe',
] as const

/** Windows events as an agent sends them: process starts, logons, network connections, about 1.2 kB. */
export function windows(seed: number): LineMaker {
  const random = randomOf(seed)
  return (at) => {
    const iso = new Date(START_MS + at * 11).toISOString()
    const host = `WS${String(random.skewed(400)).padStart(4, '0')}.muni.example`
    const user = `user${random.skewed(900)}`
    const program = `C:\\Windows\\System32\\${random.pick(PROGRAMS)}`
    const common = {
      EventTime: iso,
      Hostname: host,
      Keywords: '0x8020000000000000',
      EventType: 'AUDIT_SUCCESS',
      SeverityValue: 2,
      RecordNumber: at,
      ProcessID: 4 + random.int(9000),
      ThreadID: random.int(9000),
      Version: 2,
      Task: 13_312,
      OpcodeValue: 0,
    }
    switch (random.int(4)) {
      case 0:
        return JSON.stringify({
          ...common,
          Channel: 'Security',
          EventID: 4624,
          SourceName: 'Microsoft-Windows-Security-Auditing',
          ProviderGuid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
          SubjectUserSid: 'S-1-5-18',
          SubjectUserName: `${host.split('.')[0]}$`,
          SubjectDomainName: 'MUNI',
          SubjectLogonId: '0x3e7',
          TargetUserSid: `S-1-5-21-1111111111-222222222-3333333333-${1000 + random.skewed(900)}`,
          TargetUserName: user,
          TargetDomainName: 'MUNI',
          TargetLogonId: `0x${hex(random, 7)}`,
          LogonType: random.pick(['3', '3', '2', '10', '5']),
          LogonProcessName: 'Kerberos',
          AuthenticationPackageName: 'Kerberos',
          WorkstationName: '-',
          LogonGuid: `{${hex(random, 8)}-0000-0000-0000-${hex(random, 12)}}`,
          ProcessName: '-',
          IpAddress: inside(random),
          IpPort: String(random.int(65_535)),
          ImpersonationLevel: '%%1833',
        })
      case 1:
        return JSON.stringify({
          ...common,
          Channel: 'Microsoft-Windows-Sysmon/Operational',
          EventID: 3,
          SourceName: 'Microsoft-Windows-Sysmon',
          RuleName: '-',
          UtcTime: iso.replace('T', ' ').replace('Z', ''),
          ProcessGuid: `{${hex(random, 8)}-aaaa-bbbb-cccc-${hex(random, 12)}}`,
          ProcessId: random.int(9000),
          Image: program,
          User: `MUNI\\${user}`,
          Protocol: 'tcp',
          Initiated: 'true',
          SourceIsIpv6: 'false',
          SourceIp: inside(random),
          SourceHostname: host,
          SourcePort: 49_152 + random.int(16_000),
          SourcePortName: '-',
          DestinationIsIpv6: 'false',
          DestinationIp: outside(random),
          DestinationHostname: `host${random.skewed(4000)}.example.org`,
          DestinationPort: 443,
          DestinationPortName: 'https',
        })
      default:
        return JSON.stringify({
          ...common,
          Channel: 'Microsoft-Windows-Sysmon/Operational',
          EventID: 1,
          SourceName: 'Microsoft-Windows-Sysmon',
          RuleName: '-',
          UtcTime: iso.replace('T', ' ').replace('Z', ''),
          ProcessGuid: `{${hex(random, 8)}-aaaa-bbbb-cccc-${hex(random, 12)}}`,
          ProcessId: random.int(9000),
          Image: program,
          FileVersion: '10.0.19041.1',
          Description: 'Windows component',
          Product: 'Microsoft Windows Operating System',
          Company: 'Microsoft Corporation',
          OriginalFileName: program.split('\\').at(-1),
          CommandLine: `"${program}" --type=renderer --id=${hex(random, 12)} --field=${random.skewed(9000)}`,
          CurrentDirectory: `C:\\Users\\${user}\\`,
          User: `MUNI\\${user}`,
          LogonGuid: `{${hex(random, 8)}-aaaa-bbbb-cccc-${hex(random, 12)}}`,
          LogonId: `0x${hex(random, 6)}`,
          TerminalSessionId: 1,
          IntegrityLevel: 'Medium',
          Hashes: `SHA1=${hex(random, 40)},MD5=${hex(random, 32)},SHA256=${hex(random, 64)},IMPHASH=${hex(random, 32)}`,
          ParentProcessGuid: `{${hex(random, 8)}-aaaa-bbbb-cccc-${hex(random, 12)}}`,
          ParentProcessId: random.int(9000),
          ParentImage: 'C:\\Windows\\explorer.exe',
          ParentCommandLine: 'C:\\Windows\\Explorer.EXE',
        })
    }
  }
}
