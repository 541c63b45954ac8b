// Les écrans des avis et des campagnes, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'
import { campaigns } from './campaigns.ts'
import { notices } from './notices.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const consoleNotices: RoomWords['notices'] = {
  views: {
    notices: 'Avis',
    told: 'Avis reçus',
    registration: 'Notre inscription',
    campaigns: 'Campagnes',
  },
  classes: notices.classes,
  states: notices.states,
  answers: notices.answers,
  reasons: notices.reasons,
  sectors: notices.sectors,
  regions: notices.regions,
  channels: notices.channels,
  line: notices.message.line,
  first: notices.message.first,
  steps: notices.message.steps,
  notHub:
    'Cette station n’est pas un centre\u202f: elle n’avise personne. «\u202fvigie hub\u202f» en fait un.',
  none: 'Personne n’est à aviser.',
  waiting: (count: number) => `${n(count, 'avis attend', 'avis attendent')} une réponse.`,
  dkim: 'Le courriel est signé (DKIM). Ceci doit figurer au DNS comme TXT :',
  noMail:
    'Aucun serveur de courriel n’est réglé (--mail-server)\u202f: les avis n’atteignent que consoles, points d’appel web et téléphones.',
  columns: {
    class: 'Classe',
    organisation: 'Organisme',
    state: 'État',
    next: 'Prochaine étape',
    seen: 'Vu',
  },
  unanswered: 'plus personne à aviser',
  overdue: 'en retard',
  detail: 'Avis',
  deliveries: 'Avisé par',
  delivery: (channel: string, contact: string, target: string, state: string, attempts: number) =>
    `${channel}, ${contact} ${target}\u202f: ${state}${attempts > 1 ? ` (essayé ${attempts} fois; peut être arrivé deux fois)` : ''}`,
  deliveryStates: {
    waiting: 'en attente',
    sending: 'en cours d’envoi',
    sent: 'envoyé',
    failed: 'échoué',
    'to call': 'à appeler',
    called: 'appelé',
  },
  log: 'Réponses',
  sheet: 'Fiche d’appel à imprimer',
  reached: 'Ils ont été joints',
  notReached: 'Ils n’ont pas été joints',
  answer: {
    title: 'Noter une réponse',
    say: 'Ce qu’ils ont dit',
    by: 'Qui l’a dit',
    comment: 'Détails',
    go: 'Noter',
  },
  unplaced: 'Personne n’a pu être avisé',
  unplacedHow: 'Inscrivez qui l’a ou confirmez une revendication, et l’avis part. Ou réglez-le.',
  unplacedNone: 'Tout ce qui a été vu a trouvé qui il concerne.',
  settle: 'Régler',
  unplacedColumns: {
    class: 'Classe',
    what: 'Quoi',
    about: 'Où',
    count: 'Fois',
    last: 'Dernier',
    why: 'Pourquoi',
    act: 'Agir',
  },
  report: {
    title: 'Prendre un rapport',
    file: 'Tableau, une ligne par chose vue (CSV)',
    go: 'Le prendre',
  },
  taken: (lines: number, placed: number, unplaced: number) =>
    `${n(lines, 'ligne', 'lignes')}\u202f: ${placed} ont trouvé qui elles concernent, ${unplaced} non.`,
  organisations: 'Qui est inscrit',
  unconfirmed: (count: number) =>
    n(count, 'revendication non confirmée', 'revendications non confirmées'),
  confirm: 'Confirmer tout ce qu’il revendique',
  enter: 'Inscrire un organisme',
  told: {
    none: 'Aucun centre n’a avisé cette station.',
    from: (hub: string) => `De ${hub}`,
    by: (time: string) => `Répondre avant ${time}`,
    sent: (answer: string, by: string) => `${answer} (${by})\u202f: le centre l’a.`,
    unsent: (answer: string, by: string) => `${answer} (${by})\u202f: en route vers le centre.`,
  },
  registration: {
    how: 'Ce qui en est vu est dit à vos contacts, dans cet ordre. Cela quitte cette station pour les centres que vous avez joints, une fois inscrit.',
    name: 'Organisme',
    sector: 'Secteur',
    region: 'Province ou territoire',
    mayGoUp: 'Un centre qui ne peut nous joindre peut le demander à son propre centre',
    holdings:
      'Ce que vous avez, un par ligne\u202f: 192.0.2.0/24, ville.example, AS64500, le SHA-256 d’un certificat, ou «\u202fprovider NOM\u202f»',
    contacts: 'Qui aviser, un par ligne\u202f: nom; rôle; courriel; téléphone; en ou fr; 24/7',
    go: 'Inscrire',
    title: 'Inscrire ou changer',
    none: 'Rien n’est inscrit\u202f: un centre peut aviser cette station, mais ne connaît ni adresse, ni domaine, ni contact à vous.',
    told: (hub: string, state: string) => `${hub}\u202f: ${state}`,
    hasIt: (time: string) => `l’a depuis ${time}`,
    waits: 'pas encore envoyé',
    by: (who: string, time: string) => `Inscrit par ${who}, ${time}.`,
  },
  campaigns: {
    ...campaigns,
    none: 'Aucune campagne\u202f: rien de ce que deux organismes ont rencontré ne va ensemble.',
    columns: {
      name: 'Campagne',
      state: 'État',
      organisations: 'Organismes',
      first: (zone) => `Début (${zone})`,
      last: (zone) => `Fin (${zone})`,
    },
    detail: 'Campagne',
    print: 'Page à imprimer',
    printOthers: 'Page pour d’autres (chiffres sous le seuil cachés)',
    confirm: 'Confirmer',
    dismiss: 'Écarter',
    merge: (name: string) => `Réunir à ${name}`,
    split: 'Séparer en une campagne à part',
    undo: 'Annuler',
    members: 'Qui l’a rencontrée',
    silent: 'Qui n’a pas cherché',
    acted: 'Ce qui a été fait',
    incident: {
      title: 'Noter un incident',
      organisation: 'Organisme',
      first: 'Premier jour',
      last: 'Dernier jour',
      features:
        'Ce qui a été rencontré, un par ligne\u202f: «\u202fdomain x.example\u202f», «\u202faddress 192.0.2.1\u202f», «\u202fprovider NOM\u202f», «\u202ftechnique T1078\u202f»',
      note: 'Note',
      go: 'Noter',
      importTitle: 'Reprendre un rapport d’incident',
      importHow:
        'JSON ou STIX, comme les rapports de Vigie ou ceux d’autrui. Ce qu’il dit de l’intrus est comparé; ce qu’il dit de l’organisme n’est pas lu.',
      importGo: 'Reprendre',
      file: 'Rapport',
      taken: (features, left) =>
        left === 0
          ? `Repris et comparé selon ${features} valeurs.`
          : `Repris et comparé selon ${features} valeurs; ${left} de plus qu’un rapport n’en contient ont été laissées.`,
    },
  },
}
