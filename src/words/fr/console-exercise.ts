// L’écran de l’exercice, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'
import { exercise } from './exercise.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)
const { organisations, campaigns, steps, states, figures, of, mostNever, nothing } = exercise

export const consoleExercise: RoomWords['exercise'] = {
  organisations,
  campaigns,
  steps,
  states: { ...states, false: 'fausse alerte' },
  figures,
  of,
  mostNever,
  nothing,
  title: 'Exercice',
  back: 'Règles',
  invented: 'Ici, tout est inventé.',
  about:
    'Une station à part, dans un dossier à part, reçoit les journaux d’une organisation qui n’existe pas, et quelqu’un s’y introduit. Aucune de ses lignes, de ses alertes, aucun de ses noms ne se mêle aux vôtres.',
  open: 'Jouer un exercice',
  offer:
    'Rien à envoyer pour l’instant? Voyez ce que Vigie trouve quand quelqu’un s’introduit dans une organisation inventée.',
  start: 'Lancer',
  startTitle: 'Jouer un exercice',
  cost: 'Il prend quelques minutes d’un processeur et environ 1 Go de mémoire, et cède le pas à ce qui tourne ici.',
  organisation: 'Organisation',
  days: 'Jours, de 14 à 120',
  stealth: 'Les intrus',
  stealths: {
    0: 'sont négligents',
    1: 'agissent comme dans le bulletin',
    2: 'sont patients',
    3: 'connaissent les détecteurs',
  },
  seed: 'Graine, un nombre\u202f: le même joue le même exercice',
  notYet: 'Aucun exercice n’a encore été joué ici.',
  running: (who, organisation) => `${who} fait jouer un exercice\u202f: ${organisation}.`,
  progress: (day, days) => `Jour ${day} de ${days}`,
  stop: 'L’arrêter',
  failed: 'Le dernier exercice n’est pas allé à son terme.',
  card: 'Bulletin',
  played: (organisation, days, stealth, seed) =>
    `${organisation}, ${n(days, 'jour', 'jours')}, des intrus qui ${stealth}, graine ${seed}`,
  ended: 'Joué',
  lines: 'Lignes de journal',
  quiet: 'Jours sans intrus',
  quietOf: (quiet, all) => `${quiet} sur ${all}`,
  took: 'Durée',
  alerts: 'Alertes',
  rightWrong: (right, wrong) => `${n(right, 'vraie', 'vraies')}, ${n(wrong, 'fausse', 'fausses')}`,
  found: 'Les campagnes et leurs étapes',
  begins: 'commence',
  firstAlert: (hours) => (hours === null ? 'non trouvée' : `première alerte après ${hours} h`),
  step: 'Étape',
  technique: 'Technique',
  stepLines: 'Lignes',
  state: 'Résultat',
  timeline: 'Ce qui a été fait, et ce que la station en a dit',
  keys: 'j et k passent d’un moment à l’autre, Entrée l’ouvre, Échap le ferme.',
  columns: { time: 'Heure', did: 'Ce qui a été fait', said: 'Ce que la station a dit' },
  nobody: 'Rien n’a été fait',
  detail: 'Un moment de l’exercice',
  did: 'Fait',
  concerns: 'Concerne',
  why: {
    told: 'Une personne a été avertie.',
    found:
      'Une règle ou une analyse l’a relevé. Seul, ce n’était ni assez rare ni assez grave pour le budget\u202f: personne n’a été appelé.',
    unseen: 'Les lignes sont là, et aucune règle ni analyse ne les a relevées.',
    'not-collected':
      'Les journaux qui le montreraient ne sont pas recueillis dans cette organisation.',
    false:
      'Rien n’a été fait à cet endroit et à ce moment\u202f: une personne aurait été appelée pour rien.',
  },
  rules: 'Règles et analyses qui l’ont relevé',
  told: (time) => `signalé ${time}`,
  notTold: 'sous le budget',
}
