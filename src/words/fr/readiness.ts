// Ce qui se dit de l’état de préparation : états, preuves, rapport, plans.

import type { Contact, GoalState, PlanGap, PlanKind, ProofState } from '../../model/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const STATES: Readonly<Record<GoalState, string>> = {
  met: 'atteint',
  partly: 'atteint en partie',
  not_met: 'non atteint',
  not_assessable: 'non évaluable',
  not_applicable: 'sans objet',
}
export const PROOF_STATES: Readonly<Record<ProofState, string>> = {
  met: 'atteint',
  partly: 'en partie',
  not_met: 'non atteint',
  unknown: 'inconnu',
}
export const PLANS: Readonly<Record<PlanKind, string>> = {
  response: 'Intervention en cas d’incident',
  recovery: 'Reprise',
  continuity: 'Continuité',
  communications: 'Communications',
}
export const CONTACTS: Readonly<Record<Contact['kind'], string>> = {
  lead: 'responsable',
  alternate: 'remplaçant',
  executive: 'direction',
  legal: 'conseiller juridique',
  privacy: 'vie privée',
  provider: 'fournisseur',
  authority: 'autorité',
  police: 'police',
  insurer: 'assureur',
  media: 'médias',
  other: 'autre',
}
export const PLAN_GAPS: Readonly<Record<PlanGap, string>> = {
  missing: 'Il n’y a pas encore de plan.',
  not_approved: 'Personne ne l’a approuvé.',
  not_reviewed: 'Il n’a pas été revu depuis un an.',
  no_offline_copy: 'Il ne dit pas où une copie se trouve hors du réseau.',
  no_lead: 'Il ne nomme pas de responsable.',
  no_alternate: 'Il ne nomme pas de remplaçant.',
  no_authority: 'Il ne nomme pas d’autorité à aviser.',
  no_provider: 'Il ne nomme pas de fournisseur.',
  contact_without_phone: 'Un contact n’a pas de téléphone :',
  contact_not_tested: 'Un contact n’a pas été essayé depuis un an :',
  no_scenario: 'Il n’a pas de scénario.',
  scenario_without_steps: 'Un scénario n’a pas d’étapes :',
  no_system: 'Il ne nomme aucun système.',
  system_without_goal: 'Un système ne dit pas quand il doit être revenu :',
  system_without_backup: 'Un système ne dit pas où est sa sauvegarde :',
  backup_not_apart: 'Une sauvegarde n’est pas séparée de sa source :',
  no_manual_way: 'Un système n’a pas de façon de continuer à la main :',
  no_notice: 'Il ne dit pas qui est avisé.',
  notice_without_template: 'Un avis n’a pas de texte prêt :',
  not_exercised: 'Il n’a pas été exercé depuis un an.',
  lessons_open: 'Les leçons d’un exercice restent ouvertes :',
}

