// Ce qui se dit entre stations et centres, et de ce qui passe entre eux.

import type { PeerProblem } from '../../model/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const PROBLEMS: Readonly<Record<PeerProblem['code'], (about: string) => string>> = {
  unreachable: (about) =>
    `On ne peut pas le joindre (${about}). Ce qui attend partira dès que possible; rien n’est perdu. Vérifiez l’adresse et le lien.`,
  'key changed': (about) =>
    `Ce qui répond là a une autre clé que celle qui est épinglée (${about}). Rien n’a été envoyé ni pris. Demandez au centre, par téléphone, s’il a fait une nouvelle clé; si oui, adhérez de nouveau avec un nouveau code.`,
  'not known there': () =>
    'Le centre ne connaît pas la clé de cette station. Si elle a été refaite, demandez un nouveau code au centre et adhérez de nouveau.',
  'ended there': () =>
    'Le centre a mis fin à l’entente. Plus rien n’y part. Ce qui est venu reste.',
  refused: (about) => `Le centre refuse\u202f: ${about}`,
  'not taxii': (about) =>
    `Il ne répond pas comme un serveur TAXII 2.1 (${about}). Rien de la réponse n’a été gardé. Ses responsables devraient consulter son journal.`,
  'no progress': (about) =>
    `Le centre donne toujours la même chose (${about}). Le tour a été abandonné; il est repris.`,
  'time travel': (about) =>
    `Le centre donne une heure qui n’est pas venue (${about}). Rien de la page n’a été gardé. Son horloge, ou celle d’ici, se trompe.`,
  flood: (about) =>
    `Le centre envoie plus que ce qui est pris\u202f: ${about}. Rien de la page n’a été gardé.`,
  unexpected: (about) => `Quelque chose d’inattendu\u202f: ${about}. On réessaie.`,
}

const REASONS: Readonly<Record<string, string>> = {
  pattern: 'son motif dit plus qu’une comparaison; il n’est pas recherché',
  empty: 'rien à rechercher',
  warned: 'sa valeur figure sur une liste d’avertissement et n’est pas comparée',
  expired: 'il est arrivé à son terme',
  future: 'il n’est pas encore valide',
  'nothing stored': 'rien n’est encore conservé, donc rien ne peut être dit',
  'hunted once': 'recherché une fois dans ce qui est conservé; pas dans ce qui arrive',
  'two texts': 'cette version est déjà venue avec un autre texte',
  'other creator': 'seul son auteur peut le modifier',
  'after revocation': 'il avait été retiré',
}

const KINDS: Readonly<Record<string, string>> = {
  sighting: 'ce qui a été rencontré ou non (sighting)',
  note: 'ce que sont devenus règles, analyses et contrôles (note)',
}

const RELATIONS: Readonly<Record<string, string>> = {
  organisation: 'même organisme (organisation)',
  client: 'client (client)',
  community: 'communauté (community)',
}

const tlp = (marking: string): string => `TLP:${marking.toUpperCase()}`

