// Ce que dit « vigie devices ».

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const devices: Words['devices'] = {
  brief:
    'Appareils d’une station en marche\u202f: configurations, changements, sur la parole de qui',
  list: 'Appareils, ceux aux changements inexpliqués d’abord',
  changesBrief: 'Changements de configuration, les inexpliqués d’abord',
  showBrief: 'Un changement, ou en quoi un appareil diffère de ce qu’il devrait dire',
  takeBrief: 'Déposer des configurations',
  announceBrief: 'Noter un changement attendu',
  explainBrief: 'Noter, après coup, de qui était un changement',
  recordsBrief: 'Avis de changement',
  importBrief: 'Prendre des avis de changement d’un tableau CSV',
  revokeBrief: 'Retirer un avis de changement',
  goldenBrief: 'Ce que devraient dire les appareils d’un groupe, et qui y travaille',
  goldenListBrief: 'Groupes d’appareils et leurs configurations de référence',
  goldenSetBrief:
    'Fixer un groupe\u202f: ses appareils, une version ou un fichier de référence, ce qui peut différer, les opérateurs',
  goldenRemoveBrief: 'Oublier un groupe',
  hashesBrief: 'Prendre la liste d’empreintes d’images d’un fabricant',
  noGolden:
    'Aucun groupe n’est fixé. Nommez-en un par «\u202fvigie devices golden set NOM --device MOTIF --version VERSION\u202f», ou avec «\u202f--file FICHIER\u202f».',
  goldenSet: (name, source) => `${name} est fixé\u202f: ${source}`,
  noGoldenConfig: 'aucune configuration de référence',
  goldenGone: (name) => `${name} est oublié.`,
  hashesTaken: (count) => `${n(count, 'empreinte prise', 'empreintes prises')}.`,
  hashRefused: (line) =>
    `La ligne ${line} n’a pas été prise\u202f: un nom de fichier et une empreinte de 32 à 128 caractères hexadécimaux sont attendus.`,
  drift: {
    none: (group, source) => `Il dit ce que devrait dire le groupe ${group} (${source}).`,
    some: (count, group, source) =>
      `${n(count, 'écart', 'écarts')} avec ce que devrait dire le groupe ${group} (${source}); − est ce qui devrait y être, + ce qui y est.`,
    otherMake: (group, source) =>
      `Il est d’une autre marque que la configuration de référence du groupe ${group} (${source}); les deux ne sont pas comparés.`,
    unset: 'Aucune configuration de référence n’est fixée pour lui.',
  },
  firmware: {
    image: 'image',
    boot: 'démarre',
    register: 'registre',
    loader: 'chargeur',
    release: 'version',
    hash: 'empreinte',
  },
  verdicts: {
    known: 'telle que le fabricant la publie',
    wrong: 'pas celle du fabricant',
    unlisted: 'sur aucune liste de fabricant',
  },
  none: 'Aucune configuration n’a été prise. Déposez un fichier par appareil dans le dossier «\u202fconfigurations\u202f» des données de la station, ou lancez «\u202fvigie devices take FICHIER…\u202f».',
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
    group: 'GROUPE',
    devices: 'APPAREILS',
    operators: 'OPÉRATEURS',
    golden: 'RÉFÉRENCE',
  },
  states: { unauthorised: 'inexpliqué', explained: 'expliqué', expected: 'attendu' },
  revoked: 'retiré',
  unsigned: 'non signé : ne couvre rien',
  taken: (device, changes, findings) =>
    `${device}\u202f: ${n(changes, 'changement', 'changements')}, ${n(findings, 'constat', 'constats')}`,
  same: (device) => `${device}\u202f: rien n’a changé`,
  written: (id) => `Noté sous ${id}.`,
  gone: (id) => `${id} est retiré.`,
  imported: (count, known) =>
    `${n(count, 'avis pris', 'avis pris')}.${known > 0 ? ` ${n(known, 'ligne était connue', 'lignes étaient connues')}.` : ''}`,
  refused: (line, column, met) =>
    `La ligne ${line} n’a pas été prise\u202f: ${column} vaut «\u202f${met}\u202f».`,
  by: (who, when, reason) => `${who}, ${when}\u202f: ${reason}`,
  notAllowed: 'non permise par l’avis',
}
