// Ce qui se dit des preuves.

import type { EvidenceFlaw } from '../../model/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const range = ({ from, to }: EvidenceFlaw, one: string, many: string): string =>
  from === null || to === null ? many : from === to ? `${one} ${from}` : `${many} ${from} à ${to}`
const lines = (flaw: EvidenceFlaw): string => range(flaw, 'ligne', 'lignes')
const entries = (flaw: EvidenceFlaw): string => range(flaw, 'entrée', 'entrées')

export const FLAWS: Readonly<Record<EvidenceFlaw['kind'], (flaw: EvidenceFlaw) => string>> = {
  rolled_back: (flaw) =>
    `Le journal a été ramené à un état antérieur : un point de contrôle signé indique ${flaw.what} entrées; il manque : ${entries(flaw)}.`,
  checkpoint_unsigned: ({ what }) =>
    `Le point de contrôle de ${what} entrées n’est pas signé par cette station.`,
  tree_differs: (flaw) =>
    `Le journal diffère du point de contrôle signé de ${flaw.what} entrées : ${entries(flaw)}, ce n’est pas ce qui a été signé.`,
  entry_missing: ({ what }) => `L’entrée ${what} du journal a disparu.`,
  entry_changed: ({ what }) => `L’entrée ${what} du journal a été modifiée.`,
  entry_unreadable: ({ what }) =>
    `Une entrée du journal n’est pas de celles que Vigie écrit : ${what}`,
  batch_missing: ({ what }) => `Lot ${what} : aucune de ses lignes n’est plus conservée.`,
  batch_unknown: (flaw) =>
    `Lot ${flaw.what} : ${lines(flaw)} présentes, mais ce lot n’est jamais arrivé. Quelqu’un les a écrites.`,
  lines_missing: (flaw) => `Lot ${flaw.what} : manque ${lines(flaw)}.`,
  lines_added: (flaw) => `Lot ${flaw.what} : ${lines(flaw)} présente sans être arrivée.`,
  lines_changed: (flaw) => `Lot ${flaw.what} : quelque chose a été modifié dans ${lines(flaw)}.`,
  ledger_missing: ({ what }) => `Lot ${what} : son inscription au registre a disparu.`,
  ledger_differs: ({ what }) => `Lot ${what} : le registre indique un autre nombre de lignes.`,
}

