// What ATT&CK Enterprise calls its techniques (version 18.1, https://attack.mitre.org). Proper names: they stand in both languages.
// © 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.

/** A line for each technique: its id, its name, then the names of `.001`, `.002` and so on; nothing stands for a number that was given up. */
const NAMES = `
T1001|Data Obfuscation|Junk Data|Steganography|Protocol or Service Impersonation
T1003|OS Credential Dumping|LSASS Memory|Security Account Manager|NTDS|LSA Secrets|Cached Domain Credentials|DCSync|Proc Filesystem|/etc/passwd and /etc/shadow
T1005|Data from Local System
T1006|Direct Volume Access
T1007|System Service Discovery
T1008|Fallback Channels
T1010|Application Window Discovery
T1011|Exfiltration Over Other Network Medium|Exfiltration Over Bluetooth
T1012|Query Registry
T1014|Rootkit
T1016|System Network Configuration Discovery|Internet Connection Discovery|Wi-Fi Discovery
T1018|Remote System Discovery
T1020|Automated Exfiltration|Traffic Duplication
T1021|Remote Services|Remote Desktop Protocol|SMB/Windows Admin Shares|Distributed Component Object Model|SSH|VNC|Windows Remote Management|Cloud Services|Direct Cloud VM Connections
T1025|Data from Removable Media
T1027|Obfuscated Files or Information|Binary Padding|Software Packing|Steganography|Compile After Delivery|Indicator Removal from Tools|HTML Smuggling|Dynamic API Resolution|Stripped Payloads|Embedded Payloads|Command Obfuscation|Fileless Storage|LNK Icon Smuggling|Encrypted/Encoded File|Polymorphic Code|Compression|Junk Code Insertion|SVG Smuggling
T1029|Scheduled Transfer
T1030|Data Transfer Size Limits
T1033|System Owner/User Discovery
T1036|Masquerading|Invalid Code Signature|Right-to-Left Override|Rename Legitimate Utilities|Masquerade Task or Service|Match Legitimate Resource Name or Location|Space after Filename|Double File Extension|Masquerade File Type|Break Process Trees|Masquerade Account Name|Overwrite Process Arguments|Browser Fingerprint
T1037|Boot or Logon Initialization Scripts|Logon Script (Windows)|Login Hook|Network Logon Script|RC Scripts|Startup Items
T1039|Data from Network Shared Drive
T1040|Network Sniffing
T1041|Exfiltration Over C2 Channel
T1046|Network Service Discovery
T1047|Windows Management Instrumentation
T1048|Exfiltration Over Alternative Protocol|Exfiltration Over Symmetric Encrypted Non-C2 Protocol|Exfiltration Over Asymmetric Encrypted Non-C2 Protocol|Exfiltration Over Unencrypted Non-C2 Protocol
T1049|System Network Connections Discovery
T1052|Exfiltration Over Physical Medium|Exfiltration over USB
T1053|Scheduled Task/Job||At|Cron||Scheduled Task|Systemd Timers|Container Orchestration Job
T1055|Process Injection|Dynamic-link Library Injection|Portable Executable Injection|Thread Execution Hijacking|Asynchronous Procedure Call|Thread Local Storage|||Ptrace System Calls|Proc Memory||Extra Window Memory Injection|Process Hollowing|Process Doppelgänging|VDSO Hijacking|ListPlanting
T1056|Input Capture|Keylogging|GUI Input Capture|Web Portal Capture|Credential API Hooking
T1057|Process Discovery
T1059|Command and Scripting Interpreter|PowerShell|AppleScript|Windows Command Shell|Unix Shell|Visual Basic|Python|JavaScript|Network Device CLI|Cloud API|AutoHotKey & AutoIT|Lua|Hypervisor CLI|Container CLI/API
T1068|Exploitation for Privilege Escalation
T1069|Permission Groups Discovery|Local Groups|Domain Groups|Cloud Groups
T1070|Indicator Removal|Clear Windows Event Logs|Clear Linux or Mac System Logs|Clear Command History|File Deletion|Network Share Connection Removal|Timestomp|Clear Network Connection History and Configurations|Clear Mailbox Data|Clear Persistence|Relocate Malware
T1071|Application Layer Protocol|Web Protocols|File Transfer Protocols|Mail Protocols|DNS|Publish/Subscribe Protocols
T1072|Software Deployment Tools
T1074|Data Staged|Local Data Staging|Remote Data Staging
T1078|Valid Accounts|Default Accounts|Domain Accounts|Local Accounts|Cloud Accounts
T1080|Taint Shared Content
T1082|System Information Discovery
T1083|File and Directory Discovery
T1087|Account Discovery|Local Account|Domain Account|Email Account|Cloud Account
T1090|Proxy|Internal Proxy|External Proxy|Multi-hop Proxy|Domain Fronting
T1091|Replication Through Removable Media
T1092|Communication Through Removable Media
T1095|Non-Application Layer Protocol
T1098|Account Manipulation|Additional Cloud Credentials|Additional Email Delegate Permissions|Additional Cloud Roles|SSH Authorized Keys|Device Registration|Additional Container Cluster Roles|Additional Local or Domain Groups
T1102|Web Service|Dead Drop Resolver|Bidirectional Communication|One-Way Communication
T1104|Multi-Stage Channels
T1105|Ingress Tool Transfer
T1106|Native API
T1110|Brute Force|Password Guessing|Password Cracking|Password Spraying|Credential Stuffing
T1111|Multi-Factor Authentication Interception
T1112|Modify Registry
T1113|Screen Capture
T1114|Email Collection|Local Email Collection|Remote Email Collection|Email Forwarding Rule
T1115|Clipboard Data
T1119|Automated Collection
T1120|Peripheral Device Discovery
T1123|Audio Capture
T1124|System Time Discovery
T1125|Video Capture
T1127|Trusted Developer Utilities Proxy Execution|MSBuild|ClickOnce|JamPlus
T1129|Shared Modules
T1132|Data Encoding|Standard Encoding|Non-Standard Encoding
T1133|External Remote Services
T1134|Access Token Manipulation|Token Impersonation/Theft|Create Process with Token|Make and Impersonate Token|Parent PID Spoofing|SID-History Injection
T1135|Network Share Discovery
T1136|Create Account|Local Account|Domain Account|Cloud Account
T1137|Office Application Startup|Office Template Macros|Office Test|Outlook Forms|Outlook Home Page|Outlook Rules|Add-ins
T1140|Deobfuscate/Decode Files or Information
T1176|Software Extensions|Browser Extensions|IDE Extensions
T1185|Browser Session Hijacking
T1187|Forced Authentication
T1189|Drive-by Compromise
T1190|Exploit Public-Facing Application
T1195|Supply Chain Compromise|Compromise Software Dependencies and Development Tools|Compromise Software Supply Chain|Compromise Hardware Supply Chain
T1197|BITS Jobs
T1199|Trusted Relationship
T1200|Hardware Additions
T1201|Password Policy Discovery
T1202|Indirect Command Execution
T1203|Exploitation for Client Execution
T1204|User Execution|Malicious Link|Malicious File|Malicious Image|Malicious Copy and Paste|Malicious Library
T1205|Traffic Signaling|Port Knocking|Socket Filters
T1207|Rogue Domain Controller
T1210|Exploitation of Remote Services
T1211|Exploitation for Defense Evasion
T1212|Exploitation for Credential Access
T1213|Data from Information Repositories|Confluence|Sharepoint|Code Repositories|Customer Relationship Management Software|Messaging Applications|Databases
T1216|System Script Proxy Execution|PubPrn|SyncAppvPublishingServer
T1217|Browser Information Discovery
T1218|System Binary Proxy Execution|Compiled HTML File|Control Panel|CMSTP|InstallUtil|Mshta||Msiexec|Odbcconf|Regsvcs/Regasm|Regsvr32|Rundll32|Verclsid|Mavinject|MMC|Electron Applications
T1219|Remote Access Tools|IDE Tunneling|Remote Desktop Software|Remote Access Hardware
T1220|XSL Script Processing
T1221|Template Injection
T1222|File and Directory Permissions Modification|Windows File and Directory Permissions Modification|Linux and Mac File and Directory Permissions Modification
T1480|Execution Guardrails|Environmental Keying|Mutual Exclusion
T1482|Domain Trust Discovery
T1484|Domain or Tenant Policy Modification|Group Policy Modification|Trust Modification
T1485|Data Destruction|Lifecycle-Triggered Deletion
T1486|Data Encrypted for Impact
T1489|Service Stop
T1490|Inhibit System Recovery
T1491|Defacement|Internal Defacement|External Defacement
T1495|Firmware Corruption
T1496|Resource Hijacking|Compute Hijacking|Bandwidth Hijacking|SMS Pumping|Cloud Service Hijacking
T1497|Virtualization/Sandbox Evasion|System Checks|User Activity Based Checks|Time Based Checks
T1498|Network Denial of Service|Direct Network Flood|Reflection Amplification
T1499|Endpoint Denial of Service|OS Exhaustion Flood|Service Exhaustion Flood|Application Exhaustion Flood|Application or System Exploitation
T1505|Server Software Component|SQL Stored Procedures|Transport Agent|Web Shell|IIS Components|Terminal Services DLL|vSphere Installation Bundles
T1518|Software Discovery|Security Software Discovery|Backup Software Discovery
T1525|Implant Internal Image
T1526|Cloud Service Discovery
T1528|Steal Application Access Token
T1529|System Shutdown/Reboot
T1530|Data from Cloud Storage
T1531|Account Access Removal
T1534|Internal Spearphishing
T1535|Unused/Unsupported Cloud Regions
T1537|Transfer Data to Cloud Account
T1538|Cloud Service Dashboard
T1539|Steal Web Session Cookie
T1542|Pre-OS Boot|System Firmware|Component Firmware|Bootkit|ROMMONkit|TFTP Boot
T1543|Create or Modify System Process|Launch Agent|Systemd Service|Windows Service|Launch Daemon|Container Service
T1546|Event Triggered Execution|Change Default File Association|Screensaver|Windows Management Instrumentation Event Subscription|Unix Shell Configuration Modification|Trap|LC_LOAD_DYLIB Addition|Netsh Helper DLL|Accessibility Features|AppCert DLLs|AppInit DLLs|Application Shimming|Image File Execution Options Injection|PowerShell Profile|Emond|Component Object Model Hijacking|Installer Packages|Udev Rules|Python Startup Hooks
T1547|Boot or Logon Autostart Execution|Registry Run Keys / Startup Folder|Authentication Package|Time Providers|Winlogon Helper DLL|Security Support Provider|Kernel Modules and Extensions|Re-opened Applications|LSASS Driver|Shortcut Modification|Port Monitors||Print Processors|XDG Autostart Entries|Active Setup|Login Items
T1548|Abuse Elevation Control Mechanism|Setuid and Setgid|Bypass User Account Control|Sudo and Sudo Caching|Elevated Execution with Prompt|Temporary Elevated Cloud Access|TCC Manipulation
T1550|Use Alternate Authentication Material|Application Access Token|Pass the Hash|Pass the Ticket|Web Session Cookie
T1552|Unsecured Credentials|Credentials In Files|Credentials in Registry|Shell History|Private Keys|Cloud Instance Metadata API|Group Policy Preferences|Container API|Chat Messages
T1553|Subvert Trust Controls|Gatekeeper Bypass|Code Signing|SIP and Trust Provider Hijacking|Install Root Certificate|Mark-of-the-Web Bypass|Code Signing Policy Modification
T1554|Compromise Host Software Binary
T1555|Credentials from Password Stores|Keychain|Securityd Memory|Credentials from Web Browsers|Windows Credential Manager|Password Managers|Cloud Secrets Management Stores
T1556|Modify Authentication Process|Domain Controller Authentication|Password Filter DLL|Pluggable Authentication Modules|Network Device Authentication|Reversible Encryption|Multi-Factor Authentication|Hybrid Identity|Network Provider DLL|Conditional Access Policies
T1557|Adversary-in-the-Middle|LLMNR/NBT-NS Poisoning and SMB Relay|ARP Cache Poisoning|DHCP Spoofing|Evil Twin
T1558|Steal or Forge Kerberos Tickets|Golden Ticket|Silver Ticket|Kerberoasting|AS-REP Roasting|Ccache Files
T1559|Inter-Process Communication|Component Object Model|Dynamic Data Exchange|XPC Services
T1560|Archive Collected Data|Archive via Utility|Archive via Library|Archive via Custom Method
T1561|Disk Wipe|Disk Content Wipe|Disk Structure Wipe
T1562|Impair Defenses|Disable or Modify Tools|Disable Windows Event Logging|Impair Command History Logging|Disable or Modify System Firewall||Indicator Blocking|Disable or Modify Cloud Firewall|Disable or Modify Cloud Logs|Safe Mode Boot|Downgrade Attack|Spoof Security Alerting|Disable or Modify Linux Audit System|Disable or Modify Network Device Firewall
T1563|Remote Service Session Hijacking|SSH Hijacking|RDP Hijacking
T1564|Hide Artifacts|Hidden Files and Directories|Hidden Users|Hidden Window|NTFS File Attributes|Hidden File System|Run Virtual Instance|VBA Stomping|Email Hiding Rules|Resource Forking|Process Argument Spoofing|Ignore Process Interrupts|File/Path Exclusions|Bind Mounts|Extended Attributes
T1565|Data Manipulation|Stored Data Manipulation|Transmitted Data Manipulation|Runtime Data Manipulation
T1566|Phishing|Spearphishing Attachment|Spearphishing Link|Spearphishing via Service|Spearphishing Voice
T1567|Exfiltration Over Web Service|Exfiltration to Code Repository|Exfiltration to Cloud Storage|Exfiltration to Text Storage Sites|Exfiltration Over Webhook
T1568|Dynamic Resolution|Fast Flux DNS|Domain Generation Algorithms|DNS Calculation
T1569|System Services|Launchctl|Service Execution|Systemctl
T1570|Lateral Tool Transfer
T1571|Non-Standard Port
T1572|Protocol Tunneling
T1573|Encrypted Channel|Symmetric Cryptography|Asymmetric Cryptography
T1574|Hijack Execution Flow|DLL|||Dylib Hijacking|Executable Installer File Permissions Weakness|Dynamic Linker Hijacking|Path Interception by PATH Environment Variable|Path Interception by Search Order Hijacking|Path Interception by Unquoted Path|Services File Permissions Weakness|Services Registry Permissions Weakness|COR_PROFILER|KernelCallbackTable|AppDomainManager
T1578|Modify Cloud Compute Infrastructure|Create Snapshot|Create Cloud Instance|Delete Cloud Instance|Revert Cloud Instance|Modify Cloud Compute Configurations
T1580|Cloud Infrastructure Discovery
T1583|Acquire Infrastructure|Domains|DNS Server|Virtual Private Server|Server|Botnet|Web Services|Serverless|Malvertising
T1584|Compromise Infrastructure|Domains|DNS Server|Virtual Private Server|Server|Botnet|Web Services|Serverless|Network Devices
T1585|Establish Accounts|Social Media Accounts|Email Accounts|Cloud Accounts
T1586|Compromise Accounts|Social Media Accounts|Email Accounts|Cloud Accounts
T1587|Develop Capabilities|Malware|Code Signing Certificates|Digital Certificates|Exploits
T1588|Obtain Capabilities|Malware|Tool|Code Signing Certificates|Digital Certificates|Exploits|Vulnerabilities|Artificial Intelligence
T1589|Gather Victim Identity Information|Credentials|Email Addresses|Employee Names
T1590|Gather Victim Network Information|Domain Properties|DNS|Network Trust Dependencies|Network Topology|IP Addresses|Network Security Appliances
T1591|Gather Victim Org Information|Determine Physical Locations|Business Relationships|Identify Business Tempo|Identify Roles
T1592|Gather Victim Host Information|Hardware|Software|Firmware|Client Configurations
T1593|Search Open Websites/Domains|Social Media|Search Engines|Code Repositories
T1594|Search Victim-Owned Websites
T1595|Active Scanning|Scanning IP Blocks|Vulnerability Scanning|Wordlist Scanning
T1596|Search Open Technical Databases|DNS/Passive DNS|WHOIS|Digital Certificates|CDNs|Scan Databases
T1597|Search Closed Sources|Threat Intel Vendors|Purchase Technical Data
T1598|Phishing for Information|Spearphishing Service|Spearphishing Attachment|Spearphishing Link|Spearphishing Voice
T1599|Network Boundary Bridging|Network Address Translation Traversal
T1600|Weaken Encryption|Reduce Key Space|Disable Crypto Hardware
T1601|Modify System Image|Patch System Image|Downgrade System Image
T1602|Data from Configuration Repository|SNMP (MIB Dump)|Network Device Configuration Dump
T1606|Forge Web Credentials|Web Cookies|SAML Tokens
T1608|Stage Capabilities|Upload Malware|Upload Tool|Install Digital Certificate|Drive-by Target|Link Target|SEO Poisoning
T1609|Container Administration Command
T1610|Deploy Container
T1611|Escape to Host
T1612|Build Image on Host
T1613|Container and Resource Discovery
T1614|System Location Discovery|System Language Discovery
T1615|Group Policy Discovery
T1619|Cloud Storage Object Discovery
T1620|Reflective Code Loading
T1621|Multi-Factor Authentication Request Generation
T1622|Debugger Evasion
T1647|Plist File Modification
T1648|Serverless Execution
T1649|Steal or Forge Authentication Certificates
T1650|Acquire Access
T1651|Cloud Administration Command
T1652|Device Driver Discovery
T1653|Power Settings
T1654|Log Enumeration
T1656|Impersonation
T1657|Financial Theft
T1659|Content Injection
T1665|Hide Infrastructure
T1666|Modify Cloud Resource Hierarchy
T1667|Email Bombing
T1668|Exclusive Control
T1669|Wi-Fi Networks
T1671|Cloud Application Integration
T1672|Email Spoofing
T1673|Virtual Machine Discovery
T1674|Input Injection
T1675|ESXi Administration Command
T1677|Poisoned Pipeline Execution
T1678|Delay Execution
T1679|Selective Exclusion
T1680|Local Storage Discovery
T1681|Search Threat Vendor Data
`

let names: ReadonlyMap<string, string> | undefined

/** `OS Credential Dumping: NTDS` for `T1003.003`, as ATT&CK itself writes it; undefined for an id that this version does not have. */
export function techniqueName(id: string): string | undefined {
  names ??= readNames()
  return names.get(id.toUpperCase())
}

/** `T1003.003 OS Credential Dumping: NTDS`; the id alone where it has no name here. */
export function techniqueText(id: string): string {
  const name = techniqueName(id)
  return name === undefined ? id : `${id} ${name}`
}

function readNames(): ReadonlyMap<string, string> {
  return new Map(
    NAMES.trim()
      .split('\n')
      .flatMap((line) => {
        const [id = '', name = '', ...parts] = line.split('|')
        const inside = parts.map((part, at): [string, string] => [
          `${id}.${String(at + 1).padStart(3, '0')}`,
          part === '' ? '' : `${name}: ${part}`,
        ])
        return [[id, name] as const, ...inside.filter(([, text]) => text !== '')]
      }),
  )
}
