// Le français de l’aperçu.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const overview: Words['console']['overview'] = {
  now: 'Ce qui demande votre attention',
  nothingNow: 'Rien ne demande votre attention pour le moment.',
  open: 'Alertes ouvertes selon la gravité',
  openCount: (count) => n(count, 'alerte ouverte', 'alertes ouvertes'),
  raised: (count) => `${n(count, 'alerte levée', 'alertes levées')} en 24 heures`,
  before: (count) => `${count} la veille`,
  first: 'À regarder d’abord',
  firstWhy:
    'Les heures où un compte, une adresse ou un appareil a fait ce qui est plus rare que ne le permet votre budget d’alertes.',
  newest: 'Alertes ouvertes les plus récentes',
  critical: 'Surveillés d’abord, et que personne n’a pris',
  criticalWaits: (count, late) =>
    `${n(count, 'alerte sur ce qui est surveillé d’abord attend', 'alertes sur ce qui est surveillé d’abord attendent')} quelqu’un${late === 0 ? '' : `, ${late} hors délai`}`,
  calls: (count) => n(count, 'appel à faire', 'appels à faire'),
  silent: (count) => n(count, 'source est muette', 'sources sont muettes'),
  unread: (count) => n(count, 'flux ou file ne peut être lu', 'flux ou files ne peuvent être lus'),
  sensorsSilent: (count) => n(count, 'capteur est muet', 'capteurs sont muets'),
  silentSince: (time) => `Muette plus longtemps que d’habitude. Dernière ligne : ${time}.`,
  refused: (count) =>
    n(count, 'règle n’a pas pu être compilée', 'règles n’ont pas pu être compilées'),
  breaker: (count) =>
    n(count, 'règle trop bavarde s’est arrêtée', 'règles trop bavardes se sont arrêtées'),
  unknown: (share) =>
    `${share} des lignes ne correspondent à aucun analyseur. Elles sont conservées et restent interrogeables.`,
  events: 'Événements',
  last24h: '24 dernières heures',
  rate: 'Événements par seconde, en ce moment',
  total: 'Conservés en tout',
  stored: 'Sur disque',
  storedOf: (stored, raw) => `${stored} pour ${raw} de journaux`,
  hourly: 'Événements de chaque heure, 24 dernières heures',
  sources: 'Sources',
  rules: 'Règles actives',
  empty: 'Aucun journal n’est encore arrivé',
  emptyHow:
    'Envoyez des journaux à cette station par l’un de ces moyens. Ce qui arrive s’affiche ici en quelques secondes.',
  syslog: 'Syslog, UDP ou TCP',
  syslogTls: 'Syslog sur TLS',
  http: 'HTTP, lignes JSON ou HEC de Splunk',
  flows: 'NetFlow, IPFIX ou sFlow en UDP',
  inbox: 'Déposez des fichiers dans le dossier',
  off: 'Désactivé',
  hour: 'Heure',
  hoursAgo: (hours) => (hours === 0 ? 'cette heure-ci' : `il y a ${n(hours, 'heure', 'heures')}`),
}
