// Ce qui est dit des zones et des filtres : verdicts, preuves, constats, et ce qui cloche dans un fichier de zones.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

const services = (about: string): string => (about === '' ? '' : ` : ${about}`)

export const segment: Words['segment'] = {
  brief: 'Prouver d’après les configurations ce qui peut atteindre quoi : zones, conduits, filtres',
  check: 'Juger zones et conduits : ce qui passe, avec un paquet et les lignes qui le laissent',
  propose: 'Proposer un fichier de zones d’après les configurations, à relire',
  trace: 'Dire ce que deviennent les paquets d’une adresse à une autre',
  lines: 'Trouver les règles qu’aucun paquet n’atteint',
  search: 'Trouver un paquet qu’une liste d’accès permet ou refuse',
  diff: 'Dire quels paquets une nouvelle version d’une liste d’accès laisse passer ou arrête',
  noPaths: 'Donnez au moins un fichier ou dossier de configurations.',
  noZones:
    'Donnez un fichier de zones : --zones FICHIER. Pour en commencer un : vigie segment propose CHEMIN… > zones.yml',
  notRead: (make) =>
    `${make === '' ? 'marque non reconnue' : make} : les filtres de cette marque ne sont pas lus; ce qui traverse cet appareil n’est pas jugé`,
  place: (line, column) => `Ligne ${line}, colonne ${column} :`,
  zonesProblems: {
    too_large: (met) => `${met} caractères; on en lit au plus 1 Mio.`,
    yaml: (met) => `ce n’est pas du YAML : « ${met} ».`,
    unknown_key: (met) => `« ${met} » n’est pas une clé prévue ici.`,
    missing: (met) => `« ${met} » manque.`,
    value: (met, path) => `« ${met} » ne convient pas à ${path}.`,
    prefix: (met) => `« ${met} » n’est ni une adresse ni un préfixe, comme 10.1.0.0/16.`,
    service: (met) => `« ${met} » n’est pas un service, comme tcp/502, udp/161-162, icmp ou any.`,
    zone: (met) => `aucune zone ne s’appelle « ${met} ».`,
    twice: (met) => `deux zones s’appellent « ${met} ».`,
    nowhere: (met) => `la zone « ${met} » a besoin de préfixes ou d’interfaces.`,
  },
  read: (devices, rules, unread) =>
    `${n(devices, 'appareil lu', 'appareils lus')}, ${n(rules, 'règle', 'règles')}${unread === 0 ? ', toutes comprises' : `; ${unread} non comprises`}.`,
  verdicts: {
    open: 'ouvert',
    conditional: 'sous condition',
    indeterminate: 'indéterminé',
    blocked: 'bloqué',
  },
  beyondOnly: 'hors des conduits',
  withinConduits: 'dans les conduits',
  matrix: 'Zones',
  columns: { from: 'de', to: 'vers', all: 'passe', beyond: 'sans conduit' },
  findingsTitle: 'Constats',
  noFindings: 'Rien ne passe qu’aucun conduit ne permette, autant qu’on puisse le dire.',
  witness: 'par exemple',
  arrivesAs: (packet) => `arrive comme ${packet}`,
  hop: (device, enters, leaves) => `${device} : ${enters} → ${leaves}`,
  byDefault: (filter) => `${filter} : aucune règle ne décide`,
  byRule: (filter, rule, line) => `${filter} : ${rule} (ligne ${line})`,
  conditions: (because) => `si ${because}`,
  unread: (because) => `non compris : ${because}`,
  translated: (label, line) => `traduit par ${label} (ligne ${line})`,
  assumed: 'la table de routage n’en dit rien; on suppose que cela sort ici',
  answers: {
    pass: 'la réponse revient',
    blocked: 'la réponse ne revient pas',
    unknown: 'on ne sait pas si la réponse revient',
  },
  services: (list) => `services : ${list}`,
  packets: (list) => `paquets : ${list}`,
  reasons: {
    same_network: 'les deux sont sur un même réseau : rien de ce qui a été donné ne les sépare',
    no_place_from: 'aucun appareil donné ne mène au point de départ',
    no_place_to: 'aucun appareil donné ne mène à l’arrivée',
    leaves_given: 'une partie va à un voisin qui n’a pas été donné',
    too_large: 'trop grand pour un calcul exact',
    dynamic_routing: 'les routes sont apprises; toutes les sorties sont supposées possibles',
    policy_routing: 'le routage par politique n’est pas suivi',
    groups_not_expanded: 'les groupes de configuration ne sont pas développés',
    not_whole: 'ce qui en a été fourni est incomplet, ou n’est compris qu’en partie',
    translation_not_understood: 'une traduction d’adresses n’est pas comprise',
    tunnels: 'les tunnels ne sont pas suivis',
    not_a_filter_we_read: 'un filtre d’un genre qui n’est pas lu',
  },
  missing: (list) => `Nommé dans le fichier de zones et dans aucune configuration : ${list}`,
  limits:
    'Non jugés : fragments, couche 2, ponts transparents, chemins qu’aucune configuration donnée ne montre. Un verdict vaut pour les configurations données.',
  findings: {
    ot_reachable: ({ from, to, isSure, about }) =>
      `${from} ${isSure ? 'atteint' : 'peut atteindre'} ${to}, et aucun conduit ne le permet${services(about)}.`,
    management_reachable: ({ from, to, isSure }) =>
      `${from} ${isSure ? 'atteint' : 'peut atteindre'} la zone de gestion ${to}.`,
    ot_to_outside: ({ from, to, isSure }) =>
      `${from} ${isSure ? 'atteint' : 'peut atteindre'} ${to}, et aucun conduit ne le permet.`,
    vendor_reaches: ({ from, to, isSure, about }) =>
      `Le fournisseur ${from} ${isSure ? 'atteint' : 'peut atteindre'} ${to}, et aucun conduit ne le permet${services(about)}.`,
    beyond_conduit: ({ from, to, isSure }) =>
      `${from} ${isSure ? 'atteint' : 'peut atteindre'} ${to} avec plus que ce que les conduits permettent.`,
    unauthenticated_protocol: ({ from, to, about }) =>
      `De ${from} à ${to}, un conduit laisse passer des protocoles qui ne demandent à personne qui il est : ${about}.`,
    pivot: ({ from, to, isSure, about }) =>
      `${isSure ? 'Il existe' : 'Il existe peut-être'} un chemin par rebonds de ${from} à ${to}, par ${about}.`,
    conduit_expired: ({ from, to, about }) =>
      `Le conduit de ${from} à ${to} (${about}) a passé son dernier jour.`,
    conduit_without_way: ({ from, to, about }) =>
      `Aucune règle ne laisse passer ce que permet le conduit de ${from} à ${to} (${about}).`,
    change_opened: ({ from, to }) =>
      `Le changement laisse passer de ${from} à ${to} des paquets qui ne passaient pas avant.`,
    seen_never: ({ from, to, about }) =>
      `Vu de ${from} à ${to}, alors que les filtres donnés ne le laissent jamais passer : ${about}. Il manque ici un appareil ou un chemin, ou quelqu’un passe à côté.`,
    seen_beyond: ({ from, to, about }) =>
      `Vu de ${from} à ${to}, et aucun conduit ne le permet : ${about}.`,
    ot_protocol_outside: ({ from, to, about }) =>
      `Protocoles de contrôle vus hors des TO, de ${from} à ${to} : ${about}.`,
  },
  opened: {
    title: 'Un changement laisse passer davantage entre des zones',
    titleInside: 'Un changement ouvre un chemin vers les TO',
    way: (from, to) => `de ${from} à ${to}`,
    why: (device, ways, others) =>
      `Le changement sur ${device} laisse passer des paquets qui ne passaient pas avant et qu’aucun conduit ne permet : ${ways}${others > 0 ? `, et ${n(others, 'autre chemin', 'autres chemins')}` : ''}.`,
    do: [
      'Demandez qui a changé la règle, et pourquoi.',
      'Si c’est voulu, déclarez un conduit avec son responsable et son dernier jour.',
      'Sinon, retirez la règle et regardez ce qui est passé depuis.',
    ],
    benign:
      'Un nouveau service entre deux zones, pour lequel personne n’a encore déclaré de conduit.',
  },
  seenNeverTitle: 'Connexions que les filtres ne laissent jamais passer',
  stateTitle: 'Des zones sont ouvertes l’une à l’autre qui ne l’étaient pas',
  moved: (version, who) =>
    version === '0'
      ? 'Aucune zone n’est encore en vigueur ici, et celles-ci partent d’une version. Rechargez la page.'
      : `${who === '' ? 'Quelqu’un' : who} a conservé entre-temps la version ${version} des zones. Chargez-la, portez-y votre changement, et conservez-la.`,
  notJudged: (reason) =>
    `Les zones n’ont pas pu être jugées : ${reason}. Un nouvel essai aura lieu quand une configuration ou les zones changeront, et au plus tard demain.`,
  station: {
    show: 'Montrer où en sont les zones d’une station : verdicts et constats',
    zones:
      'Écrire le fichier de zones en vigueur dans une station, ou une proposition d’après ses appareils',
    keep: 'Donner à une station son fichier de zones; il est conservé comme version à votre nom',
    flows: 'Comparer ce qui a été vu entre les zones à ce que permettent filtres et conduits',
    proposalFlag: 'Une proposition d’après les appareils que la station connaît',
    versionFlag: 'Une version antérieure',
    noteFlag: 'Pourquoi il a changé',
    noFile: 'Donnez un fichier de zones.',
    kept: (version, zones) =>
      `La version ${version} est en vigueur : ${n(zones, 'zone', 'zones')}. Elles seront jugées d’ici une minute.`,
    states: {
      no_zones:
        'Personne n’a confirmé de zones ici. Commencez par : vigie segment zones --proposal > zones.yml',
      no_devices:
        'La station n’a aucune configuration. Envoyez-en une : vigie devices take FICHIER',
      waiting: 'Les zones sont en cours de jugement.',
      judged: (made, version, who) =>
        `Jugé à ${made}, d’après la version ${version} des zones (${who}).`,
    },
    old: 'Des configurations ou des zones ont changé depuis; elles sont en cours de jugement.',
    left: (list) => `Non jugés, trop à la fois : ${list}`,
    span: (from, to, days, withFlows) =>
      `Connexions regardées du ${from} au ${to} : ${withFlows} de ${n(days, 'jour', 'jours')} en ont.`,
    filtersSince: (at) =>
      `Les filtres sont ceux d’après ${at} : ce qui a été vu pour la dernière fois avant ne leur est pas opposé.`,
    isCut: 'Certains jours dépassaient ce qui est gardé : le plus fréquent a été pris.',
    tooMany: (days) =>
      `Plus de connexions qu’on n’en rassemble en deux minutes d’un processeur : rien n’est dit du ${days}, et rien n’est déclaré inutilisé. Une machine plus grande, ou un serveur ClickHouse, en rassemble davantage.`,
    noSpan: 'Rien n’a encore été regardé.',
    seenStates: {
      allowed: 'permis',
      beyond: 'sans conduit',
      never: 'jamais par les filtres',
      earlier: 'avant le changement',
      unknown: 'inconnu',
      within: 'dans une zone',
    },
    seenColumns: {
      state: 'filtres et conduits',
      from: 'de',
      to: 'vers',
      service: 'service',
      passed: 'passées',
      refused: 'refusées',
      last: 'dernière',
      example: 'par exemple',
    },
    unused: 'Ouvert, et jamais vu en usage :',
    unusedAll: 'tout le chemin',
    unseen: (list) =>
      `Aucun journal ne parle de ${list} : rien n’est dit de ce qui y est inutilisé.`,
    noFlows: 'Aucune connexion entre zones n’a été vue.',
  },
  proposal: {
    head: 'Proposé par Vigie d’après les configurations. Rien ici n’est confirmé.\nVérifiez chaque genre, réunissez ou séparez des zones, puis déclarez sous conduits ce qui peut passer.',
    suggested: (word) => `seulement suggéré par le mot « ${word} » : confirmez ou changez`,
    undecided: 'à décider : it, dmz, ot, safety, management, internet ou vendor',
  },
  deadLine: (rule, line) => `${rule} (ligne ${line}) n’est jamais atteinte`,
  deadBy: (rules) => `décidé avant par ${rules}`,
  contrary: 'qui fait le contraire',
  noDead: 'Chaque règle est atteinte par un paquet.',
  noneFound: 'Aucun tel paquet, ou aucune telle liste.',
  widened: (list) => `${list} laisse passer davantage :`,
  narrowed: (list) => `${list} laisse passer moins :`,
  noDifference: 'Les listes des deux versions disent la même chose.',
  tooLarge: (list) => `${list} : trop grand pour une comparaison exacte`,
}
