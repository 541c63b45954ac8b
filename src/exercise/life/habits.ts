// What people and administrators run, and where they go: the ordinary things, and the odd ones that are ordinary too.

type Program = readonly [program: string, command: string, parent: string]

const EXPLORER = 'C:\\Windows\\explorer.exe'
const CMD = 'C:\\Windows\\System32\\cmd.exe'
const SERVICES = 'C:\\Windows\\System32\\services.exe'
const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const OFFICE = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\'

export const OFFICE_PROGRAMS: readonly [Program, ...Program[]] = [
  [`${OFFICE}WINWORD.EXE`, `"${OFFICE}WINWORD.EXE" /n`, EXPLORER],
  [`${OFFICE}EXCEL.EXE`, `"${OFFICE}EXCEL.EXE"`, EXPLORER],
  [`${OFFICE}OUTLOOK.EXE`, `"${OFFICE}OUTLOOK.EXE"`, EXPLORER],
  [
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    '"C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe" --profile-directory=Default',
    EXPLORER,
  ],
  [
    'C:\\Program Files\\7-Zip\\7zFM.exe',
    '"C:\\Program Files\\7-Zip\\7zFM.exe" "C:\\Users\\Public\\plans.zip"',
    EXPLORER,
  ],
  ['C:\\Windows\\System32\\notepad.exe', 'notepad.exe', EXPLORER],
  ['C:\\Windows\\System32\\mspaint.exe', 'mspaint.exe', EXPLORER],
  [
    'C:\\Windows\\System32\\cmd.exe',
    'cmd.exe /c netlogon.bat',
    'C:\\Windows\\System32\\userinit.exe',
  ],
  [
    'C:\\Windows\\System32\\gpupdate.exe',
    'gpupdate.exe /target:user',
    'C:\\Windows\\System32\\svchost.exe',
  ],
]

/** An administrator's day on servers. */
export const ADMIN_PROGRAMS: readonly [Program, ...Program[]] = [
  ['C:\\Windows\\System32\\mmc.exe', 'mmc.exe dsa.msc', EXPLORER],
  ['C:\\Windows\\System32\\mmc.exe', 'mmc.exe eventvwr.msc', EXPLORER],
  ['C:\\Windows\\System32\\ipconfig.exe', 'ipconfig /all', CMD],
  ['C:\\Windows\\System32\\ping.exe', 'ping -n 4 10.20.1.11', CMD],
  [POWERSHELL, 'powershell.exe Get-Service', EXPLORER],
  [POWERSHELL, 'powershell.exe -File C:\\Scripts\\new-user.ps1', EXPLORER],
  ['C:\\Windows\\System32\\gpresult.exe', 'gpresult /r', CMD],
  ['C:\\Windows\\System32\\sc.exe', 'sc query state= all', CMD],
  ['C:\\Windows\\System32\\nslookup.exe', 'nslookup files', CMD],
]

/** What administrators do now and then, and intruders too. */
export const ODD_ADMIN_PROGRAMS: readonly [Program, ...Program[]] = [
  ['C:\\Windows\\System32\\net.exe', 'net group "Domain Admins" /domain', CMD],
  ['C:\\Windows\\System32\\nltest.exe', 'nltest /dclist:', CMD],
  ['C:\\Windows\\System32\\vssadmin.exe', 'vssadmin list shadows', CMD],
  ['C:\\Windows\\System32\\netsh.exe', 'netsh interface portproxy show all', CMD],
  ['C:\\Windows\\System32\\wevtutil.exe', 'wevtutil qe System /c:50 /rd:true /f:text', CMD],
  [
    'C:\\Program Files\\7-Zip\\7z.exe',
    '7z.exe a -pWinter9 D:\\out\\council.7z D:\\shares\\council',
    CMD,
  ],
  [
    'C:\\Windows\\System32\\ntdsutil.exe',
    'ntdsutil "activate instance ntds" files info quit quit',
    CMD,
  ],
  ['C:\\Windows\\System32\\ldifde.exe', 'ldifde -f C:\\Temp\\users.ldf -d "ou=staff"', CMD],
]

/** What machines do by themselves. */
export const MACHINE_PROGRAMS: readonly [Program, ...Program[]] = [
  ['C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe', SERVICES],
  ['C:\\Windows\\System32\\svchost.exe', 'svchost.exe -k netsvcs -p -s Schedule', SERVICES],
  ['C:\\Windows\\System32\\wbem\\WmiPrvSE.exe', 'wmiprvse.exe -secured -Embedding', SERVICES],
  [
    'C:\\Program Files\\BackupAgent\\agent.exe',
    '"C:\\Program Files\\BackupAgent\\agent.exe" --incremental',
    SERVICES,
  ],
]
