// Couverture ATT&CK, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const coverage: RoomWords['coverage'] = {
  title: 'Couverture ATT&CK',
  how: (since) =>
    `Ce qui pourrait être trouvé avec les journaux arrivés depuis le ${since}. Une règle sans ses journaux ne trouve rien. ATT&CK est une œuvre de The MITRE Corporation.`,
  noEvents:
    'Aucun événement n’est arrivé pendant ce temps\u202F: aucune règle ne peut encore rien trouver.',
  summary: (seen, all) =>
    `${seen} des ${all} techniques décrites par des règles pourraient être vues.`,
  reach: {
    live: 'Règles qui veillent, leurs journaux arrivent',
    idle: 'Règles qui attendent, leurs journaux n’arrivent pas',
    unusable: 'Règles inutilisables',
  },
  untagged: (count) => `${n(count, 'règle ne nomme', 'règles ne nomment')} aucune technique`,
  matrix: 'Techniques par tactique, avec le nombre de règles qui veillent',
  noTactic: 'Sans tactique nommée',
  counts: (live, idle, unusable) =>
    `${n(live, 'règle veille', 'règles veillent')}, ${n(idle, 'attend', 'attendent')} des journaux, ${n(unusable, 'inutilisable', 'inutilisables')}`,
  technique: 'Technique ATT&CK',
  itsRules: 'Ses règles',
  subtechniques: 'Sous-techniques',
  missing: 'Journaux qui n’arrivent pas, selon les règles qui les attendent',
  noneMissing: 'Tous les journaux demandés par des règles arrivent.',
  arriving: 'Journaux qui arrivent',
  noneArriving: 'Aucun des journaux demandés par des règles n’est arrivé.',
  logsource: 'Type de journal',
  rules: 'Règles',
  more: (count) => `et ${count} de plus`,
  tactics: {
    reconnaissance: 'Reconnaissance préalable',
    'resource-development': 'Préparation de moyens',
    'initial-access': 'Accès initial',
    execution: 'Exécution',
    persistence: 'Persistance',
    'privilege-escalation': 'Élévation de privilèges',
    'defense-evasion': 'Contournement des défenses',
    'credential-access': 'Accès aux identifiants',
    discovery: 'Découverte',
    'lateral-movement': 'Déplacement latéral',
    collection: 'Collecte',
    'command-and-control': 'Commande et contrôle',
    exfiltration: 'Exfiltration de données',
    impact: 'Atteinte aux systèmes',
  },
}
