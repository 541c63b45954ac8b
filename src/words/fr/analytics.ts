// Les analyses, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const analytics: RoomWords['analytics'] = {
  title: 'Analyses',
  back: 'Règles',
  how: 'Des questions posées sans cesse aux événements gardés, pour ce qu’aucune ligne ne montre seule. Ce qu’elles trouvent ajoute au poids d’un compte, d’une adresse ou d’un appareil.',
  budget: (perDay) =>
    `Les heures plus rares que le budget sont signalées d’abord. Le budget est de ${perDay} par jour (--alerts-a-day).`,
  none: 'Cette station n’a aucune analyse.',
  columns: {
    name: 'Question',
    asked: 'Posée la dernière fois',
    took: 'Durée',
    found: 'Trouvailles, 30 jours',
    every: 'Toutes les',
    window: 'Regarde',
  },
  late: (left, questions) =>
    `Des événements sont arrivés bien après leur heure. Leur propre période est examinée : il reste ${left} questions sur ${questions}.`,
  lateProblem: (problem) =>
    `De ce qui est arrivé bien après son heure, une partie n’a pas pu être examinée : ${problem}`,
  notYet: 'pas encore',
  failed: 'N’a pas pu être posée',
  falsePositives: 'Ce qui est ordinaire et se ressemble',
  blind: 'Ce qu’elle ne voit pas',
  parameters: 'Paramètres',
  question: 'La question, en SQL',
  temper: {
    quiet: 'calme',
    sometimes: 'de temps en temps',
    noisy: 'bruyante : plus d’une par jour',
  },
  lately: 'Dernières exécutions',
  run: (took, found, share) =>
    `durée ${took} (${share} d’un cœur à cette fréquence), trouvailles ${found}`,
  days: (days) => n(days, 'jour', 'jours'),
  hours: (hours) => n(hours, 'heure', 'heures'),
  minutes: (minutes) => `${minutes} min`,
}
