// Assets and versions that configurations of devices name: the edge is known without a scanner.

import { sql } from 'kysely'
import { cloudAssets } from '../imports/cloud-inventory.ts'
import { hostOf } from '../imports/scanned.ts'
import type { Product, ScannedAsset } from '../imports/scanned.ts'
import type { Work } from '../rows.ts'

type Named = { readonly vendor: string; readonly name: string }
type Sign = Named & {
  /** Group `version`; read from the first lines, as the device writes it. */
  readonly is: RegExp
  readonly write?: (version: string) => string
}

/** What is read of a configuration: makers say their version at the top. */
const HEAD_CHARACTERS = 16_384
const MOST_DEVICES = 20_000

/** `152-4.M3` in the name of an image is 15.2(4)M3. */
const ofImage = (text: string): string =>
  text.replace(
    /^(\d{2})(\d)-(\d+)\.?(.*)$/,
    (_, major, minor, build, rest) => `${major}.${minor}(${build})${String(rest)}`,
  )
/** `17.09.04a` is 17.9.4a. */
const withoutZeros = (text: string): string => text.replaceAll(/(^|\.)0+(?=\d)/g, '$1')

/** The first that tells. `version 17.9` alone names a train and no release: it gives no version. */
const SIGNS: readonly Sign[] = [
  {
    vendor: 'Fortinet',
    name: 'FortiOS',
    is: /^#config-version=F\w+-(?<version>\d+\.\d+\.\d+)-FW/m,
  },
  {
    vendor: 'Fortinet',
    name: 'FortiManager',
    is: /^#config-version=FMG\w*-(?<version>\d+\.\d+\.\d+)/m,
  },
  {
    vendor: 'Palo Alto Networks',
    name: 'PAN-OS',
    is: /<config\s[^>]*detail-version="(?<version>\d+\.\d+\.\d+(?:-h\d+)?)"/,
  },
  {
    vendor: 'Cisco',
    name: 'Adaptive Security Appliance Software',
    is: /^ASA Version (?<version>\d+\.\d+\(\d+\)\d*)/m,
  },
  { vendor: 'Cisco', name: 'NX-OS', is: /^version (?<version>\d+\.\d+\(\d+\w*\)\S*)/m },
  {
    vendor: 'Cisco',
    name: 'IOS XE',
    is: /^!.*(?:IOS[- ]XE|IOSXE).*\bVersion (?<version>\d+\.\d+\.\d+\w*)/im,
    write: withoutZeros,
  },
  {
    vendor: 'Cisco',
    name: 'IOS XE',
    is: /(?:boot system|System image file is)\s\S*[\w-]+universalk9\S*?\.(?<version>1[67]\.\d{2}\.\d{2}\w*)\.SPA/m,
    write: withoutZeros,
  },
  { vendor: 'Cisco', name: 'IOS', is: /^!.*IOS.*\bVersion (?<version>1\d\.\d+\(\d+\)\w+)/im },
  {
    vendor: 'Cisco',
    name: 'IOS',
    is: /(?:boot system|System image file is)\s\S*\.(?:SPA\.)?(?<version>1[25]\d-\d+\.\w+)\.bin/m,
    write: ofImage,
  },
  {
    vendor: 'Juniper Networks',
    name: 'Junos OS',
    is: /^(?:set )?version (?<version>\d{2}\.\d[RSFXI][\w.-]+);?$/m,
  },
  { vendor: 'Arista', name: 'EOS', is: /^! device:.*EOS-(?<version>\d+\.\d+\.\d+\w*)/m },
  { vendor: 'MikroTik', name: 'RouterOS', is: /^#.*\bby RouterOS (?<version>\d+\.\d+(?:\.\d+)?)/m },
  {
    vendor: 'Citrix',
    name: 'NetScaler ADC',
    is: /^#NS(?<version>\d+\.\d+ Build \d+\.\d+)/m,
    write: (text) => text.replace(' Build ', '-'),
  },
  {
    vendor: 'SonicWall',
    name: 'SonicOS',
    is: /^firmware-version "?SonicOS(?:X| Enhanced)? (?<version>\d[\w.-]+)/m,
  },
  { vendor: 'F5', name: 'BIG-IP', is: /^#TMSH-VERSION: (?<version>\d+\.\d+\.\d+(?:\.\d+)?)/m },
  {
    vendor: 'WatchGuard',
    name: 'Fireware',
    is: /<for-version>(?<version>\d+\.\d+(?:\.\d+)?)<\/for-version>/,
  },
  { vendor: 'VyOS', name: 'VyOS', is: /^\/\/ Release version: (?<version>\d+\.\d+(?:\.\d+)?)/m },
  {
    vendor: 'HPE',
    name: 'Comware',
    is: /^ ?version (?<version>\d\.\d\.\d+), (?:Release|Feature)/m,
  },
]

/** What the head of a configuration says of its system. */
export function systemIn(config: string): Product | undefined {
  const head = config.slice(0, HEAD_CHARACTERS)
  for (const { is, vendor, name, write } of SIGNS) {
    const version = is.exec(head)?.groups?.['version']
    if (version === undefined) continue
    const said = write === undefined ? version : write(version)
    return { vendor, name, version: said, service: '', confidence: 95 }
  }
  return undefined
}

type Row = { name: string; title: string; dialect: string; head: string; seen: Date }
/** A cloud's answers name many machines, and none of them is the file. */
const CLOUDS: ReadonlySet<string> = new Set(['aws', 'azure', 'gcp'])

/** Devices whose configuration came, or came again, since. `sinceMs` undefined: all. */
export async function assetsOfConfigurations(
  work: Work,
  sinceMs: number | undefined,
): Promise<readonly ScannedAsset[]> {
  const { rows } = await sql<Row>`
    SELECT d.name, d.title, d.dialect, CASE WHEN d.dialect IN ('aws', 'azure', 'gcp') THEN v.config ELSE left(v.config, ${HEAD_CHARACTERS}) END AS head, v.last_seen AS seen
    FROM audit_devices d JOIN audit_versions v ON v.id = d.version
    WHERE v.last_seen >= ${new Date(sinceMs ?? 0)} ORDER BY v.last_seen DESC LIMIT ${MOST_DEVICES}`.execute(
    work,
  )
  return rows.flatMap(({ name, title, dialect, head }): readonly ScannedAsset[] => {
    if (CLOUDS.has(dialect)) return machinesIn(head)
    const system = systemIn(head)
    const asset: ScannedAsset = {
      kind: 'asset',
      host: hostOf([name], { system: title }),
      products: system === undefined ? [] : [system],
      ...(system === undefined ? {} : { kept: { vendor: system.vendor } }),
    }
    return [asset]
  })
}

/** The redacted text is JSON still; one that was cut names nothing. */
function machinesIn(config: string): readonly ScannedAsset[] {
  try {
    return cloudAssets(JSON.parse(config))
  } catch {
    return []
  }
}