export const sharing: Words['sharing'] = {
  agreement: ({ hub, until, cohortFloor, approval, onward, content }) =>
    [
      `Entente entre ${hub} (le centre) et l’organisme qui adhère (le membre), jusqu’au ${until}.`,
      `1. Le centre donne au membre des indicateurs pour sa défense. Le membre ne s’en sert que pour cela et respecte leurs marquages (TLP 2.0). ${onward ? 'Un membre qui est lui-même un centre peut les donner à ses propres membres, selon leurs marquages.' : 'Il ne les transmet pas.'}`,
      `Le centre peut aussi donner des règles, des analyses et des contrôles de configurations. Le membre vérifie chacun comme ses propres fichiers; aucun ne peut ôter des constats, lire autre chose que des événements ni s’exécuter comme un programme. ${content === 'automatic' ? 'Ils servent d’eux-mêmes.' : 'Chacun sert dès qu’une personne du membre l’accepte.'} Le membre dit au centre si chacun est en service, et sinon pourquoi.`,
      `2. Le membre dit au centre lesquels il a rencontrés, combien de fois et entre quels moments, ou qu’il les a cherchés sans les trouver. Rien d’autre ne sort de chez lui\u202f: ni lignes de journaux, ni noms de personnes, ni adresses à lui, sauf ce qu’une personne du membre inscrit pour être avisé, et les rapports d’incident approuvés qu’une personne envoie, un à un. ${approval === 'each' ? 'Une personne du membre regarde chaque réponse avant son départ.' : 'Ces réponses partent d’elles-mêmes.'}`,
      `3. Le centre ne dit à aucun membre ce qu’un autre a rencontré. Il ne donne que des chiffres portant sur au moins ${cohortFloor} membres.`,
      '4. Les données du membre restent les siennes. Celles d’une communauté autochtone ne sortent qu’avec le consentement consigné de cette communauté, qu’elle peut retirer à tout moment.',
      '5. Chaque partie peut y mettre fin à tout moment, sur-le-champ et sans motif. Ce qui a été donné avant ne peut être repris partout; le centre peut dire à qui quoi a été donné.',
    ].join('\n'),
  terms: ({ down, up, cohortFloor, from, until }) =>
    [
      `Sort de chez le membre\u202f: ${up.kinds.length === 0 ? 'des choses de toute sorte' : up.kinds.map((kind) => KINDS[kind] ?? kind).join('; ')}; au plus ${tlp(up.mostMarking)}; ${up.approval === 'each' ? 'chaque chose dès qu’une personne de là-bas l’a regardée' : 'de soi-même'}.`,
      `Vient du centre\u202f: au plus ${tlp(down.mostMarking)}; le membre est pour lui\u202f: ${RELATIONS[down.relation] ?? down.relation}.`,
      `Règles, analyses et contrôles du centre\u202f: ${down.content === 'automatic' ? 'servent d’eux-mêmes' : 'chacun sert dès qu’une personne du membre l’accepte'}.`,
      `Le membre comme centre\u202f: ${down.onward ? 'transmet ce qu’il reçoit' : 'ne transmet rien'}.`,
      `Chiffres\u202f: sur au moins ${cohortFloor} membres.`,
      `Vaut du ${from.slice(0, 10)} au ${until.slice(0, 10)}.`,
    ].join('\n'),
  problem: ({ code, about }) => PROBLEMS[code](about),
  reason: (code) => REASONS[code] ?? code,
  noHub: {
    met: 'une station qui n’est pas un centre',
    expected: '«\u202fvigie hub\u202f» au lieu de «\u202fvigie up\u202f»',
  },
  hub: {
    brief: 'Faire fonctionner un centre\u202f: une station à laquelle d’autres adhèrent',
    ready: (address) => `  Les membres adhèrent à   ${address}  (vigie peers invite NOM)`,
  },
  join: {
    brief: 'Adhérer à un centre avec le code que ses responsables vous ont donné',
    hub: (hub, address, pin) => `${hub}, à ${address}, clé ${pin.slice(0, 16)}…`,
    ask: (digest) =>
      `Pour accepter, lancez la même commande avec --accept ${digest.slice(0, 12)} --by «\u202fVOTRE NOM\u202f».`,
    question: 'Acceptez-vous cette entente pour votre organisme? (oui/non) ',
    yes: ['o', 'oui'],
    does: 'Ce que ce programme fait selon elle\u202f:',
    declined: 'Rien n’a été accepté ni envoyé.',
    other: 'L’entente n’est pas celle dont l’empreinte a été donnée. Lisez-la de nouveau.',
    joined: (name) =>
      `Adhésion faite. Le centre s’appelle ${name} ici; voir «\u202fvigie peers\u202f». Pour partir\u202f: vigie peers revoke ${name}`,
  },
  peers: {
    brief: 'Inviter, énumérer et révoquer ceux avec qui cette station partage',
    list: 'Énumérer les pairs, leur état et ce qui est passé',
    none: 'Pas encore de pairs. Pour adhérer à un centre\u202f: vigie join CODE. Sur un centre, pour inviter un membre\u202f: vigie peers invite NOM',
    invite: 'Faire le code avec lequel une station adhère à ce centre, bon une fois et une semaine',
    code: (code) => `Sur la station\u202f:\n\n  vigie join ${code}\n`,
    until: (time) =>
      `Le code est bon une fois, jusqu’au ${time} UTC. Remettez-le par une voie sûre.`,
    loopback: (address) =>
      `Le code dit ${address}, que seule cette machine peut joindre. Pour les autres\u202f: vigie hub --hub-listen 0.0.0.0, puis invitez avec --address HÔTE.`,
    revoke: 'Mettre fin maintenant à l’entente avec un pair, pour les deux parties',
    revoked: (name) =>
      `L’entente avec ${name} a pris fin. Plus rien n’y part; ce qui en est venu reste.`,
    renew:
      'Proposer une autre entente à un membre; celle qui vaut continue jusqu’à ce qu’une personne de là-bas l’accepte',
    renewed: (name) =>
      `Proposée à ${name}. Elle y paraît en moins d’une minute; ce qui vaut continue jusqu’à ce qu’une personne de là-bas l’accepte.`,
    accept: 'Lire l’entente qu’un centre propose à la place de celle qui vaut, et l’accepter',
    noOffer: (name) => `${name} ne propose pas d’autre entente.`,
    former: 'Jusqu’ici\u202f:',
    accepted: (name) => `Acceptée. Désormais, seule cette entente vaut avec ${name}.`,
    standings: {
      ending: (name, until) =>
        `L’entente avec ${name} prend fin le ${until}. Un centre en propose une autre\u202f: vigie peers renew NOM`,
      over: (name, until) =>
        `L’entente avec ${name} a pris fin le ${until}. Plus rien ne passe. Un centre en propose une autre\u202f: vigie peers renew NOM`,
    },
    offered: {
      hub: (name) =>
        `${name} propose une autre entente. Pour la lire et l’accepter\u202f: vigie peers accept ${name}`,
      member: (name) =>
        `Une autre entente a été proposée à ${name}; personne de là-bas ne l’a encore acceptée.`,
    },
    columns: ['pair', 'organisme', 'rôle', 'état', 'entendu (UTC)', 'objets', 'en attente'],
    roles: { member: 'membre', hub: 'centre' },
    states: { invited: 'invité', joined: 'adhéré', ended: 'terminé' },
    trouble: (name, since, sentence) => `${name}, depuis ${since} UTC\u202f: ${sentence}`,
  },
  publish: {
    brief:
      'Donner aux membres (sur un centre)\u202f: des indicateurs en STIX, MISP, CSV ou lignes simples, une règle Sigma, une analyse, un contrôle',
    done: (collection, added, known) =>
      `${collection}\u202f: ${plural('fr', added, 'objet donné', 'objets donnés')}, ${known} déjà connus.`,
    refused: (count) => `${plural('fr', count, 'objet non donné', 'objets non donnés')}\u202f:`,
  },
  withdraw: { brief: 'Révoquer un objet que ce centre a fait', done: 'Retiré.' },
  preview: {
    brief: 'Montrer ce qui serait donné, qui le verrait, et pourquoi pas; rien ne sort',
    nobody: 'personne\u202f: il n’y a pas de pairs',
    sees: 'le voit',
  },
  misp: {
    brief:
      'Montrer ce qu’un membre recevrait comme flux MISP; avec --out, écrire le flux dans un dossier',
    out: 'Dossier où écrire manifest.json, hashes.csv et les événements : cela compte comme remis au membre',
    would: (peer, indicators, attributes, events) =>
      `${peer} recevrait ${indicators} indicateurs, soit ${attributes} attributs dans ${events} événements.`,
    withheld: (count, rule) => `${count} ne partent pas : ${rule}`,
    deleted: 'retiré',
    cut: 'Il y a plus d’indicateurs qu’un flux n’en contient : les plus récents y sont.',
    done: (events, folder) => `${events} événements écrits dans ${folder}`,
  },
  outbox: {
    brief: 'Montrer ce qui sort ou attend, exactement comme cela sort, et pour qui',
    none: 'Rien.',
    seenBy: (organisation, relation, marking) =>
      `vu par ${organisation} (${relation}), qui peut le transmettre selon TLP:${marking.toUpperCase()}`,
    states: {
      waiting: 'attend une personne',
      ready: 'part maintenant',
      sent: 'envoyé',
      refused: 'ne sort pas',
      rejected: 'pas pris là-bas',
    },
  },
  approve: {
    brief: 'Laisser partir ce qui attend',
    refuse: 'Ne pas laisser partir ce qui attend',
    done: (count) => `${plural('fr', count, 'objet décidé', 'objets décidés')}.`,
  },
  received: {
    brief: 'Énumérer ce que les centres ont envoyé, et ce qu’il en est advenu',
    none: 'Rien n’est encore venu.',
    states: {
      taken: 'pris',
      asked: 'attend une personne',
      searching: 'en recherche',
      answered: 'recherché',
      'not watched': 'non recherché',
      declined: 'décliné',
      kept: 'gardé',
      refused: 'refusé',
      withdrawn: 'retiré',
    },
    seen: (count) => (count === 0 ? 'pas vu' : `vu ${count} fois`),
  },
  seen: {
    brief: 'Montrer combien de membres ont rencontré chaque indicateur (sur un centre)',
    none: 'Aucun membre n’a encore répondu.',
    columns: [
      'membres',
      'cherché, pas vu',
      'première fois (UTC)',
      'dernière fois (UTC)',
      'indicateur',
    ],
  },
  trace: { brief: 'Montrer à quels membres un objet a été donné, et quand', nobody: 'Personne.' },
  consent: {
    brief: 'Consigner, énumérer et retirer des consentements',
    give: 'Consigner un consentement, de cet organisme ou d’une communauté',
    revoke: 'Retirer un consentement maintenant',
    given: (id) => `Consigné sous ${id}.`,
    revoked: 'Retiré. Plus rien ne sort en son nom.',
    none: 'Aucun consentement.',
    columns: ['id', 'de', 'fin', 'pairs', 'genres', 'jusqu’au', 'état'],
    holds: 'tient',
    over: 'terminé',
    all: 'tous',
  },
}
