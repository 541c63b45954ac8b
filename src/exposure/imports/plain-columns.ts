// What people call the columns of their own lists, in English and in French, and the words they write in them.

import type { HUMAN_IMPACTS, ZONES } from '../../model/index.ts'
import { foldHeading } from './fold-heading.ts'

type Zone = Exclude<(typeof ZONES)[number], ''>
type Impact = (typeof HUMAN_IMPACTS)[number]

/** Headings as `foldHeading` gives them: no accents, no signs. */
export const COLUMNS = {
  asset:
    'asset|asset name|host|hostname|host name|computer|computer name|device|device name|server|system name|fqdn|dns name|actif|nom de l actif|hote|nom d hote|nom de l hote|nom de machine|nom de la machine|machine|nom du serveur|nom du poste|nom|appareil|nom de l appareil|equipement|nom de l equipement|serveur|poste|ordinateur|nom dns|name',
  address:
    'ip|ips|ip address|ip addresses|ipv4|ipv6|ipv4 address|ipv6 address|adresse ip|adresses ip|adresse|adresses|address|addresses',
  mac: 'mac|mac address|adresse mac',
  serial: 'serial|serial number|serial no|no de serie|n de serie|numero de serie',
  system: 'os|operating system|systeme|systeme d exploitation',
  product: 'product|produit|software|logiciel|application|model|modele',
  vendor: 'vendor|manufacturer|maker|supplier|fournisseur|fabricant|marque|editeur',
  version:
    'version|software version|firmware|firmware version|version logicielle|micrologiciel|version du micrologiciel',
  cpe: 'cpe|cpe 2 3',
  purl: 'purl|package url',
  port: 'port',
  protocol: 'protocol|protocole',
  facing:
    'internet facing|internet|exposed|publicly exposed|public|expose|exposee|expose a internet|exposition internet|accessible d internet|face a internet',
  owner: 'owner|responsible|contact|proprietaire|responsable',
  zone: 'zone|network zone|zone reseau|segment|network segment|segment reseau',
  criticality:
    'criticality|importance|criticite|niveau de criticite|mission impact|business impact',
  supportEnds:
    'support ends|end of support|end of life|eol|eos|fin de support|fin du support|fin de soutien|fin du soutien|fin de vie',
  cve: 'cve|cves|vulnerability|vulnerabilities|vulnerabilite|vulnerabilites|vulnerabilite cve',
  score: 'cvss|cvss score|score|score cvss',
  severity: 'severity|gravite|severite',
  title: 'title|titre|description',
  state: 'state|status|etat|statut',
  seen: 'seen|last seen|date|vu le|derniere observation',
} as const
export type Column = keyof typeof COLUMNS

export const NAMES: Readonly<Record<Column, readonly string[]>> = Object.fromEntries(
  Object.entries(COLUMNS).map(([column, names]) => [column, names.split('|')]),
) as unknown as Readonly<Record<Column, readonly string[]>> // keys of COLUMNS

/** Any of these tells the heading. */
export const PLAIN_COLUMNS: ReadonlySet<string> = new Set([
  ...NAMES.asset,
  ...NAMES.address,
  'cve',
  'cves',
])

const ZONE_WORDS: Readonly<Record<string, Zone>> = {
  dmz: 'dmz',
  perimeter: 'dmz',
  perimetre: 'dmz',
  edge: 'dmz',
  office: 'office',
  corporate: 'office',
  user: 'office',
  users: 'office',
  workstation: 'office',
  workstations: 'office',
  bureau: 'office',
  bureaux: 'office',
  bureautique: 'office',
  postes: 'office',
  server: 'server',
  servers: 'server',
  'data centre': 'server',
  'data center': 'server',
  datacenter: 'server',
  serveur: 'server',
  serveurs: 'server',
  'centre de donnees': 'server',
  management: 'management',
  admin: 'management',
  administration: 'management',
  gestion: 'management',
  ot: 'ot',
  ics: 'ot',
  scada: 'ot',
  industrial: 'ot',
  plant: 'ot',
  to: 'ot',
  sci: 'ot',
  industriel: 'ot',
  industrielle: 'ot',
  usine: 'ot',
  'technologie operationnelle': 'ot',
  guest: 'guest',
  guests: 'guest',
  'guest wifi': 'guest',
  invite: 'guest',
  invites: 'guest',
  public: 'guest',
}

const IMPACT_WORDS: Readonly<Record<string, Impact>> = {
  low: 'low',
  faible: 'low',
  basse: 'low',
  bas: 'low',
  minor: 'low',
  medium: 'medium',
  moderate: 'medium',
  moyen: 'medium',
  moyenne: 'medium',
  modere: 'medium',
  moderee: 'medium',
  high: 'high',
  important: 'high',
  importante: 'high',
  eleve: 'high',
  elevee: 'high',
  haut: 'high',
  haute: 'high',
  'very high': 'very high',
  critical: 'very high',
  vital: 'very high',
  critique: 'very high',
  'tres eleve': 'very high',
  'tres elevee': 'very high',
  vitale: 'very high',
}

export const zoneIn = (word: string): Zone | undefined => ZONE_WORDS[foldHeading(word)]
export const impactIn = (word: string): Impact | undefined => IMPACT_WORDS[foldHeading(word)]

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'internet', 'public', 'oui', 'o', 'vrai'])
export const isYes = (word: string): boolean => YES.has(foldHeading(word))

/**
 * A day that can be read in one way: ISO 8601, a year first, or a day above twelve. `03/04/2026` is the third of April to some and
 * the fourth of March to others: `unclear`.
 */
export function dayIn(text: string): { readonly day: string } | 'unclear' {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text)
  if (iso !== null) return dayOf(iso[1], iso[2], iso[3])
  const other = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?$/.exec(text)
  if (other === null) return 'unclear'
  const [, first = '', second = '', year = ''] = other
  if (Number(first) > 12) return dayOf(year, second, first)
  return Number(second) > 12 || first === second ? dayOf(year, first, second) : 'unclear'
}

function dayOf(year = '', month = '', day = ''): { readonly day: string } | 'unclear' {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const ms = Date.parse(`${text}T00:00:00Z`)
  // The thirtieth of February is none.
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text
    ? 'unclear'
    : { day: text }
}
