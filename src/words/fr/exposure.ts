// Ce qui se dit de l’exposition : pourquoi une date est ce qu’elle est, sur quoi repose une correspondance.

import type { Action, Basis, Modifier, Tier } from '../../model/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

/** Les deux premiers, et combien d’autres. */
function few(names: readonly string[]): string {
  const left = names.length - 2
  return `${names.slice(0, 2).join(', ')}${left > 0 ? ` et ${left} autres` : ''}`
}

const minute = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`

export const TIERS: Readonly<Record<Tier, string>> = {
  'three-days-forensic': '3 jours et triage judiciaire',
  'three-days': '3 jours',
  'fourteen-days': '14 jours',
  'sixty-days': '60 jours',
  upgrade: 'À la prochaine mise à niveau',
}
export const MODIFIERS: Readonly<Record<Modifier, string>> = {
  'human-impact': 'des personnes en dépendent',
  'favoured-target': 'des intrus la visent de préférence',
  'identity-or-ot': 'l’actif protège des identités ou la technologie opérationnelle',
}
const REASONS: Readonly<Record<string, string>> = {
  'version-exact': 'Cette version même est désignée comme touchée.',
  'version-in-range': 'La version se trouve dans l’intervalle touché.',
  'all-versions': 'Toutes les versions sont désignées comme touchées.',
  'version-unknown':
    'Le produit est touché dans certaines versions; la version présente n’est pas connue.',
  'cannot-compare':
    'La version ne peut pas être comparée à l’intervalle touché\u202f: une personne décide.',
  'product-named':
    'Le produit est désigné comme exploité, sans versions\u202f: vérifiez la version.',
  'no-match': 'La version vue maintenant est hors de l’intervalle touché.',
  reported: 'Un analyseur l’a signalée.',
  cleared: 'Le fournisseur dit qu’elle ne touche pas ce produit, ou qu’elle est corrigée.',
}

function listed(parts: readonly string[]): string {
  const [last, ...rest] = parts.toReversed()
  return rest.length === 0 ? (last ?? '') : `${rest.toReversed().join(', ')} et ${last ?? ''}`
}

function factors(basis: Basis): readonly string[] {
  const said = (from: Basis['impactFrom']) =>
    from === 'estimated' ? ' (estimation)' : from === 'assumed' ? ' (supposé)' : ''
  return [
    basis.exploited
      ? `exploitée${basis.ransomware ? ' par des rançongiciels' : ''}`
      : 'sans exploitation connue',
    basis.exposed
      ? basis.facing === 'unknown'
        ? 'présumée exposée à Internet'
        : 'exposée à Internet'
      : basis.facing === 'unknown'
        ? 'invisible d’Internet à notre connaissance'
        : 'non exposée à Internet',
    basis.automatable
      ? `automatisable${said(basis.automatableFrom)}`
      : `non automatisable${said(basis.automatableFrom)}`,
    `d’incidence ${basis.impact === 'total' ? 'totale' : 'partielle'}${said(basis.impactFrom)}`,
  ]
}

export const exposure: Words['exposure'] = {
  tier: (tier: Tier): string => TIERS[tier],
  why: (basis: Basis, action: Action): string => {
    const sentence = `${TIERS[basis.tier]}, parce que la vulnérabilité est ${listed(factors(basis))}`
    const shorter =
      basis.modifiers.length === 0
        ? ''
        : `; plus court, parce que ${listed(basis.modifiers.map((modifier) => MODIFIERS[modifier]))}`
    const capped =
      basis.cappedBy === 'kev'
        ? '; la date de la CISA est plus proche'
        : basis.cappedBy === 'directive'
          ? '; la date d’une directive est plus proche'
          : ''
    const arrival = basis.overdueOnArrival
      ? ' L’échéance était dépassée lors de la découverte.'
      : ''
    const ended =
      action === 'disconnect'
        ? ' Le soutien a pris fin\u202f: débranchez l’actif du réseau.'
        : basis.supportEnded
          ? ' Le soutien a pris fin\u202f: remplacez l’actif.'
          : ''
    return `${sentence}${shorter}${capped}.${arrival}${ended}`
  },
  reason: (reason) => REASONS[reason] ?? REASONS['reported'] ?? '',
  actions: {
    fix: 'corriger',
    disconnect: 'débrancher',
    replace: 'remplacer',
    decide: 'décider',
  },
  sheet: {
    yes: 'oui',
    no: 'non',
    columns: [
      'Échéance',
      'En retard',
      'À faire',
      'Actif',
      'Responsable',
      'Face à Internet',
      'Produit',
      'Version',
      'Vulnérabilité',
      'Titre',
      'Exploitée',
      'Délai',
      'EPSS',
      'CVSS',
      'Pourquoi',
      'Exception jusqu’au',
      'Dossier',
    ],
  },
  patch: {
    none: 'Rien n’est dû dans ce délai.',
    on: 'sur',
    line: (what, advisories, assets) =>
      `${what} : ${n(advisories, 'avis', 'avis')} sur ${n(assets, 'actif', 'actifs')}`,
    fixedIn: (versions) => `exempte selon l’analyseur : ${versions}`,
    overdue: (count) => `${count} en retard`,
    triage: (count) => `${count} avec triage judiciaire`,
    more: (count) => `et ${count} de plus`,
    because: (advisory, why) => `${advisory} : ${why}`,
    also: (advisories) => `Ferme ${advisories}`,
  },
  cell: {
    asset: (value, count) =>
      `${n(count, 'ligne ne nomme', 'lignes ne nomment')} aucun actif${value === '' ? '' : ` («\u202f${value}\u202f» n’en est pas un)`}\u202f: il faut un nom, une adresse ou un numéro de série. Rien n’en a été repris.`,
    zone: (value, count) =>
      `Zone « ${value} » (${n(count, 'ligne', 'lignes')}) : sont connues dmz, bureau, serveurs, gestion, ot, invités. La zone reste telle quelle.`,
    criticality: (value, count) =>
      `Criticité « ${value} » (${n(count, 'ligne', 'lignes')}) : sont connues faible, moyenne, élevée, très élevée. Elle reste telle quelle.`,
    date: (value, count) =>
      `Date « ${value} » (${n(count, 'ligne', 'lignes')}), lisible de deux façons ou d’aucune : écrivez 2026-04-03. Elle reste telle quelle.`,
  },
  missing: {
    version: (product, assets) =>
      `La version du produit ${product} sur ${n(assets, 'actif', 'actifs')} n’est pas connue.`,
    affected: (product, assets) =>
      `Les versions touchées du produit ${product} ne sont pas connues; la version sur ${n(assets, 'actif', 'actifs')} l’est. Chargez les fiches CVE.`,
    both: (product, assets) =>
      `Ni la version du produit ${product} sur ${n(assets, 'actif', 'actifs')} ni les versions touchées ne sont connues.`,
    order: (product, assets) =>
      `La version du produit ${product} sur ${n(assets, 'actif', 'actifs')} ne peut pas être comparée à l’intervalle touché\u202f: une personne décide.`,
  },
  waiting: (advisories) => `${n(advisories, 'avis', 'avis')} à décider.`,
  problem: (kind, detail) =>
    kind === 'entry'
      ? `L’entrée ${detail} est inutilisable.`
      : `L’avis échoue à un essai obligatoire de CSAF et n’est pas utilisé\u202f: ${detail}`,
  imported: (tool, findings, assets) =>
    `${tool}\u202f: ${n(findings, 'constat', 'constats')} sur ${n(assets, 'actif', 'actifs')}`,
  counts: (created, same, closed, reopened) =>
    `nouveaux\u202f: ${created}, inchangés\u202f: ${same}, fermés\u202f: ${closed}, rouverts\u202f: ${reopened}`,
  loaded: (name, dated, read) => `${name} du ${dated}\u202f: ${n(read, 'entrée', 'entrées')}`,
  unchanged: (name, dated) => `${name} du ${dated} est déjà ici`,
  pressing: (pressing, triage) =>
    `exploitées et à portée d’Internet ici, nouvellement : ${pressing}; avec triage judiciaire : ${triage}`,
  newlyExploited: (count, exposures, undecided) =>
    `nouvellement exploitées\u202f: ${count}; nouvelles expositions ici\u202f: ${exposures}${undecided === 0 ? '' : `, dont ${undecided} à décider`}`,
  refused: (count) => n(count, 'entrée inutilisable', 'entrées inutilisables'),
  none: 'Rien d’exposé n’est connu.',
  noKnowledge:
    'Aucune connaissance n’est encore chargée. Commencez par\u202f: vigie exposure knowledge load known_exploited_vulnerabilities.json',
  knowledgeOf: (feeds) => `Connu\u202f: ${feeds}`,
  columns: {
    due: 'échéance',
    advisory: 'avis',
    assets: 'actifs',
    facing: 'exposés',
    tier: 'délai',
    product: 'produit',
    asset: 'actif',
    version: 'version',
    open: 'ouvertes',
    overdue: 'en retard',
    owner: 'responsable',
    feed: 'source',
    dated: 'date',
    entries: 'entrées',
    unsure: 'à décider',
  },
  overdue: 'en retard',
  facing: { internet: 'Internet', internal: 'interne', unknown: '?' },
  triageNeeded: (count, cases) =>
    `${n(count, 'exposition demande', 'expositions demandent')} un triage judiciaire : voir ${cases.length === 1 ? 'le dossier' : 'les dossiers'} ${cases.join(', ')}.`,
  triageCase: {
    title: (vulnerabilities, assets) =>
      `Triage judiciaire : ${few(vulnerabilities)} sur ${few(assets)}`,
    summary: (lines) =>
      `Exploitée ailleurs, et ouverte ici : selon le tableau des délais (CISA BOD 26-04), corriger ne suffit pas. A-t-elle servi? Les preuves sont prises avant de corriger.\n\n${lines}`,
    joined: (lines) =>
      `Autres expositions d’actifs de ce dossier qui demandent un triage :\n${lines}`,
    line: ({ assetName, vulnerability, product, due, triage, why }) =>
      `- ${assetName} : ${vulnerability}${product === '' ? '' : ` dans ${product}`}; ${due === null ? '' : `à corriger d’ici le ${due.slice(0, 10)}; `}${triage === null ? '' : `preuves d’ici ${minute(triage.evidenceBy)}, décision d’ici ${minute(triage.decideBy)}. `}${why}`,
    more: (count) => `- et ${count} autres : voir l’écran d’exposition`,
    evidence: (asset) => `Preuves volatiles de ${asset}, avant de corriger`,
    evidenceHow:
      'Mémoire ou archive de diagnostic du fabricant, processus, sessions, connexions, journaux de l’appareil, configuration active. Verser les fichiers au dossier.',
  },
  exploited: {
    title: 'Vulnérabilité exploitée à portée d’Internet',
    why: (asset, [first, ...others]) => {
      if (first === undefined) return asset
      const more =
        others.length === 0 ? '' : `, et ${n(others.length, 'autre', 'autres')} au même endroit`
      const by = first.due === null ? '' : `, à corriger d’ici le ${first.due.slice(0, 10)}`
      return `${asset}\u202f: ${first.vulnerability} dans ${`${first.product} ${first.version}`.trim()}${by}${more}. ${first.why}`
    },
  },
  noDate: 'mise à niveau',
  httpsOnly: 'une adresse qui commence par https://',
}
