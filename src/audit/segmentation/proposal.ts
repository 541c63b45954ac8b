// A proposal of zones from the configurations: one for every network of an interface. A name suggests a kind, and says that it
// did; people decide.

import type { Device, NetworkInterface } from '../network/device.ts'
import { edgesOf } from '../network/places.ts'
import { ipv4Text, ipv6Text, prefix4, prefix6 } from '../packets/addresses.ts'
import type { ZoneKind } from './zones-file.ts'

export type ProposedZone = {
  readonly id: string
  readonly name: string
  readonly kind: ZoneKind
  /** The word of the name that suggests the kind. */
  readonly suggestedBy: string | null
  readonly prefixes: readonly string[]
  readonly interfaces: readonly string[]
}

const SUGGEST: readonly (readonly [RegExp, ZoneKind])[] = [
  [/\b(?:dmz|perimeter|p[ée]rim[èe]tre|jump|rebond)\b/i, 'dmz'],
  [/\b(?:sis|safety|s[ée]curit[ée] (?:fonctionnelle|proc[ée]d[ée]))\b/i, 'safety'],
  [
    /\b(?:ot|scada|ics|dcs|plcs?|automates?|hmi|ihm|rtus?|process|production|plant|usine|station de pompage|control|contr[oô]le|substation|poste de transformation|line [a-z0-9]|ligne|machine|historian)\b/i,
    'ot',
  ],
  [/\b(?:mgmt|management|oob|gestion|admin)\b/i, 'management'],
  [/\b(?:vendor|contractor|fournisseur|maintenance|remote access|acc[eè]s distant)\b/i, 'vendor'],
  [/\b(?:wan|internet|outside|untrust|isp|fai|public)\b/i, 'internet'],
  [
    /\b(?:office|bureau|bureaux|corp|corporate|users?|utilisateurs?|it|ti|servers?|serveurs?|wi-?fi|guest|invit[ée]s?|inside|trust|main)\b/i,
    'it',
  ],
]

export function proposeZones(devices: readonly Device[]): readonly ProposedZone[] {
  const edges = edgesOf(devices)
  const zones = new Map<string, ProposedZone>()
  const ids = new Set<string>()
  for (const device of devices) {
    for (const one of device.interfaces) {
      const prefixes = networksOf(one)
      const isEdge = edges.some((place) => place.interface === one)
      if (!one.isUp || isLoopback(one) || (prefixes.length === 0 && !isEdge)) continue
      const key = isEdge ? 'internet' : prefixes.join(' ')
      const place = `${device.name}/${one.name}`
      const known = zones.get(key)
      zones.set(
        key,
        known === undefined
          ? newZone({ device, one, prefixes, isEdge }, place, ids)
          : {
              ...known,
              interfaces: [...known.interfaces, ...(one.hosts === undefined ? [place] : [])],
            },
      )
    }
  }
  return [...zones.values()]
}

type New = {
  readonly device: Device
  readonly one: NetworkInterface
  readonly prefixes: readonly string[]
  readonly isEdge: boolean
}

function newZone(
  { device, one, prefixes, isEdge }: New,
  place: string,
  ids: Set<string>,
): ProposedZone {
  const words = [one.alias, one.zone, one.name].filter((word) => word !== null)
  const name = isEdge ? 'Internet' : (words[0] ?? one.name)
  const found = isEdge ? undefined : suggestion(words)
  return {
    id: idFrom(isEdge ? 'internet' : name, device.name, ids),
    name,
    kind: isEdge ? 'internet' : (found?.kind ?? 'undecided'),
    suggestedBy: found?.word ?? null,
    prefixes: isEdge ? [] : prefixes,
    // Hosts of a network come and go: they are found by its prefix.
    interfaces: one.hosts === undefined ? [place] : [],
  }
}

function suggestion(
  words: readonly string[],
): { readonly kind: ZoneKind; readonly word: string } | undefined {
  for (const text of words) {
    const plain = text.replaceAll(/[_-]/g, ' ')
    for (const [pattern, kind] of SUGGEST) {
      const [word] = pattern.exec(plain) ?? []
      if (word !== undefined) return { kind, word }
    }
  }
  return undefined
}

function isLoopback({ name }: NetworkInterface): boolean {
  return /^(?:lo|loopback|null)/i.test(name)
}

function networksOf({ prefixes, networks }: NetworkInterface): readonly string[] {
  return (networks ?? prefixes).flatMap((prefix) => {
    if (prefix.family === 4) {
      const [low = 0] = prefix4(prefix.address, prefix.length) ?? []
      return prefix.length >= 32 ? [] : [`${ipv4Text(low)}/${prefix.length}`]
    }
    const words = prefix6(prefix.address, prefix.length)?.map(([low = 0]) => low) ?? []
    return prefix.length >= 128 || (prefix.address[0] ?? 0) >= 0xfe_80_00_00
      ? []
      : [`${ipv6Text(words)}/${prefix.length}`]
  })
}

const LONGEST_ID = 48

function idFrom(name: string, device: string, ids: Set<string>): string {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036F]/g, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, LONGEST_ID)
  const short = plain(name) || 'zone'
  const candidates = [short, `${short}-${plain(device)}`.slice(0, LONGEST_ID)]
  let id = candidates.find((one) => !ids.has(one)) ?? short
  for (let count = 2; ids.has(id); count += 1) id = `${short}-${count}`
  ids.add(id)
  return id
}

/** As a zones file, to be looked through. */
export function proposalText(
  zones: readonly ProposedZone[],
  say: {
    readonly head: string
    readonly suggested: (word: string) => string
    readonly undecided: string
  },
): string {
  const lines = [...say.head.split('\n').map((line) => `# ${line}`), 'zones:']
  for (const zone of zones) {
    const note =
      zone.suggestedBy !== null
        ? `  # ${say.suggested(zone.suggestedBy)}`
        : zone.kind === 'undecided'
          ? `  # ${say.undecided}`
          : ''
    lines.push(
      `  - id: ${zone.id}`,
      `    name: ${JSON.stringify(zone.name)}`,
      `    kind: ${zone.kind}${note}`,
    )
    if (zone.prefixes.length > 0)
      lines.push(`    prefixes: [${zone.prefixes.map((one) => JSON.stringify(one)).join(', ')}]`)
    lines.push(`    interfaces: [${zone.interfaces.map((one) => JSON.stringify(one)).join(', ')}]`)
  }
  return `${lines.join('\n')}\nconduits: []\n`
}
