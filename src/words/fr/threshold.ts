// Ce qui se dit des adresses qui se sont connectées à plusieurs membres.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

export const threshold: Words['threshold'] = {
  brief:
    'Laisser un centre apprendre quelles adresses se sont connectées à plusieurs membres, et aucune autre',
  list: 'Montrer à qui cette station rapporte et, dans un centre, ce qui a été ouvert',
  expectedHolder:
    'le nom d’un centre que ce centre a rejoint (vigie peers) : c’est lui qui garde la clé',
  expectedTerms: (peer) =>
    `l’empreinte des conditions offertes maintenant : vigie share threshold show ${peer}`,
  expectedJoined:
    'des conditions de ce centre même, et un gardien que cette station a rejoint aussi et qui n’est pas le centre',
  expectedOffer: (peer) => `des conditions de ${peer}; ses gens les offrent`,
  terms: ({ hub, holder, least }) =>
    [
      `Adresses qui se sont connectées à plusieurs membres : ce que ${hub} (le centre) apprend, et à partir de quand.`,
      `1. Le membre rapporte chaque adresse de l’extérieur qui s’est connectée chez lui avec succès, sous une forme que le centre ne peut pas lire. Il ne rapporte ni ses propres adresses ni celles des listes d’avertissement.`,
      `2. Dès qu’au moins ${least} membres sans lien entre eux ont rapporté la même adresse, le centre apprend cette adresse, qui l’a rapportée, combien de fois elle s’est connectée et entre quels moments. Des autres il apprend combien il y en a, et quels membres en partagent une qu’il ne connaît pas.`,
      `3. ${holder} (le gardien) garde la clé avec laquelle les rapports sont faits. Il apprend sur combien d’adresses chaque membre le questionne, et aucune adresse. Le centre et le gardien ne se donnent pas ce qu’ils ont; ensemble ils pourraient essayer des adresses jusqu’à ce qu’une convienne.`,
      '4. Le centre dit quels membres sont liés, tels ceux d’un même fournisseur; ils comptent pour un.',
      '5. Chaque membre qui a rapporté une adresse apprend qu’elle est ouverte, et rien de qui d’autre l’a rapportée.',
      '6. D’autres conditions doivent être acceptées à nouveau; ce qui a été rapporté sous celles-ci ne peut pas se lire sous d’autres. Chaque côté peut y mettre fin à tout moment; le centre oublie alors ce qui n’est pas ouvert.',
    ].join('\n'),
  openedTitle: (address) => `Connectée à plusieurs membres : ${address}`,
  openedWhy: (address, members) =>
    `${address} s’est connectée avec succès à ${plural('fr', members, 'membre', 'membres sans lien entre eux')}. Une maison, un hôtel ou un réseau mobile le fait rarement. Regardez qui se connecte de là, et dites-le aux membres (Partage, À l’aveugle).`,
  metTitle: (address) => `Connectée ici et ailleurs : ${address}`,
  metWhy: (address, peer, least) =>
    `${address} s’est connectée ici avec succès, et à au moins ${plural('fr', least - 1, 'autre organisation', 'autres organisations sans lien')} que ${peer} sert. Regardez qui se connecte de là.`,
  problems: {
    'not readable': () =>
      'Le centre n’a pas pu lire la question. L’un des deux est-il d’une version plus ancienne?',
    'not agreed': () =>
      'Il n’y a plus d’entente avec ce centre, ou avec le gardien. Demandez un nouveau code à ses gens.',
    'no terms': () => 'Le centre n’offre pas (ou plus) de conditions. Rien n’est rapporté.',
    'other terms': () =>
      'Le centre offre d’autres conditions que celles qui ont été acceptées. Rien n’est rapporté avant que quelqu’un les lise et les accepte.',
    'another epoch': () => 'Le gardien a changé sa clé entre-temps. Tout est rapporté à nouveau.',
    'budget of the day': () =>
      'Le gardien ne laisse plus cette station demander d’adresses aujourd’hui. Le reste est demandé demain.',
    'budget of the hour': () =>
      'Le gardien ne laisse plus cette station demander d’adresses à cette heure. Le reste est demandé à la suivante.',
    'no element': () =>
      'Le gardien dit que la question contient ce qui n’est pas une valeur aveuglée. L’un des deux est-il d’une version plus ancienne?',
    'too many': () =>
      'Le centre ne prend plus de rapports de cette station avant que la clé change.',
    'key changed': (about) =>
      `Le gardien montre une autre clé que celle qui est épinglée (${about}). Rien n’est demandé. Demandez à ses gens, par téléphone, laquelle est la leur.`,
    'epoch went back': (about) =>
      `Le gardien montre une clé plus ancienne qu’avant (${about}). Rien n’est demandé. Ses gens devraient voir si une vieille copie a été remise.`,
    'not proven': (about) =>
      `Une réponse ne prouve pas la clé épinglée (${about}). Elle a été jetée. Demandez aux gens du gardien.`,
    'not understood': (about) =>
      `La réponse n’est pas celle attendue (${about}). Rien n’en a été gardé.`,
    unreachable: (about) => `Il est injoignable (${about}). Il est questionné dès qu’il répond.`,
    'may not report': (about) =>
      `La politique ne laisse pas sortir cela : ${about}. Un consentement, ou l’entente, manque ou a pris fin.`,
    'holder not joined': (about) =>
      `Cette station n’a pas rejoint ${about}, qui garde la clé. Demandez un code à ses gens.`,
  },
  own: {
    none: 'Aucun centre rejoint : il n’y a personne à qui rapporter.',
    off: (peer) =>
      `${peer} : rien n’est rapporté. Pour lire ses conditions : vigie share threshold show ${peer}`,
    on: (peer, least, holder, by) =>
      `${peer} : on lui rapporte; ouvert à partir de ${least} membres sans lien; ${holder} garde la clé (${by})`,
    counts: (reported, waiting) =>
      `   ${plural('fr', reported, 'adresse rapportée', 'adresses rapportées')}, ${waiting} en attente`,
    key: (epoch, fingerprint, ends) =>
      `   clé ${epoch}, ${fingerprint} (à comparer par téléphone), jusqu’au ${ends}`,
    opened: (address, logins, first, last) =>
      `   ouverte : ${address}, ${plural('fr', logins, 'connexion', 'connexions')} ici, du ${first} au ${last}`,
  },
  hub: {
    none: 'Ce centre n’offre pas de conditions. Pour en offrir : vigie share threshold offer GARDIEN',
    terms: (least, holder) =>
      `Ce centre apprend une adresse à partir de ${least} membres sans lien; ${holder} garde la clé.`,
    members: ['membre', 'accepté par', 'lié', 'rapports'],
    closed: (addresses, members) =>
      `${plural('fr', addresses, 'adresse', 'adresses')} que ${plural('fr', members, 'membre', 'membres sans lien')} ont rapporté : fermé`,
    opened: ['adresse', 'ouverte (UTC)', 'première', 'dernière', 'membres', 'pas justes'],
    holds: (epoch, fingerprint, ends) =>
      `Ce centre garde la clé ${epoch} pour d’autres : ${fingerprint}, jusqu’au ${ends}.`,
    asked: ['membre', 'adresses demandées en 24 h', 'refusées'],
  },
  show: {
    brief: 'Lire les conditions qu’un centre offre',
    next: (peer, digest) =>
      `Rien n’a été accepté. Pour accepter : vigie share threshold on ${peer} --accept ${digest} --by "Votre nom"`,
  },
  on: {
    brief: 'Accepter les conditions d’un centre et lui rapporter dès maintenant',
    accept: 'L’empreinte des conditions que vous avez lues (vigie share threshold show)',
    by: 'Votre nom : vous décidez pour votre organisation',
    done: (peer) => `Les adresses qui se connectent ici sont rapportées à ${peer} dès maintenant.`,
  },
  off: {
    brief: 'Ne plus rapporter à un centre; il oublie ce qui n’est pas ouvert',
    done: (peer) => `Plus rien n’est rapporté à ${peer}.`,
  },
  offer: {
    brief: 'Offrir des conditions aux membres (dans un centre)',
    least: (usual) => `À partir de combien de membres sans lien une adresse est apprise (${usual})`,
    done: (digest) => `Offertes dès maintenant, à la place des précédentes : ${digest}`,
  },
  give: {
    brief: 'Donner une adresse ouverte comme indicateur (dans un centre)',
    marking: 'TLP : clear, green, amber ou amber+strict',
    priority: 'urgent passe avant tout le reste',
    audience: 'Noms des seuls membres à qui elle va, séparés par des virgules',
    done: (address, added, known) =>
      added > 0
        ? `${address} est donnée.`
        : known > 0
          ? `${address} avait déjà été donnée.`
          : `${address} n’est pas donnée.`,
  },
  group: {
    brief: 'Dire quels membres sont liés : le même mot compte pour un (dans un centre; "" = aucun)',
    done: (peer) => `Vaut pour ${peer} à partir de la prochaine clé.`,
  },
}
