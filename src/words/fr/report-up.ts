// Ce qui se dit des rapports d’incident qui vont à un centre.

import type { Words } from '../en.ts'

export const reportUp: Words['reportUp'] = {
  expected:
    'un rapport que son marquage, l’entente et les consentements consignés laissent aller à ce centre',
  alertTitle: (organisation) => `Rapport d’incident de ${organisation}`,
  alertWhy: (organisation, title, reference) =>
    `${organisation} a envoyé un rapport approuvé : « ${title} » (${reference}). Lisez-le et accusez-en réception (Partage, Rapports).`,
  how: (peer) => `au centre ${peer}`,
  brief: 'Les rapports que des membres ont envoyés à ce centre',
  list: 'Montrer les rapports, le plus récent d’abord',
  acknowledge: 'Dire qu’un rapport a été lu; son auteur l’apprend',
  acknowledged: (reference) => `${reference} : accusé de réception donné.`,
  none: 'Aucun rapport.',
  columns: ['référence', 'reçu (UTC)', 'organisation', 'TLP', 'titre', 'lu par'],
  send: 'Envoyer le rapport approuvé à un centre rejoint',
  sent: (peer) => `Il va à ${peer}. Ce qui revient : vigie cases report`,
  hub: {
    none: (peer) => `${peer} : pas envoyé`,
    ready: (peer) => `${peer} : en route`,
    taken: (peer, reference, at) => `${peer} : reçu le ${at}, référence ${reference}`,
    acknowledged: (peer, reference, by) => `${peer} : lu par ${by}, référence ${reference}`,
    refused: (peer, reason) => `${peer} : refusé : ${reason}`,
    earlier: 'un texte antérieur',
  },
}