export const readiness: Words['readiness'] = {
  states: STATES,
  proofStates: PROOF_STATES,
  plans: PLANS,
  contactKinds: CONTACTS,
  planGaps: PLAN_GAPS,
  planTemplate: {
    name: 'Nom de la personne',
    roles: {
      lead: 'Dirige l’intervention',
      alternate: 'Dirige en l’absence de l’autre',
      authority: 'Centre canadien pour la cybersécurité, 1-833-CYBER-88',
      provider: 'Fournisseur de services gérés',
    },
    scenario: 'Appareil de périphérie compromis',
    starts: 'Ce qui le déclenche',
    step: 'Ce qui se fait d’abord',
    system: 'Nom du système',
    to: 'Qui est prévenu',
    way: 'Comment : téléphone, lettre, page',
  },
  workingTitle: 'titre de travail, non confirmé par la trousse officielle',
  ownedBy: (owner) => `responsable ${owner}`,
  due: (day) => `échéance ${day}`,
  attested: (who, until, statement) => `${who} déclare jusqu’au ${until} : « ${statement} »`,
  contradicted: 'Ce qui est vu contredit la déclaration.',
  nothing: 'Rien n’est encore connu. Une personne nommée peut en attester.',
  neverTested: 'jamais',
  logStates: { arrives: 'arrive', silent: 'silencieuse', missing: 'absente' },
  evidence: {
    none: (what) => `La station ne le voit pas encore : ${what}.`,
    identity: (failed, passed, open) =>
      `${n(failed, 'contrôle d’identité a', 'contrôles d’identité ont')} trouvé quelque chose, ${passed} en ordre, ${open} non évaluables.`,
    critical: (confirmed, proposed) =>
      `${n(confirmed, 'élément confirmé', 'éléments confirmés')}, ${proposed} attendent une personne.`,
    logPriority: (arriving, all) => `${arriving} des ${all} sources prioritaires arrivent.`,
    logGaps: (sources, days) =>
      sources === 0
        ? 'Aucune source prioritaire reçue n’a eu de trou depuis 30 jours.'
        : `${n(sources, 'source prioritaire a', 'sources prioritaires ont')} eu des trous depuis 30 jours, ${n(days, 'jour', 'jours')} en tout.`,
    silence: (silent, all) =>
      `${silent} sur ${n(all, 'source', 'sources')} : silence depuis un jour ou plus.`,
    central: (events, sources) =>
      `${events} événements de ${n(sources, 'source', 'sources')} sont conservés ici.`,
    integrity: (batches, without, signed) =>
      `${n(batches, 'lot a', 'lots ont')} une empreinte SHA-256, ${without} n’en ont pas; ${signed === 0 ? 'aucun registre n’en est encore signé' : `un registre signé en tient ${signed}`}.`,
    retention: (oldest, kept) =>
      `Le plus ancien événement a ${n(oldest, 'jour', 'jours')}; on garde ${kept} jours (548 sont demandés).`,
    failedLogins: (events, parsers) =>
      `${events} échecs de connexion en 30 jours, de ${n(parsers, 'sorte de source', 'sortes de sources')}.`,
    rules: (active, techniques, asked) =>
      `${n(active, 'règle active', 'règles actives')}; ${techniques} des ${asked} techniques nommées par les objectifs sont cherchées.`,
    loginRules: (count) =>
      `${n(count, 'règle active cherche', 'règles actives cherchent')} des essais de mots de passe (T1110).`,
    indicators: (lists) =>
      `${n(lists, 'liste d’indicateurs est', 'listes d’indicateurs sont')} ici.`,
    devices: (events) => `${events} événements d’appareils branchés en 30 jours.`,
    exposed: (connections, days) =>
      `${connections} connexions d’Internet vers bureau à distance, SMB, Telnet ou VNC acceptées en 30 jours (journaux de pare-feu de ${n(days, 'jour', 'jours')}).`,
    otInternet: (connections, days) =>
      `${connections} connexions de protocoles de contrôle ont franchi la frontière avec Internet en 30 jours (journaux de pare-feu de ${n(days, 'jour', 'jours')}).`,
    segmentation: (ways, blocked, unknown) =>
      `D’après les filtres, ${blocked} sur ${n(ways, 'chemin', 'chemins')} d’autres zones vers les TO ne laissent rien passer qu’aucun conduit ne permette; pour ${unknown}, on ne sait pas.`,
    itOt: (sources) =>
      `${n(sources, 'adresse interne atteint', 'adresses internes atteignent')} des protocoles de contrôle en 30 jours.`,
    tls: (old, all, servers) =>
      `${old} des ${all} connexions de version connue utilisent SSL, TLS 1.0 ou 1.1; ${n(servers, 'serveur accepte', 'serveurs acceptent')} ces versions.`,
    certificates: (ended, near, all, days) =>
      `Sur ${n(all, 'serveur', 'serveurs')} de certificat connu, ${ended} en montrent un expiré, ${near} un qui expire d’ici ${days} jours.`,
    credentials: (devices, all, scanned) =>
      `${devices} sur ${n(all, 'appareil a', 'appareils ont')} dans la configuration un mot de passe ou une communauté que tout le monde essaie; les balayages ont trouvé ceux de l’usine sur ${n(scanned, 'bien', 'biens')}.`,
    securityText: (found, all) =>
      `${found} sur ${n(all, 'site interrogé répond', 'sites interrogés répondent')} par un security.txt.`,
    securityTextTerms: ({ ended, far, endless }) =>
      [
        ...(ended === 0
          ? []
          : [`${n(ended, 'a', 'ont')} dépassé son Expires : on ne doit plus s’en servir.`]),
        ...(endless === 0
          ? []
          : [`${n(endless, 'n’a', 'n’ont')} pas d’Expires, que la RFC 9116 demande.`]),
        ...(far === 0
          ? []
          : [
              `${n(far, 'finit', 'finissent')} dans plus d’un an : il peut être périmé bien avant.`,
            ]),
      ].join(' '),
    dmarc: (good, all) =>
      `${good} sur ${n(all, 'domaine de courriel', 'domaines de courriel')} ont SPF, DKIM et DMARC au rejet.`,
    assets: (count, recent) =>
      `${n(count, 'bien', 'biens')} à l’inventaire, ${recent} vus depuis un mois.`,
    exploited: (open, overdue) =>
      `${open} vulnérabilités exploitées connues ouvertes sur des biens exposés, ${overdue} hors délai.`,
    exposedAssets: (weak, all) =>
      `${weak} sur ${n(all, 'bien exposé', 'biens exposés')} : exposition critique ou élevée ouverte.`,
    configurations: (devices, recent) =>
      `Configurations de ${n(devices, 'appareil', 'appareils')} conservées, ${recent} vues depuis trois mois.`,
    devicesKnown: (named, all) =>
      `${named} sur ${n(all, 'appareil', 'appareils')} ayant envoyé des journaux en 30 jours ont un nom.`,
    plan: (done, of) => `${done} sur ${of}.`,
  },
  what: {
    identity: 'aucun annuaire n’a été importé',
    firewall: 'aucun journal de pare-feu n’arrive',
    zones: 'aucune zone, TO comprises, n’a été confirmée et jugée',
    exposure: 'aucun balayage ni inventaire n’a été importé',
    audit: 'aucune configuration d’appareil n’a été importée',
    tls: 'aucun journal ni balayage ne nomme de version de TLS',
    certificates: 'aucun journal ni balayage ne dit la fin d’un certificat',
    sites: 'aucun journal de serveur Web ni balayage ne dit s’il y a un security.txt',
    tenant: 'aucune exportation avec réglages de courriel n’a été importée',
    plans: 'aucun plan n’a été saisi',
    critical: 'rien de critique n’a été proposé',
    devices: 'aucun événement d’appareil branché n’arrive',
    events: 'aucun événement n’arrive',
  },
  rollUp: {
    brief: 'Où en sont les membres de ce centre, et quels centres sont informés',
    tell: 'Dire à un centre où en est cette station, ou ne plus le dire',
    tellOn: 'Dire au centre l’état de chaque objectif, une fois par jour',
    tellOff: 'Ne plus le dire; le centre oublie ce qu’il savait',
    by: 'Qui l’a décidé',
    switchedOn: (hub) =>
      `${hub} apprend l’état de chaque objectif, une fois par jour. Rien d’autre ne sort\u202f: ni preuve, ni nom, ni date.`,
    switchedOff: (hub) => `${hub} n’apprend plus rien, et doit oublier ce qu’il savait.`,
    noHub: 'Aucun centre joint\u202f: il n’y a personne à informer.',
    on: (hub, by, told) =>
      `${hub}\u202f: informé ${told === '' ? 'dès qu’il sera joint' : `le ${told}`} (${by})`,
    off: (hub) => `${hub}\u202f: pas informé`,
    tooFew: (floor) =>
      `Moins de ${floor} membres le disent; c’est trop peu pour montrer quoi que ce soit.`,
    members: (count) => `${n(count, 'membre le dit', 'membres le disent')}.`,
    hidden: '·',
    hiddenMeans: (sign, floor) =>
      `${sign}\u202f: moins de ${floor}, ou caché pour qu’on ne puisse pas les déduire.`,
  },
  report: {
    title: (organization) => `Préparation en cybersécurité de ${organization}`,
    asOf: (day) => `En date du ${day}.`,
    unofficial:
      'Les 36 objectifs sont ceux du Centre canadien pour la cybersécurité. Seuls les numéros et titres lus dans ses textes sont montrés comme officiels; les autres sont des titres de travail. L’ordre et les poids sont ceux de Vigie.',
    score: (score) => `${score} sur 100`,
    gaps: 'Ce qui réduit le plus de risque pour le moins d’effort',
    goals: 'Les objectifs',
    logs: 'Les journaux face à la liste prioritaire publiée',
    history: 'Ce qui a bougé',
  },
  columns: {
    goal: 'objectif',
    goals: 'objectifs',
    next: 'ce qui le ferme ensuite',
    worth: 'valeur',
    state: 'état',
    criterion: 'ce qui doit tenir',
    basis: 'sur quoi cela repose',
    date: 'date',
    score: 'note',
    moved: 'ce qui l’a fait bouger',
    source: 'source',
    parsers: 'vue comme',
    held: 'jours gardés / demandés',
    gaps: 'jours manquants',
    lacking: 'jours manquants sur 18 mois',
    fields: 'champs',
  },
  contactColumns: {
    kind: 'quoi',
    name: 'nom',
    role: 'rôle',
    phone: 'téléphone',
    otherPhone: 'autre téléphone',
    mail: 'courriel externe',
    tested: 'essayé le',
  },
  sheet: {
    title: (organization) => `Qui appeler : ${organization}`,
    use: 'Imprimez cette feuille et gardez-la où elle se trouve sans réseau, courriel ni annuaire.',
    centre: 'Centre canadien pour la cybersécurité',
    centreText: '1-833-CYBER-88 (1-833-292-3788) · 613-949-7048 · contact@cyber.gc.ca',
    empty: 'Aucun contact n’a encore été saisi.',
  },
  summary: (score, met, partly, notMet, open) =>
    `${score} sur 100 : ${met} atteints, ${partly} en partie, ${notMet} non atteints, ${open} non évaluables.`,
}
