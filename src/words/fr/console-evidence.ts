// L’écran des preuves, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'
import { FLAWS } from './evidence.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const consoleEvidence: RoomWords['evidence'] = {
  flaws: FLAWS,
  about:
    'Chaque lot de lignes conservées est une entrée d’un journal qui ne peut que croître. Ses points de contrôle sont signés; gardez-en un hors d’atteinte de cette machine, et qui modifie une ligne conservée se trahit.',
  log: 'Le journal',
  origin: 'Nom',
  key: 'Clé',
  size: 'Entrées',
  waiting: 'Encore sans place',
  signed: 'Dernier point de contrôle',
  never: 'Aucun point de contrôle n’a encore été signé.',
  checkpoint: 'Point de contrôle',
  sign: 'Signer un point de contrôle',
  download: 'Télécharger le point de contrôle',
  verification: 'Vérification',
  notYet: 'Rien n’a été vérifié depuis le démarrage de la station.',
  start: 'Vérifier ce qui est conservé',
  kept: 'Points de contrôle gardés ailleurs (fichiers)',
  keptHow:
    'Refait chaque empreinte à partir des lignes conservées. Sans point de contrôle gardé ailleurs, on ne peut exclure que quelqu’un qui tient toute la machine ait réécrit le journal.',
  states: { running: 'en cours', done: 'terminée', failed: 'interrompue' },
  whole: 'Rien n’a été modifié, retiré ni remis en arrière.',
  wrong: (count) => n(count, 'anomalie', 'anomalies'),
  more: (count) => `… et ${count} de plus.`,
  asked: 'Demandée',
  ended: 'Terminée',
  verified: 'Lots tels que reçus',
  lines: 'Lignes dans ces lots',
  expired: 'Lots retirés selon la conservation inscrite',
  uncovered: 'Lots d’avant le journal',
  agrees: 'Points de contrôle signés qui concordent',
}
