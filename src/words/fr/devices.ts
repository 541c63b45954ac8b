// Ce que dit « vigie devices ».

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const devices: Words['devices'] = {
  brief: 'Appareils d’une station en marche : configurations, changements, sur la parole de qui',
  list: 'Appareils, ceux aux changements inexpliqués d’abord',
  changesBrief: 'Changements de configuration, les inexpliqués d’abord',
  showBrief: 'Un changement : sur la parole de qui, ce qui a été trouvé, chaque différence',
  takeBrief: 'Remettre des configurations',
  announceBrief: 'Noter un changement attendu',
  explainBrief: 'Noter, après coup, de qui était un changement',
  recordsBrief: 'Avis de changement',
  importBrief: 'Prendre des avis de changement d’un tableau CSV',
  revokeBrief: 'Retirer un avis de changement',
  none: 'Aucune configuration n’a été prise. Déposez un fichier par appareil dans le dossier « configurations » des données de la station, ou lancez « vigie devices take FICHIER… ».',
  noChanges: 'Aucune configuration n’a changé.',
  noRecords: 'Aucun avis de changement n’a été écrit.',
  columns: {
    device: 'APPAREIL',
    unexplained: 'INEXPLIQUÉS',
    hardening: 'À DURCIR',
    changed: 'CHANGÉ',
    seen: 'PRIS',
    make: 'MARQUE',
    state: 'ÉTAT',
    severity: 'GRAVITÉ',
    found: 'CONSTATÉ',
    count: 'DIFFÉRENCES',
    change: 'CHANGEMENT',
    record: 'AVIS',
    from: 'DU',
    to: 'AU',
    by: 'PAR',
    reason: 'RAISON',
  },
  states: { unauthorised: 'inexpliqué', explained: 'expliqué', expected: 'attendu' },
  revoked: 'retiré',
  taken: (device, changes, findings) =>
    `${device} : ${n(changes, 'changement', 'changements')}, ${n(findings, 'constat', 'constats')}`,
  same: (device) => `${device} : rien n’a changé`,
  written: (id) => `Noté sous ${id}.`,
  gone: (id) => `${id} est retiré.`,
  imported: (count) => `${n(count, 'avis pris', 'avis pris')}.`,
  refused: (line, column, met) => `La ligne ${line} n’a pas été prise : ${column} vaut « ${met} ».`,
  by: (who, when, reason) => `${who}, ${when} : ${reason}`,
  notAllowed: 'non permise par l’avis',
}
