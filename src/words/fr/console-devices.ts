// Les écrans des appareils et de leurs configurations, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'
import { audit } from './audit.ts'
import { collection } from './collection.ts'
import { consoleZones } from './console-zones.ts'
import { devices } from './devices.ts'
import { segment } from './segment.ts'
import { traces } from './traces.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const consoleDevices: RoomWords['devices'] = {
  views: {
    devices: 'Appareils',
    changes: 'Changements',
    records: 'Avis de changement',
    collection: collection.screen.view,
  },
  traces,
  collection: collection.screen,
  git: collection.git,
  pullStates: collection.ssh.states,
  steps: audit.steps,
  kinds: audit.kinds,
  signs: audit.signs,
  lines: audit.lines,
  empty: 'Aucune configuration n’a encore été prise.',
  emptyHow:
    'Déposez un fichier par appareil dans le dossier « configurations » des données de la station (Oxidized et RANCID savent y écrire), envoyez-le par HTTP, ou remettez-en un ici. Il y reste et est relu quand il change.',
  filter: 'Chercher par appareil ou marque',
  shown: (shown, all) => `${shown} sur ${n(all, 'appareil', 'appareils')}`,
  none: 'Aucun appareil ne correspond à ce filtre.',
  unknownMake: 'non reconnue',
  columns: {
    name: 'Appareil',
    unauthorised: 'Inexpliqués',
    hardening: 'À durcir',
    make: 'Marque',
    changed: 'Dernier changement',
    lastSeen: 'Dernière prise',
    understood: 'Compris',
  },
  detail: 'Appareil',
  firstSeen: 'Première prise',
  drift: devices.drift,
  driftTitle: 'Configuration de référence',
  firmware: devices.firmware,
  verdicts: devices.verdicts,
  runs: 'Démarre et exécute',
  saysItself: 'L’appareil dit de lui-même',
  itsOwn: {
    changed: 'dernier changement',
    saved: 'dernier enregistrement',
    login: 'dernière connexion',
    size: 'taille',
    checksum: 'somme de contrôle',
    version: 'version',
  },
  said: (fact, values) => `${fact}\u202f: ${values}`,
  lineCount: 'Lignes',
  understoodOf: (understood, significant) => `${understood} lignes sur ${significant}`,
  history: 'Changements',
  noHistory: 'Rien n’a changé depuis la première prise.',
  hardeningTitle: 'Durcissement',
  noHardening: 'Rien à durcir n’a été trouvé.',
  versions: 'Versions',
  notWhole: 'incomplète',
  newestNotWhole: (when) =>
    `Ce qui est arrivé en dernier, ${when}, n’est pas une configuration entière. Elle est gardée et montrée plus bas; l’appareil est jugé selon la version précédente.`,
  compare: 'Comparer avec la plus récente',
  take: {
    title: 'Déposer une configuration',
    how: 'Telle que l’appareil l’affiche ou l’exporte. Les secrets sont remplacés par des empreintes avant toute conservation.',
    file: 'Fichier',
    device: 'Appareil (vide : comme le dit le fichier)',
    go: 'Déposer',
    said: (device, changes) => `${device} : ${n(changes, 'changement', 'changements')}.`,
    same: (device) => `${device} : rien n’a changé.`,
  },
  changes: {
    empty: 'Aucune configuration n’a encore changé.',
    filter: 'Chercher par appareil',
    only: 'Montrer',
    states: { unauthorised: 'inexpliqué', explained: 'expliqué après coup', expected: 'attendu' },
    all: 'Tous',
    shown: (shown, all) => `${shown} sur ${n(all, 'changement', 'changements')}`,
    none: 'Aucun changement ne correspond à ce filtre.',
    columns: {
      state: 'État',
      device: 'Appareil',
      severity: 'Gravité',
      steps: 'Gestes d’intrus',
      count: 'Différences',
      found: 'Constaté',
      who: 'Qui, selon les journaux',
      record: 'Sur la parole de',
    },
    detail: 'Changement',
    alerts: 'Alertes sur cet appareil',
    between: (after, before) => `${after} et ${before}`,
    unauthorised:
      'Aucun avis de changement ne couvre ceci. Ce n’est le changement de personne tant que personne ne l’a dit.',
    partly: (reason, who) =>
      `Un avis en permet une partie (« ${reason} », ${who}); il ne permet pas les différences marquées ci-dessous.`,
    by: (state, who, when) => `${state} : ${who}, noté le ${when}.`,
    incident: (steps) => audit.incident(steps),
    incidentDo: audit.incidentDo,
    found: 'Ce qui demande une explication',
    nothingFound:
      'Aucune vérification n’a été déclenchée par ce changement. Cela n’en fait pas un changement attendu.',
    why: 'Pourquoi c’est important',
    todo: 'Que faire',
    benign: 'Sans gravité quand',
    differences: 'Différences',
    traffic: 'Ce que les filtres laissent passer',
    more: (filter) => segment.widened(filter),
    less: (filter) => segment.narrowed(filter),
    trafficCut: (filter) => segment.tooLarge(filter),
    notAll: (shown, all) => `Les ${shown} premières sur ${all}.`,
    notAllowed: 'non permise par l’avis',
    top: 'au premier niveau',
    before: 'avant',
    after: 'après',
    cannotCompare:
      'Les deux versions ne peuvent être comparées : elles ne sont pas de la même marque.',
    same: 'Elles disent la même chose.',
    compared: (before, after) => `${before} comparée à ${after}`,
    explain: {
      title: 'Expliquer ce changement',
      how: 'Écrit en votre nom, après coup, un avis pour ce seul changement. Ne le faites que si vous savez qui l’a fait : demandez-le par une autre voie que l’appareil.',
      reason: 'Qui l’a fait, et pourquoi',
      reference: 'Billet ou décision',
      go: 'Noter',
      said: 'Il est maintenant expliqué. Ses alertes restent ouvertes jusqu’à ce que quelqu’un les ferme.',
    },
  },
  records: {
    about:
      'Un changement est attendu quand un avis écrit d’avance couvre l’appareil, le moment et chaque différence. Seules des personnes écrivent des avis; ce qu’un appareil dit de ses propres changements n’en est jamais un.',
    empty: 'Aucun avis de changement n’a été écrit.',
    columns: {
      device: 'Appareil',
      window: 'Du – au',
      allows: 'Permet',
      reason: 'Raison',
      reference: 'Référence',
      by: 'Noté par',
      state: 'État',
    },
    anything: 'tout',
    valid: 'en vigueur',
    revoked: (who) => `retiré par ${who}`,
    unsigned:
      'Non signé par cette station tel qu’il est : écrit avant que les avis soient signés, ou modifié là où ils sont gardés. Il ne couvre rien.',
    revoke: 'Retirer',
    add: {
      title: 'Annoncer un changement',
      device: 'Appareil, par son nom ici',
      starts: 'Du',
      ends: 'Au',
      allows: 'Ce qui peut différer, une ligne chacun (vide : tout)',
      allowsHow:
        'Débuts d’énoncés avec les blocs qui les contiennent, comme « interface Gi0/1 > ip address ».',
      reason: 'Raison',
      reference: 'Billet ou décision',
      go: 'Noter',
    },
    file: {
      title: 'Prendre des avis d’un tableau',
      how: 'CSV avec les colonnes appareil, début, fin (avec leur fuseau), motif et, au besoin, référence et permet (énoncés séparés par un point-virgule). Les lignes connues ne sont pas notées de nouveau.',
      file: 'Fichier',
      go: 'Prendre',
      said: devices.imported,
      refused: (line, column, met) =>
        `La ligne ${line} n’a pas été prise : ${column} vaut « ${met} ».`,
    },
  },
}

export const deviceScreens = { devices: consoleDevices, zones: consoleZones }
