// Ce qui est dit des indicateurs.

import type { IndicatorKind } from '../../model/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

const KINDS: Readonly<Record<IndicatorKind, readonly [string, string]>> = {
  address: ['L’adresse', 'adresse'],
  prefix: ['Le réseau', 'réseau'],
  domain: ['Le nom', 'nom'],
  url: ['L’adresse web', 'adresse web'],
  hash: ['L’empreinte de fichier', 'empreinte de fichier'],
  email: ['L’adresse courriel', 'adresse courriel'],
  fingerprint: ['L’empreinte TLS', 'empreinte TLS'],
  certificate: ['Le certificat', 'certificat'],
  file_name: ['Le nom de fichier', 'nom de fichier'],
  user_agent: ['Le logiciel client', 'logiciel client'],
  registry_key: ['La clé de registre', 'clé de registre'],
}

export const indicators: Words['indicators'] = {
  kind: (kind) => KINDS[kind][1],
  title: (kind, value, lists) =>
    `${KINDS[kind][0]} ${value} est un indicateur (${lists.join(', ')})`,
  refused: {
    empty: 'Il n’y a pas de valeur.',
    too_long: 'La valeur dépasse 2 048 caractères.',
    unknown_kind: 'Elle n’est d’aucun des genres qui peuvent être cherchés.',
    not_of_kind: 'La valeur n’est pas ce que dit son genre.',
    too_wide: 'Le réseau est plus large que /8 (IPv6\u202f: /16).',
    pattern:
      'Seules les comparaisons d’une propriété avec une valeur, jointes par OR, peuvent être cherchées.',
    not_json: 'L’entrée n’est pas du JSON.',
    entry_too_large: 'L’entrée dépasse 1 Mio (une ligne\u202f: 64 Kio).',
    too_deep: 'Le fichier est imbriqué sur plus de 64 niveaux; la suite n’est pas lue.',
    cut_off: 'Le fichier s’arrête au milieu; ce qui précède est utilisé.',
    not_for_detection: 'Son auteur dit qu’elle ne sert pas à la détection (to_ids).',
    withdrawn: 'Son auteur l’a retirée.',
  },
  empty: 'aucun fichier ni valeur',
  badList:
    'un nom d’au plus 100 lettres, chiffres, espaces et ._:@+- qui commence par une lettre ou un chiffre',
  imported: (list, kept, read) =>
    `${list}\u202f: ${n(kept, 'indicateur gardé', 'indicateurs gardés')} sur ${n(read, 'entrée', 'entrées')}.`,
  warned: (count) =>
    `${n(count, 'valeur figure', 'valeurs figurent')} sur une liste d’avertissement (privée, bien connue ou très courante) et ne sera pas reconnue.`,
  refusedCount: (count) =>
    `${n(count, 'entrée n’a pas pu servir', 'entrées n’ont pas pu servir')}\u202f:`,
  atLine: (line, value, reason) =>
    `  ligne ${line}\u202f: ${value === '' ? '' : `${value}\u202f: `}${reason}`,
  removed: (list) => `${list} est retirée; ses indicateurs ne sont plus reconnus.`,
  searching: (searched, events) => `${searched} événements conservés relus sur ${events}`,
  searched: (events, findings, known, seconds) =>
    `${events} événements conservés relus en ${seconds} s\u202f: ${n(findings, 'nouveau constat', 'nouveaux constats')} (${known} déjà connus).`,
  flooded:
    'Une valeur figure dans plus de 20 000 événements; le reste de ceux-ci a été laissé de côté.',
  none: 'Il n’y a pas d’indicateurs. Importez une liste\u202f: vigie intel import FICHIER',
  notFound: 'Aucun indicateur n’a cette valeur.',
  columns: {
    list: 'liste',
    live: 'actifs',
    total: 'tous',
    warned: 'avertis',
    refused: 'refusés',
    marking: 'TLP',
    updated: 'mise à jour',
  },
  states: {
    live: 'actif',
    future: 'pas encore valide',
    expired: 'expiré',
    revoked: 'retiré',
    warned: 'sur une liste d’avertissement',
  },
}
