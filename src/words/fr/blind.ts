// Ce qui se dit de la comparaison à l’aveugle : les valeurs sensibles d’un centre, et ce qu’une station en demande.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

export const blind: Words['blind'] = {
  brief:
    'Comparer à l’aveugle les valeurs sensibles d’un centre : il apprend ce que vous dites, vous apprenez ce que vous détenez',
  list: 'Montrer ce qui est demandé, ce qui a été rencontré et, à un centre, qui a demandé combien',
  expectedHub: 'le nom d’un centre auquel cette station a adhéré (vigie peers)',
  notMatched: (kind) =>
    `${kind} : seuls les adresses, les domaines et les empreintes se comparent à l’aveugle`,
  otherMarking: (met, asked) =>
    `est marqué ${met}, alors que ${asked} a été demandé; ajoutez-le à part`,
  hitTitle: (peer) => `Rencontrée ici : une valeur sensible de ${peer}`,
  hitWhy: (peer, note) =>
    `Elle figure sur la liste que ${peer} ne donne à personne. Le centre ne sait pas qu’elle a été rencontrée ici tant que personne ne le lui dit (Partage, À l’aveugle).${note === '' ? '' : ` Le centre dit\u202f: ${note}`}`,
  problems: {
    'not readable': () =>
      'Le centre n’a pas pu lire la question. L’un des deux est-il d’une version plus ancienne?',
    'not agreed': () =>
      'Le centre dit qu’il n’y a plus d’entente. Demandez un nouveau code à ses responsables.',
    'another epoch': () =>
      'Le centre a changé ses clés entre-temps. On lui redemande avec les nouvelles.',
    'budget of the day': () =>
      'Le centre ne laisse plus cette station demander de valeurs aujourd’hui. Le reste sera demandé demain; ses responsables peuvent accorder un plus grand budget.',
    'budget of the hour': () =>
      'Le centre ne laisse plus cette station demander de valeurs dans cette heure. Le reste sera demandé dans la suivante.',
    'no element': () =>
      'Le centre dit que la question contient ce qui n’est pas une valeur aveuglée. L’un des deux est-il d’une version plus ancienne?',
    'key changed': (about) =>
      `Le centre montre d’autres clés que celles épinglées pour cette époque (${about}). Rien n’est demandé. Demandez à ses responsables, par téléphone, lesquelles sont les leurs : d’autres clés pour un seul membre le marqueraient.`,
    'epoch went back': (about) =>
      `Le centre montre une époque plus ancienne qu’avant (${about}). Rien n’est demandé. Ses responsables devraient vérifier si une ancienne sauvegarde a été remise.`,
    'not proven': (about) =>
      `Une réponse ne prouve pas la clé épinglée (${about}). Elle a été jetée et plus rien n’est demandé. Demandez aux responsables du centre.`,
    'not understood': (about) =>
      `Le centre ne répond pas comme prévu (${about}). Rien de la réponse n’a été gardé.`,
    unreachable: (about) =>
      `On ne peut pas joindre le centre (${about}). On lui demandera dès que possible.`,
    'may not ask': (about) =>
      `La politique ne laisse pas sortir la question : ${about}. Un consentement, ou l’entente, manque ou a pris fin.`,
  },
  states: {
    new: 'attend une personne',
    told: 'dite',
    kept: 'non dite',
    refused: 'ne peut être dite',
  },
  tell: { each: 'une personne décide de chacune', rule: 'toutes sont dites, par règle' },
  acts: {
    'epoch begun': 'nouvelles clés',
    'values added': 'valeurs sensibles ajoutées',
    'value removed': 'valeur sensible retirée',
    'budget set': 'budget fixé',
    'list given': 'liste donnée',
    refused: 'refusé',
    'asking switched on': 'questions activées',
    'asking switched off': 'questions désactivées',
    'keys pinned': 'clés épinglées',
    'list taken': 'liste prise',
    'not asked': 'pas demandé',
    met: 'rencontrée ici',
    told: 'dite au centre',
    kept: 'non dite au centre',
  },
  asking: {
    none: 'Aucun centre : il n’y a personne à qui demander.',
    off: (peer) => `${peer} : pas interrogé. Pour l’interroger : vigie share blind on ${peer}`,
    on: (peer, tell, by) => `${peer} : interrogé; ${tell} (${by})`,
    keys: (epoch, fingerprint, ends) =>
      `   époque ${epoch}, clés ${fingerprint} (à comparer par téléphone), jusqu’au ${ends}`,
    counts: (asked, listed) =>
      `   ${plural('fr', asked, 'valeur demandée', 'valeurs demandées')}; sa liste compte ${plural('fr', listed, 'entrée', 'entrées')}, remplissage compris`,
  },
  hits: (count) => `${plural('fr', count, 'rencontre', 'rencontres')} :`,
  hitColumns: [
    'numéro',
    'centre',
    'état',
    'genre',
    'valeur',
    'événements',
    'dernier (UTC)',
    'le centre dit',
  ],
  hub: {
    title: (total) => `Ce centre a ${plural('fr', total, 'valeur sensible', 'valeurs sensibles')}.`,
    keys: (epoch, fingerprint, ends) => `Époque ${epoch}, clés ${fingerprint}, jusqu’au ${ends}.`,
    columns: [
      'membre',
      'adresses demandées en 24 h',
      'sur',
      'autres demandées en 24 h',
      'sur',
      'refusées',
    ],
    valueColumns: ['id', 'genre', 'valeur', 'marquage', 'dite par', 'note'],
  },
  on: {
    brief:
      'Interroger un centre à l’aveugle dès maintenant; c’est votre consentement à la question',
    rule: 'Dire au centre toutes les rencontres par cette règle, au lieu qu’une personne décide de chacune',
    by: 'Votre nom : vous le décidez pour votre organisation',
    done: (peer) =>
      `${peer} est interrogé dès maintenant. Ce qui est rencontré est d’abord montré ici : vigie share blind`,
  },
  off: { brief: 'Ne plus interroger un centre', done: (peer) => `${peer} n’est plus interrogé.` },
  decide: {
    tell: 'Dire des rencontres au centre',
    keep: 'Ne pas dire des rencontres au centre',
    done: (count) => `${plural('fr', count, 'rencontre décidée', 'rencontres décidées')}.`,
    numbers: 'Numéros de « vigie share blind »',
  },
  add: {
    brief:
      'Ajouter des valeurs sensibles (à un centre) : adresses, domaines, empreintes; une par ligne, CSV ou MISP',
    marking: 'TLP de ce qui est dit à qui détient une valeur : clear, green, amber, amber+strict',
    note: 'Ce qui est dit à qui détient une valeur, par exemple qui appeler (300 caractères)',
    audience: 'Noms des membres à qui c’est destiné seuls, séparés par des virgules',
    done: (added, known) =>
      `${plural('fr', added, 'valeur ajoutée', 'valeurs ajoutées')}, ${known} déjà connues.`,
  },
  remove: { brief: 'Retirer une valeur sensible par son id (à un centre)', done: 'Retirée.' },
  rotate: {
    brief:
      'Commencer une époque avec de nouvelles clés (à un centre); les membres redemandent tout',
    done: 'De nouvelles clés valent dès maintenant; les anciennes sont détruites.',
  },
  budget: {
    brief: 'Fixer combien de valeurs un membre peut demander par jour (à un centre)',
    address: 'Adresses par jour; au plus un quart en une heure',
    other: 'Domaines et empreintes par jour',
    done: (peer) => `Le budget de ${peer} est fixé.`,
  },
}
