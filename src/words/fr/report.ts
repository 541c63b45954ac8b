// Ce que dit le rapport d’un balayage.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const report: Words['report'] = {
  title: 'Rapport d’analyse Vigie',
  made: (when: string, version: string) =>
    `Fait le ${when} (UTC) par Vigie ${version}. Toutes les heures sont en UTC.`,
  summary: 'Sommaire',
  read: (events: number, files: number, size: string) =>
    `${n(events, 'événement lu', 'événements lus')} dans ${n(files, 'fichier', 'fichiers')} (${size}).`,
  spans: (from: string, to: string) => `Les événements vont du ${from} au ${to}.`,
  nothing:
    'Aucune règle n’a rien trouvé dans ce qui a été lu. Ce n’est pas la preuve qu’il ne s’est rien passé : voyez plus bas ce qui a été lu et ce qui ne l’a pas été.',
  found: (alerts: number, entities: number) =>
    `${n(alerts, 'alerte', 'alertes')} sur ${n(entities, 'compte, adresse ou appareil', 'comptes, adresses et appareils')}.`,
  ifCompromised:
    'Si cela montre une compromission : gardez les journaux et ce rapport, ne nettoyez pas encore les machines, et appelez votre équipe d’intervention et le Centre canadien pour la cybersécurité.',
  alerts: 'Ce qui a été trouvé',
  entities: 'Les plus touchés',
  timeline: 'Chronologie',
  timelineOf: 'Constats par heure',
  inputs: 'Ce qui a été lu',
  problems: 'Ce qui n’a pas pu être lu, et pourquoi',
  noProblems: 'Tout ce qui a été trouvé a pu être lu.',
  limits: 'Limites de ce rapport',
  limitsText:
    'Les règles trouvent ce qu’elles décrivent. Un rapport vide sur des journaux sans connexions, sans démarrages de processus ni changements d’appareils dit peu. Les lignes qu’aucun analyseur ne connaît sont conservées et cherchables, mais les règles d’un produit ne les voient pas.',
  severity: 'Gravité',
  severities: {
    critical: 'Critique',
    high: 'Élevée',
    medium: 'Moyenne',
    low: 'Faible',
    informational: 'Information',
  },
  entity: 'Sur',
  why: 'Pourquoi',
  count: 'Événements',
  first: 'Premier',
  last: 'Dernier',
  techniques: 'ATT&CK',
  author: 'Auteur de la règle',
  evidence: 'Événement le plus récent',
  file: 'Fichier',
  events: 'Événements',
  format: 'Lu comme',
  unknown: 'non reconnu',
  problem: 'Problème',
  hour: 'Heure',
  findings: 'Constats',
}