export const evidence: Words['evidence'] = {
  brief: 'Prouver que les lignes conservées sont celles qui ont été reçues',
  state: {
    brief: 'Montrer le journal : nom, clé, taille et dernier point de contrôle',
    log: (origin, size) => `Journal ${origin}, ${size} entrées`,
    key: (key) => `Clé ${key}`,
    waiting: (count) =>
      `${plural('fr', count, 'entrée n’a', 'entrées n’ont')} pas encore sa place au journal.`,
    never: 'Aucun point de contrôle n’a encore été signé.',
    signed: (time) => `Dernier point de contrôle ${time} UTC :`,
  },
  checkpoint: {
    brief:
      'Signer ce qui est conservé maintenant et afficher la note; gardez-la hors d’atteinte de cette machine',
  },
  verify: {
    brief:
      'Recalculer toutes les empreintes à partir des lignes conservées, et les comparer au journal et à ses signatures',
    checkpoint: 'Un point de contrôle gardé ailleurs (peut être donné plusieurs fois)',
    progress: (batches, count) => `${batches} lots, ${count} lignes vérifiées`,
    done: (batches, count, size) =>
      `${batches} lots de ${count} lignes sont tels que reçus. Le journal compte ${size} entrées.`,
    checkpoints: (count) =>
      `Il concorde avec ${plural('fr', count, 'point de contrôle signé', 'points de contrôle signés')}.`,
    expired: (count) => `${count} lots ont été supprimés par la conservation inscrite au journal.`,
    uncovered: (count) =>
      `${count} lots ont été conservés avant l’existence du journal : on ne peut rien en dire.`,
    whole: 'Rien n’a été modifié, supprimé ni ramené en arrière.',
    alone:
      'Qui tient toute cette machine a pu réécrire journal et clé. Seul un point de contrôle gardé ailleurs l’exclut : --checkpoint FICHIER.',
    elsewhere: (asked, answered) =>
      `${plural('fr', asked, 'centre interrogé', 'centres interrogés')} sur ce qu’il en a signé en dernier : ${plural('fr', answered, 'réponse', 'réponses')}.`,
    flaws: (count) => `${plural('fr', count, 'anomalie', 'anomalies')} :`,
    more: (count) => `… et ${count} de plus.`,
    failed: (reason) => `La vérification n’a pas pu continuer : ${reason}`,
  },
  export: {
    brief:
      'Écrire des lignes avec leurs preuves dans un fichier que chacun peut vérifier hors ligne',
    alert: 'Les lignes sur lesquelles repose une alerte',
    event: 'Une ligne, LOT:LIGNE (peut être donnée plusieurs fois)',
    batch: 'Toutes les lignes d’un lot (peut être donné plusieurs fois)',
    out: 'Fichier à écrire',
    done: (count, file) =>
      `${plural('fr', count, 'ligne', 'lignes')} avec preuves dans ${file}. Pour vérifier n’importe où : vigie evidence check ${file} --key CLÉ`,
    nothing: '--alert ID, --event LOT:LIGNE ou --batch ID',
  },
  check: {
    brief: 'Vérifier un tel fichier, sans station',
    key: 'Clé du journal, apprise de son propriétaire par une autre voie; les clés des cosignataires peuvent suivre',
    policy:
      'Qui doit avoir signé, au format C2SP tlog-policy : la vôtre, au lieu de celle du fichier',
    quorum: {
      met: (isOwn) =>
        isOwn
          ? 'Le quorum énoncé par le fichier lui-même est atteint.'
          : 'Votre quorum est atteint.',
      'not met': (isOwn) =>
        isOwn
          ? 'Le quorum énoncé par le fichier lui-même n’est pas atteint.'
          : 'Votre quorum n’est pas atteint.',
    },
    ownKey:
      'Vérifié avec la clé du fichier lui-même : il est intact, mais cela ne dit pas à qui il est. Donnez --key.',
    signed: (name, time) =>
      time === '' ? `Signé par ${name}` : `Cosigné par ${name}, ${time} UTC`,
    done: (count, origin, size) =>
      `Preuve faite : ${plural('fr', count, 'ligne', 'lignes')} au journal ${origin} de ${size} entrées.`,
    flaw: (what, reason) => `${what} : ${reason}`,
  },
  quorum: {
    brief: 'Dire quels témoins doivent signer le journal; sans option : le montrer',
    policy: 'Une politique au format C2SP tlog-policy',
    least: 'Ou tant de témoins parmi ceux connus maintenant',
    by: 'Qui en décide; votre compte par défaut',
    none: 'Aucun quorum n’est fixé : --least N ou --policy FICHIER.',
    done: 'Le quorum est fixé.',
    states: {
      none: 'Aucun quorum de témoins n’est fixé.',
      met: 'Le quorum de témoins est atteint.',
      'not met': 'Le quorum de témoins n’est pas atteint.',
    },
    at: (size, time) => `Atteint la dernière fois pour ${size} entrées, ${time} UTC.`,
    since: (time) =>
      `Ce qui a été inscrit depuis ${time} UTC ne porte que la signature de cette station.`,
  },
  witness: {
    brief: 'Faire signer ce journal par un centre et ses membres, et signer les leurs',
    on: 'Demander des signatures à ce centre et à ses membres, et leur donner celles de cette station',
    off: 'Ne plus demander ni signer avec ce centre',
    by: 'Qui en décide; votre compte par défaut',
    switchedOn: (peer) =>
      `${peer} et ses membres sont priés de signer les points de contrôle de ce journal. Ils apprennent son nom aléatoire, sa longueur et une empreinte; rien de ce qu’il contient.`,
    switchedOff: (peer) => `${peer} n’est plus sollicité.`,
    confirm:
      'Laisser compter un témoin : son empreinte telle que ses propres gens la lisent, par téléphone',
    confirmedNow: (name) => `${name} compte dès maintenant.`,
    remove: 'Retirer un témoin par le nom de sa clé : plus demandé, plus compté',
    removedNow: (name) => `${name} n’est plus demandé, et ne compte plus.`,
    stop: 'Ne plus signer un journal d’autrui',
    resume: 'Signer de nouveau un journal d’autrui',
    stoppedNow: (log) => `${log} n’est plus signé ici.`,
    resumedNow: (log) => `${log} est de nouveau signé ici.`,
    ownFingerprint: (fingerprint) => `À lire à ceux dont elle signe les journaux : ${fingerprint}`,
    notCompared: 'ne compte pas : personne n’a comparé sa clé',
    compared: (by) => `clé comparée par ${by}`,
    removed: (by) => `retiré par ${by}`,
    stopped: (by) => `plus signé (${by})`,
    own: (key) => `Comme témoin, cette station signe avec ${key}`,
    never: 'n’a pas encore signé',
    signed: (size, time) => `a signé ${size} entrées, ${time} UTC`,
    nobody: 'Personne d’autre ne signe ce journal.',
    logs: 'Journaux que cette station signe :',
    inQuorum: 'compte au quorum',
    problems: {
      larger: (about) =>
        `a signé un journal de ce nom plus long, de ${about} entrées : celui-ci a été ramené à un état antérieur, ou un autre est montré ailleurs`,
      different: () =>
        'a signé un journal de ce nom que celui-ci ne prolonge pas : celui-ci a été réécrit, ou un autre est montré ailleurs',
      refused: (about) => `n’a pas signé : ${about}`,
      'bad signature': () => 'a répondu par une signature qui n’est pas valide',
    },
    flaws: {
      smaller:
        'montre moins d’entrées que ce qui a été signé ici : il a été ramené à un état antérieur',
      different:
        'montre d’autres entrées que celles signées ici : il a été réécrit, ou deux sont montrés',
    },
    logTitle: (organisation) => `Le journal de ${organisation} n’est pas celui signé ici`,
    logWhy: {
      smaller: (organisation, origin) =>
        `${organisation} a signé un point de contrôle de son journal ${origin} qui compte moins d’entrées que lorsque cette station l’a signé. Ses données ont été ramenées en arrière, ou quelqu’un y cache ce qui fut inscrit. Les deux points de contrôle sont gardés. Prévenez-les par téléphone.`,
      different: (organisation, origin) =>
        `${organisation} a signé un point de contrôle de son journal ${origin} qui ne prolonge pas celui signé ici. Son journal a été réécrit, ou un autre est montré ailleurs. Les deux points de contrôle sont gardés. Prévenez-les par téléphone.`,
    },
    ownTitle: 'Un témoin a signé un autre journal au nom de cette station',
    ownWhy: {
      larger: (organisation) =>
        `${organisation} a signé plus d’entrées du journal de cette station qu’il n’en compte maintenant. Les données ont été ramenées à un état antérieur, ou quelqu’un d’autre emploie la clé de cette station. Vérifiez ce qui est conservé.`,
      different: (organisation) =>
        `${organisation} a signé des entrées du journal de cette station qu’il ne contient pas maintenant. Le journal a été réécrit, ou quelqu’un d’autre emploie la clé de cette station. Vérifiez ce qui est conservé.`,
    },
  },
  flaw: (flaw) => FLAWS[flaw.kind](flaw),
}
