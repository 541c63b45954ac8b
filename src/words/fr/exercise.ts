// Ce qui se dit d’un exercice : organisations, campagnes, étapes et bulletin.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const exercise: Words['exercise'] = {
  brief: 'Jouer des campagnes dans des organisations inventées et noter ce qu’une station en fait',
  flags: {
    seed: 'Nombre dont tout découle; le même nombre joue le même exercice (1)',
    organisations: 'Organisations, séparées par des virgules (town)',
    days: 'Jours joués, de 14 à 120 (28)',
    stealth: 'Discrétion des intrus, de 0 à 3; 3 connaît les détecteurs (1)',
    noise: 'Quantité d’étrangetés sans danger, de 0 à 3 (1)',
    campaigns:
      'Campagnes, séparées par des virgules; « none » joue des mois calmes (celles qui y ont leur place)',
    out: 'Dossier pour scorecard.json, labels.ndjson et addresses.csv',
    json: 'Afficher le bulletin en JSON',
  },
  expected: (values) => `Attendu : ${values}.`,
  progress: (organisation, day, days) => `${organisation} : jour ${day} de ${days}`,
  organisations: {
    town: 'Ville',
    'band-council': 'Conseil de bande',
    territory: 'Territoire',
    province: 'Province',
    'school-board': 'Centre de services scolaire',
    'water-utility': 'Service d’eau',
    'health-authority': 'Autorité sanitaire',
    msp: 'Fournisseur de services gérés',
  },
  campaigns: {
    'home-router': 'Routeur domestique, puis les outils sur place',
    provider: 'Par le fournisseur jusqu’à ses clients',
    'edge-device': 'Pare-feu exploité deux jours après la divulgation',
    records: 'Renseignements personnels, lus pendant des semaines',
    'it-to-ot': 'Du bureau au réseau de contrôle',
  },
  steps: {
    'password-guesses': 'des mots de passe sont essayés',
    'vpn-login': 'se connecte au RPV',
    'look-around': 'regarde autour de lui',
    'to-directory': 'atteint le serveur d’annuaire',
    'copy-directory': 'copie l’annuaire',
    'relay-inside': 'installe un relais interne',
    'come-back': 'revient',
    'read-files': 'lit des fichiers',
    'take-out': 'sort des données',
    'provider-login': 'se connecte comme le fournisseur',
    'new-servers': 'visite des serveurs',
    'remote-tool': 'lance un outil à distance',
    exploit: 'exploite le pare-feu',
    'admin-login': 'se connecte pour administrer le pare-feu',
    'account-added': 'ajoute ou modifie un compte',
    'way-back-in': 'ouvre une voie de retour',
    'log-muted': 'fait taire le journal',
    'configuration-read': 'travaille sur le routeur',
    'cloud-login': 'se connecte à l’infonuagique',
    'records-read': 'lit des dossiers',
    'to-jump-host': 'atteint le serveur de rebond',
    'look-into-control': 'essaie des adresses du réseau de contrôle',
    'into-control': 'entre dans le réseau de contrôle',
    'read-controllers': 'lit des automates',
    'write-controller': 'écrit dans un automate',
  },
  states: {
    told: 'alerte',
    found: 'relevé par une règle, sous le budget',
    unseen: 'aucune règle ne l’a relevé',
    'not-collected': 'son journal n’est pas recueilli',
  },
  title: (seed, days, stealth, noise) =>
    `Exercice, graine ${seed} : ${n(days, 'jour', 'jours')}, discrétion ${stealth}, bruit ${noise}. Tous les noms et adresses sont inventés.`,
  ofOrganisation: (lines, days, quiet) =>
    `${n(lines, 'ligne', 'lignes')}, ${n(days, 'jour', 'jours')} après le premier, dont ${quiet} calmes`,
  firstAlert: (hours) => (hours === null ? 'non trouvée' : `première alerte après ${hours} h`),
  alerts: (all, right, wrong) =>
    `${n(all, 'alerte', 'alertes')} : ${right} vraies, ${wrong} fausses`,
  falseAlert: 'fausse',
  trueAlert: 'vraie',
  totals: 'Au total',
  figures: {
    found: 'Campagnes trouvées',
    hours: 'Heures jusqu’à la première alerte (médiane)',
    stepsTold: 'Étapes avec une alerte',
    stepsFound: 'Étapes relevées seulement par une règle',
    perDay: 'Alertes par organisation et jour',
    falsePerDay: 'Fausses alertes par organisation et jour',
    falsePerQuietDay: 'Fausses alertes par organisation et jour calme',
    precision: 'Précision',
  },
  of: (some, all) => `${some} sur ${all}`,
  mostNever: 'la moitié ou plus n’ont jamais été trouvées',
  nothing: 'aucune',
  rule: (stepHours) =>
    `Une alerte est vraie quand une ligne étiquetée porte sur son entité dans l’une de ses heures. Ici, la station regarde toutes les ${stepHours} h; en service, toutes les minutes.`,
  wrote: (file) => `${file} est écrit`,
  trouble: (sentence) => `Ennui : ${sentence}`,
}
