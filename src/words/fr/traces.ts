// Ce que les journaux disent d’un changement sur un appareil : qui l’a fait, et ce qui cloche dans la manière.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const traces: Words['traces'] = {
  states: {
    pending: 'Les journaux sont examinés dans les prochaines minutes.',
    found: 'Ses journaux disent qui a travaillé sur l’appareil pendant ce changement.',
    none: 'Ses journaux sont arrivés tout ce temps et ne contiennent ni connexion ni commande pendant ce changement.',
    silent:
      'Non évaluable : aucune ligne des journaux de cet appareil n’est arrivée à la station pendant ce changement.',
    gap: 'Non évaluable : les lignes de cet appareil se sont interrompues plus longtemps que d’habitude pendant ce changement.',
    untold:
      'Non évaluable : les lignes de cet appareil arrivent à la station, mais aucune n’a jamais rapporté de connexion ni de commande. Faites-lui journaliser les deux.',
  },
  gap: (from, to) => `Aucune ligne entre ${from} et ${to}.`,
  nobody: 'personne de nommé',
  console: 'une console',
  actor: (who, from) => `${who} depuis ${from}`,
  did: (logins, commands) =>
    [
      logins > 0 ? n(logins, 'connexion', 'connexions') : '',
      commands > 0 ? n(commands, 'commande', 'commandes') : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  more: (count) => `et ${n(count, 'autre ligne', 'autres lignes')} de journal`,
  noActs: 'Ses journaux ne rapportent personne pendant ce temps.',
  acts: 'Qui a fait quoi sur un appareil, selon ses journaux',
  title: 'Qui l’a changé, selon ses journaux',
  recent: 'Qui y a travaillé ces 7 derniers jours, selon ses journaux',
  line: 'La ligne',
  lines: 'Lignes de ses journaux',
  who: 'Qui y a travaillé',
  kinds: { login: 'connexion', command: 'commande', commit: 'fin de configuration' },
  checks: {
    'change-without-login': {
      title: 'Modifié sans que personne se connecte',
      why: ({ device, after, before }) =>
        `La configuration de ${device} a changé entre ${after} et ${before}. Ses journaux sont arrivés tout ce temps et rapportent connexions et commandes les autres jours, mais rien alors : ce qui l’a modifiée a contourné le journal, ou la connexion.`,
      do: [
        'Conserver la mémoire et les journaux de l’appareil avant tout redémarrage',
        'Demander à chaque opérateur s’il a fait le changement',
        'Chercher des services exploités de l’appareil qui n’exigent pas de connexion, et ses gestionnaires',
      ],
      benign:
        'Un gestionnaire central ou une mise à jour automatique l’a modifiée, ou quelqu’un a travaillé à une console non journalisée.',
    },
    'change-without-commands': {
      title: 'Modifié sans commande dans les journaux',
      why: ({ device, after, before, actors }) =>
        `La configuration de ${device} a changé entre ${after} et ${before}. Ses journaux rapportent des commandes les autres jours; alors ils contiennent des connexions (${actors}) et aucune commande.`,
      do: [
        'Demander à qui s’est connecté ce qu’il a fait, par une autre voie que l’appareil',
        'Voir si la journalisation des commandes est encore dans la configuration',
      ],
      benign:
        'Le changement est passée par une voie dont cet appareil ne journalise pas les commandes.',
    },
    'commands-without-record': {
      title: 'Commandes sans avis de changement',
      why: ({ device, after, before, actors }) =>
        `Entre ${after} et ${before}, ${actors} : commandes de configuration sur ${device}, et aucun avis ne couvre ce qui a changé.`,
      do: [
        'Demander à la personne à qui est le compte, par une autre voie que l’appareil',
        'Expliquer le changement si c’est le sien; sinon changer le mot de passe du compte et ouvrir un dossier',
      ],
      benign: 'Un travail ordinaire que personne n’a noté.',
    },
    'change-from-outside': {
      title: 'Travail depuis l’extérieur du réseau de gestion',
      why: ({ device, after, before, actors }) =>
        `Entre ${after} et ${before}, la configuration de ${device} a changé, et ${actors} y a travaillé : une adresse hors des réseaux d’où travaillent les opérateurs.`,
      do: [
        'Demander à la personne à qui est le compte où elle était',
        'Fermer la gestion de l’appareil à tout réseau autre que celui des opérateurs',
      ],
      benign: 'Un opérateur a travaillé d’un lieu qui n’est pas nommé comme réseau de gestion.',
    },
    'change-from-distrusted': {
      title: 'Travail depuis une adresse sous alerte',
      why: ({ device, after, before, actors }) =>
        `Entre ${after} et ${before}, la configuration de ${device} a changé, et ${actors} y a travaillé : des alertes ouvertes portent sur cette adresse.`,
      do: [
        'Lire d’abord les alertes sur l’adresse',
        'Tenir l’appareil pour compromis : conserver sa mémoire et ses journaux, retirer les mots de passe de ses comptes',
      ],
      benign: 'L’alerte sur l’adresse est une erreur. Fermez-la en disant pourquoi.',
    },
    'change-by-stranger': {
      title: 'Commandes d’un compte qui n’est pas d’un opérateur',
      why: ({ device, after, before, actors }) =>
        `Entre ${after} et ${before}, ${actors} a donné des commandes de configuration sur ${device} sans être parmi les opérateurs de son groupe.`,
      do: ['Demander à qui est ce compte', 'Chercher ses connexions sur tous les appareils'],
      benign: 'Un nouveau collègue absent de la liste.',
    },
  },
}
