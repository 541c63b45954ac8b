// Ce que dit la ligne de commande.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const cli: Words['cli'] = {
  brief: 'La vigie\u202f: recueillir les journaux, trouver les intrus, se prévenir entre soi.',
  up: {
    brief: 'Recevoir les journaux, les surveiller et servir la console',
    ready: (seconds: string) => `Vigie veille (prête en ${seconds} s).`,
    console: (url: string) => `  Console             ${url}`,
    consoleHint:
      '                      Cette adresse vous connecte une fois. Une nouvelle est donnée à chaque démarrage.',
    syslog: (address: string) => `  Envoyer en syslog   ${address}  (UDP et TCP)`,
    syslogTls: (address: string) => `                      ${address}  (TLS)`,
    http: (url: string) => `  Envoyer par HTTP    ${url}  (jeton dans data/keys/intake-token)`,
    flows: (address: string) => `  Envoyer des flux    ${address}  (NetFlow, IPFIX, sFlow en UDP)`,
    inbox: (folder: string) => `  Déposer des fichiers ${folder}`,
    configurations: (folder: string) =>
      `  Configurations      ${folder}  (un fichier par appareil)`,
    sensors: (address: string) => `  Capteurs            ${address}  (vigie sensors invite NOM)`,
    rules: (active: number, refused: number) =>
      `  Règles              ${n(active, 'règle veille', 'règles veillent')}${refused === 0 ? '' : `, ${refused} inutilisables (voir l’écran Règles)`}`,
    rulesRead: (
      { added, changed, removed }: Readonly<Record<'added' | 'changed' | 'removed', number>>,
      active: number,
      refused: number,
    ) =>
      `Des fichiers de règles ont changé (${added} de plus, ${changed} modifiées, ${removed} de moins)\u202f: ${n(active, 'règle veille', 'règles veillent')}${refused === 0 ? '' : `, ${refused} inutilisables`}.`,
    next: '  Ensuite             Dirigez un pare-feu vers l’adresse syslog, ou déposez un journal dans le dossier, puis ouvrez la console.',
    stop: 'Ctrl-C l’arrête. Ce qui a été reçu est conservé.',
    stopping: 'Arrêt\u202f: ce qui a été reçu est mis sur disque…',
    stopped: 'Arrêtée.',
    recovered: (lines: number) =>
      `${n(lines, 'ligne laissée', 'lignes laissées')} par la dernière exécution en cours d’enregistrement.`,
    quarantined: (bytes: number, file: string) =>
      `${bytes} octets de la file n’étaient pas fiables et sont gardés dans ${file}.`,
    trouble: (sentence: string) => `La réception attend\u202f: ${sentence}`,
    troubleOver: 'La réception reprend.',
  },
  outForPdf: 'Un PDF s’écrit dans un fichier : nommez-en un.',
  scan: {
    brief: 'Lire les journaux de fichiers et de dossiers, et rapporter ce qu’ils montrent',
    nothing: 'Donnez au moins un fichier ou un dossier\u202f: vigie scan CHEMIN…',
    progress: (done: string, total: string, rate: string, left: string) =>
      `${done} sur ${total}, ${rate} événements/s, reste ${left}`,
    read: (lines: number, files: number, size: string, seconds: string) =>
      `${n(lines, 'événement lu', 'événements lus')} dans ${n(files, 'fichier', 'fichiers')} (${size}) en ${seconds} s.`,
    noFindings:
      'Aucune règle n’a rien trouvé. Ce n’est pas une preuve d’absence\u202f: voyez plus bas ce qui a été lu.',
    findings: (alerts: number, events: number) =>
      `${n(alerts, 'alerte', 'alertes')} sur ${n(events, 'événement', 'événements')}\u202f:`,
    entities: 'Les plus touchés\u202f:',
    timeline: 'Premier et dernier\u202f:',
    formats: 'Lu comme\u202f:',
    unknown: 'non reconnu (conservé, cherchable)',
    problems: 'N’a pas pu être lu\u202f:',
    wrote: (file: string) => `Écrit\u202f: ${file}`,
    kept: (folder: string) =>
      `Base conservée dans ${folder}. Ouvrez-la avec\u202f: vigie up --data ${folder}`,
  },
  hunt: {
    brief: 'Chercher dans les événements d’une station en marche',
    none: (from, to) =>
      `Aucun événement ne correspond, de ${from} à ${to}. Autre période\u202f: --from, --to.`,
    more: (shown) => `Il y en a plus que ces ${shown}; --limit en montre davantage.`,
    stopped: (at) =>
      `Le temps d’une question est écoulé\u202f: recherche faite jusqu’à ${at}. Restreignez avec --from et --to.`,
  },
  alerts: {
    brief: 'Lister ou changer les alertes d’une station en marche',
    none: 'Aucune alerte.',
  },
  sources: {
    brief: 'Lister les sources d’une station en marche',
    none: 'Aucune source n’a encore rien envoyé.',
  },
  cloud: {
    brief:
      'Les fournisseurs dont les journaux peuvent être lus, et ce qu’un compte chez l’un d’eux demande',
    provider: 'le fournisseur, pour un fichier à remplir',
    how: 'vigie cloud FOURNISSEUR > data/cloud/NOM.yml donne un fichier à remplir; une vigie en marche le lit en quelques secondes.',
    save: (file: string) =>
      `Remplissez ceci et enregistrez-le dans ${file}, lisible de vous seul (chmod 600). Une vigie ou un capteur en marche le lit en quelques secondes.`,
  },
  rules: {
    brief: 'Lister les règles d’une station en marche et les passer sur les événements conservés',
    list: 'Lister les règles avec leur état, leurs correspondances et leur coût',
    lint: 'Dire ce qui ne va pas dans des fichiers de règles, sans station',
    severities: { error: 'erreur', remark: 'remarque' },
    linted: ({ files, rules, filters, correlations }, errors, remarks) =>
      `${n(files, 'fichier', 'fichiers')}, ${n(rules, 'règle lisible', 'règles lisibles')}, ${n(correlations, 'corrélation lisible', 'corrélations lisibles')}, ${n(filters, 'filtre lisible', 'filtres lisibles')}\u202f: ${n(errors, 'erreur', 'erreurs')}, ${n(remarks, 'remarque', 'remarques')}.`,
    test: 'Dire ce qu’une règle ou une exception aurait fait sur les événements conservés; rien n’est levé',
    tried: (hits: string, alerts: string) =>
      `${hits} correspondances, qui se regrouperaient en ${alerts} alertes.`,
    accepted: (accepted: string, hits: string) =>
      `L’exception accepterait ${accepted} correspondances sur ${hits}.`,
    onEntities: 'Le plus souvent sur\u202F:',
    wouldFlood: (most: string) =>
      `Elle se serait arrêtée d’elle-même\u202F: ${most} correspondances en une heure. Resserrez-la avant de la mettre en service.`,
    leftOutOfTest: (rules: string) =>
      `Trop bavarde, laissée de côté pour le reste de l’essai\u202F: ${rules}. Les décomptes valent pour le temps jugé jusque-là.`,
    untried: (titles: string) => `Les corrélations ne font pas partie d’un essai\u202F: ${titles}.`,
    nothingKept: 'C’était un essai\u202F: aucun constat n’est conservé, aucune alerte n’est levée.',
    run: 'Passer des règles sur les événements conservés, d’un moment à un autre',
    stop: 'Arrêter une relecture; ce qu’elle a trouvé reste',
    resume: 'Reprendre une relecture arrêtée ou interrompue',
    columns: {
      severity: 'gravité',
      state: 'état',
      hits24h: '24 h',
      hits: 'total',
      cost: 'ms/million',
      id: 'identifiant',
      title: 'règle',
    },
    progress: (judged: string, events: string, reached: string, left: string) =>
      `${judged} événements jugés sur ${events}, remonté jusqu’au ${reached}, reste ${left}`,
    waits: 'Les nouvelles lignes ont du retard et passent d’abord; la relecture attend.',
    ended: {
      running: (id: string) => `La relecture ${id} est en cours.`,
      done: (id: string) => `La relecture ${id} est terminée.`,
      stopped: (id: string) =>
        `La relecture ${id} a été arrêtée. Pour la reprendre\u202f: vigie rules resume ${id}`,
      interrupted: (id: string) =>
        `La relecture ${id} a été interrompue\u202f: la station s’est arrêtée avant elle. Pour la reprendre\u202f: vigie rules resume ${id}`,
      failed: (id: string) =>
        `La relecture ${id} a échoué. Pour la reprendre\u202f: vigie rules resume ${id}`,
    },
    judged: (events: string, from: string, to: string, time: string) =>
      `${events} événements jugés, du ${to} en remontant au ${from}, en ${time}.`,
    found: (findings: number, known: number, raised: number, reopened: number) =>
      `${n(findings, 'nouveau constat', 'nouveaux constats')} (${known} déjà connus), ${n(raised, 'alerte levée', 'alertes levées')}, ${reopened} rouvertes.`,
    unread: (events: number) =>
      `${n(events, 'événement n’a pas pu être jugé', 'événements n’ont pas pu être jugés')}.`,
    leftOut: (rules: string) =>
      `Laissées de côté pour le reste de la relecture, car trop bavardes\u202f: ${rules}. Leurs constats jusque-là sont conservés.`,
  },
  enrich: {
    brief: 'À quoi appartiennent les adresses\u202f: réseaux, exploitants, genres et pays',
    state: 'De quand, de qui et sous quelles conditions vient ce qu’on sait',
    show: 'À quoi appartient une adresse',
    load: 'Charger un paquet signé dans une station en marche',
    pack: 'Faire un paquet signé de listes, aussi pour des stations sans Internet',
    tools: {
      brief:
        'Listes d’outils que les intrus utilisent tels quels\u202f: LOLBAS, GTFOBins, LOLRMM, LOLDrivers',
      state:
        'Lesquelles sont chargées, de quand et sous quelles conditions; quels outils sont permis',
      load: 'Charger une liste telle que ses auteurs la publient\u202f: un fichier, ou un dossier de fichiers',
      allow: 'Permettre un outil de gestion à distance',
      disallow: 'Ne plus le permettre',
      dated: 'Quand ses auteurs l’ont publiée (maintenant)',
      source: 'D’où elle vient',
      because: 'Qui l’a dit, et à quoi il sert',
    },
  },
  exposure: {
    brief: 'Ce qui est exposé, et quoi corriger en premier',
    list: 'Avis pour tout le parc, l’échéance la plus proche en tête',
    week: 'Quoi corriger cette semaine, produit par produit, le plus pressant d’abord',
    export: 'Expositions ouvertes en CSV pour un tableur',
    asset: 'Ce à quoi un actif est exposé, et pourquoi à quelle date',
    assets: 'Actifs, avec ce qui est ouvert et en retard',
    import: 'Lire les rapports d’analyseurs et les inventaires',
    knowledge: 'Ce qui est connu des vulnérabilités, avec ses dates',
    load: 'Charger des connaissances\u202f: KEV de la CISA, fiches CVE, NVD, EPSS, CSAF, VEX, fins de soutien; fichiers, dossiers ou adresses https://',
  },
  intel: {
    brief: 'Indicateurs d’une station en marche\u202f: listes, valeurs, ce qu’elles ont reconnu',
    import:
      'Importer des listes (STIX, MISP, CSV, une valeur par ligne) et les chercher dans les événements conservés',
    add: 'Ajouter des valeurs et les chercher dans les événements conservés',
    list: 'Lister les listes',
    remove: 'Retirer une liste; ses indicateurs ne sont plus reconnus',
    search: 'Chercher une valeur, ou celles qui contiennent un texte',
  },
  identity: {
    brief: 'Identités d’une station\u202f: exportations reçues, verdicts des contrôles',
    import: 'Importer des exportations d’annuaires et de fournisseurs, et les contrôler',
    show: 'Ce que les contrôles ont trouvé, et ce qui n’est pas évaluable',
    next: 'Quoi remettre ensuite, et ce que cela rendrait évaluable',
    critical: 'Qui et quoi est surveillé d’abord, et pourquoi',
    called: 'Dire qu’on a appelé quelqu’un que l’échelle nomme',
    calledNote: 'Ce qui a été dit',
    state:
      'Déclarer ce qu’aucune exportation ne contient (centre de services, journaux envoyés, comptes de secours éprouvés)',
    stated: 'La déclaration est conservée; elle prend fin dans l’année.',
  },
  readiness: {
    brief: 'Les 36 objectifs de préparation d’une station, d’après les preuves',
    show: 'Les objectifs et leur état, et ce qui réduit ensuite le plus de risque',
    report: 'Le rapport en une page (ou OSCAL, ou la feuille de contacts)',
    plan: 'Plans tenus prêts, et ce qui manque à chacun',
    keepPlan: 'Remettre un plan en fichier JSON',
    planFile: 'Un plan en fichier JSON : celui qui est conservé, ou un à remplir',
  },
  severity: {
    critical: 'critique',
    high: 'élevée',
    medium: 'moyenne',
    low: 'faible',
    informational: 'information',
  },
}
