// Windows events as Winlogbeat sends them.

import type { Estate, Host } from '../country/estate.ts'
import { numberOf } from './record.ts'
import type { LogLine } from './record.ts'

/** Where an event is written: a server, or somebody's workstation. */
export type At = Pick<Host, 'name' | 'skewMs'> & { readonly isWorkstation?: boolean }

type Written = {
  readonly id: number
  readonly provider: string
  readonly channel: string
  readonly message: string
  readonly data: Readonly<Record<string, string>>
}

function event(at: At, timeMs: number, { id, provider, channel, message, data }: Written): LogLine {
  const stamp = new Date(timeMs + at.skewMs).toISOString()
  const body = {
    '@timestamp': stamp,
    message,
    log: { level: 'information' },
    host: { name: at.name.split('.')[0] },
    event: { code: String(id), kind: 'event', provider, created: stamp },
    winlog: {
      api: 'wineventlog',
      channel,
      provider_name: provider,
      computer_name: at.name,
      event_id: String(id),
      record_id: 1000 + numberOf(`${at.name}${timeMs}${id}`, 9_000_000),
      process: { pid: 636, thread: { id: 700 } },
      event_data: data,
    },
    agent: { type: 'winlogbeat', version: '8.13.0' },
  }
  return {
    log: at.isWorkstation === true ? 'workstations' : 'servers',
    timeMs,
    source: at.isWorkstation === true ? 'http/workstations' : 'http/servers',
    text: JSON.stringify(body),
  }
}

const AUDIT = { provider: 'Microsoft-Windows-Security-Auditing', channel: 'Security' }

export type Logon = {
  readonly user: string
  readonly from: string
  readonly fromName: string
  /** 3 network, 10 Remote Desktop, 2 at the keyboard. */
  readonly type: 2 | 3 | 10
  readonly isRight: boolean
}

export function logon(estate: Estate, at: At, timeMs: number, logonOf: Logon): LogLine {
  const { user, from, fromName, type, isRight } = logonOf
  return event(at, timeMs, {
    ...AUDIT,
    id: isRight ? 4624 : 4625,
    message: isRight ? 'An account was successfully logged on.' : 'An account failed to log on.',
    data: {
      SubjectUserName: '-',
      TargetUserName: user,
      TargetDomainName: estate.netbios,
      LogonType: String(type),
      LogonProcessName: type === 3 ? 'Kerberos' : 'User32 ',
      AuthenticationPackageName: type === 3 ? 'Kerberos' : 'Negotiate',
      WorkstationName: type === 3 ? '-' : fromName,
      IpAddress: from,
      IpPort: String(49_152 + numberOf(`${user}${timeMs}`, 16_000)),
      ...(isRight
        ? { TargetLogonId: `0x${numberOf(`${user}${timeMs}`, 0xfffffff).toString(16)}` }
        : { Status: '0xc000006d', SubStatus: '0xc000006a' }),
    },
  })
}

export type Started = {
  readonly user: string
  readonly program: string
  readonly command: string
  readonly parent: string
}

export function started(
  estate: Estate,
  at: At,
  timeMs: number,
  { user, program, command, parent }: Started,
): LogLine {
  return event(at, timeMs, {
    ...AUDIT,
    id: 4688,
    message: 'A new process has been created.',
    data: {
      SubjectUserName: user,
      SubjectDomainName: estate.netbios,
      SubjectLogonId: `0x${numberOf(user, 0xfffffff).toString(16)}`,
      NewProcessId: `0x${(1000 + numberOf(`${command}${timeMs}`, 60_000)).toString(16)}`,
      NewProcessName: program,
      TokenElevationType: '%%1936',
      ProcessId: '0x9c4',
      CommandLine: command,
      ParentProcessName: parent,
    },
  })
}

export type ShareRead = {
  readonly user: string
  readonly from: string
  readonly share: string
  readonly file: string
}

export function shareRead(
  estate: Estate,
  at: At,
  timeMs: number,
  { user, from, share, file }: ShareRead,
): LogLine {
  return event(at, timeMs, {
    ...AUDIT,
    id: 5145,
    message:
      'A network share object was checked to see whether client can be granted desired access.',
    data: {
      SubjectUserName: user,
      SubjectDomainName: estate.netbios,
      ObjectType: 'File',
      IpAddress: from,
      IpPort: String(49_152 + numberOf(`${file}${timeMs}`, 16_000)),
      ShareName: `\\\\*\\${share}`,
      RelativeTargetName: file,
      AccessMask: '0x1',
    },
  })
}

export function accountChanged(
  estate: Estate,
  at: At,
  timeMs: number,
  { id, by, who }: { readonly id: 4720 | 4725 | 4728; readonly by: string; readonly who: string },
): LogLine {
  const MESSAGES = {
    4720: 'A user account was created.',
    4725: 'A user account was disabled.',
    4728: 'A member was added to a security-enabled global group.',
  } as const
  return event(at, timeMs, {
    ...AUDIT,
    id,
    message: MESSAGES[id],
    data: {
      SubjectUserName: by,
      SubjectDomainName: estate.netbios,
      TargetUserName: who,
      TargetDomainName: estate.netbios,
    },
  })
}

export function serviceInstalled(
  at: At,
  timeMs: number,
  { name, path }: { readonly name: string; readonly path: string },
): LogLine {
  return event(at, timeMs, {
    id: 7045,
    provider: 'Service Control Manager',
    channel: 'System',
    message: 'A service was installed in the system.',
    data: {
      ServiceName: name,
      ImagePath: path,
      ServiceType: 'user mode service',
      StartType: 'auto start',
      AccountName: 'LocalSystem',
    },
  })
}
