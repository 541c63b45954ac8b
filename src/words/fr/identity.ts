// Ce qui se dit des identités : exportations illisibles, verdicts, facteurs, rangs.

import type { ExportProblem } from '../../core/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

/** Ce qui a été trouvé, ce qui était attendu, quoi faire. */
const EXPORT_PROBLEMS: { readonly [P in ExportProblem]: (met: string) => string } = {
  too_large: (met) =>
    `le fichier est trop grand (${met}) : on lit au plus 256 Mio une fois décompressé. Exportez moins de champs, ou en parties.`,
  not_text: () =>
    'ces octets ne sont ni de l’UTF-8 ni de l’UTF-16 avec marque d’ordre. Enregistrez l’exportation en UTF-8.',
  not_json: (met) => `le JSON est coupé ou n’en est pas (${met}). Exportez de nouveau le fichier.`,
  not_ldif: (met) =>
    `« ${met} » n’est pas une ligne LDIF (RFC 2849) : attendu « attribut: valeur ».`,
  not_csv: (met) =>
    `${met}; attendu autant de cellules que l’en-tête en a. Exportez de nouveau le fichier.`,
  unknown_form: (met) =>
    `la forme est inconnue (${met}). Attendu une exportation nommée dans docs/identity.md; donnez --form quand elle ne se reconnaît pas.`,
  missing_field: (met) => `le champ ${met} manque, et rien ne se distingue sans lui.`,
  bad_value: (met) => `la valeur ${met} n’est pas de la sorte que ce champ contient.`,
  bad_date: (met) =>
    `« ${met} » n’est pas une date lisible d’une seule façon. Écrivez en ISO 8601, comme 2026-03-31.`,
  too_many_rows: (met) => `il y a plus de ${met} lignes. Importez l’annuaire en parties.`,
  too_deep: (met) => `le fichier est imbriqué sur plus de ${met} niveaux.`,
  twice: (met) => `${met} figure deux fois avec des valeurs différentes. Gardez la bonne.`,
  older: (met) => `il date du ${met}, avant celui qui est déjà ici.`,
  empty: () => 'le fichier est vide.',
  no_rows: (met) =>
    `il a une ligne et rien au-dessous (${met}). Attendu un en-tête et une ligne pour chaque entrée.`,
  no_columns: (met) =>
    `aucune colonne ne nomme de compte (${met}). Attendu une colonne appelée compte, identifiant, utilisateur ou userPrincipalName; docs/identity.md liste les autres.`,
  one_page: () =>
    'il dit qu’il continue, et la suite n’y est pas : c’est une page parmi plusieurs. Exportez toutes les pages dans un seul fichier, en liste ou une par ligne.',
  cut: (met) =>
    `il dit combien d’entrées il a, et en a moins (${met}). Exportez de nouveau le fichier.`,
  not_packed: (met) =>
    `il ne se décompresse pas (${met}). Compressez de nouveau l’exportation, ou remettez-la telle quelle.`,
}

/** Un problème hors de la liste se montre sous son nom. */
export function exportProblem(problem: ExportProblem, met: string): string {
  return Object.hasOwn(EXPORT_PROBLEMS, problem) ? EXPORT_PROBLEMS[problem](met) : problem
}

export const IDENTITY_TERMS: Pick<
  Words['identity'],
  'verdicts' | 'severities' | 'assurance' | 'kinds'
> = {
  verdicts: { pass: 'en ordre', fail: 'trouvé', not_assessable: 'non évaluable' },
  severities: { critical: 'critique', high: 'élevée', medium: 'moyenne', low: 'faible' },
  assurance: {
    bypass: 'contournement',
    none: 'mot de passe seul',
    unknown: 'second facteur de nature inconnue',
    weak: 'second facteur faible',
    strong: 'second facteur qui peut être relayé',
    synced: 'résiste à l’hameçonnage, synchronisé ou sur une plateforme',
    device: 'résiste à l’hameçonnage, lié à un appareil',
  },
  kinds: {
    daily: 'courant',
    privileged: 'privilégié',
    service: 'de service',
    break_glass: 'de secours',
    vendor: 'de fournisseur',
    guest: 'invité',
    shared: 'partagé',
  },
}

export const CRITICAL_STATES: Words['identity']['critical']['states'] = {
  proposed: 'proposé',
  confirmed: 'confirmé',
  refused: 'refusé',
}
export const CRITICAL_REASONS: Words['identity']['critical']['reasons'] = {
  tier0: (roles) => `Il commande tout : ${roles}.`,
  tier1: (roles) => `Il administre : ${roles}.`,
  break_glass: () => 'C’est un compte de secours.',
  vendor: () => 'Un fournisseur le tient, et il est privilégié.',
  domain_controller: () => 'C’est un contrôleur de domaine.',
  reach: (count) => `${count} comptes privilégiés s’atteignent depuis lui.`,
  exposed: () => 'On l’atteint depuis Internet.',
  key_system: (what) => `C’est un système clé : ${what}.`,
}

export const identity: Words['identity'] = {
  ...IDENTITY_TERMS,
  imported: (file, source, part, rows) =>
    `${file} : ${n(rows, 'ligne', 'lignes')} de ${part} dans ${source}.`,
  checked: (accounts, checks, seconds) =>
    `${n(accounts, 'compte', 'comptes')} par ${n(checks, 'contrôle', 'contrôles')} en ${seconds} s.`,
  summary: (found, passed, open) => `${found} trouvés, ${passed} en ordre, ${open} non évaluables.`,
  opens: (count) =>
    `Rendrait ${count < 2 ? `${count} vérification évaluable` : `${count} vérifications évaluables`} :`,
  nothingNext: 'Aucun fichier que Vigie lit ne rendrait d’autres vérifications évaluables.',
  missing: (fields) => `Il faut ${fields}.`,
  none: 'Aucun annuaire n’a encore été importé. Importez des exportations : vigie identity import FICHIER…',
  columns: {
    check: 'contrôle',
    severity: 'gravité',
    verdict: 'verdict',
    found: 'trouvés',
    title: 'ce qui est contrôlé',
    policy: 'politique',
    met: 'respectée',
    band: 'rang',
    name: 'qui ou quoi',
    state: 'état',
    why: 'pourquoi',
    source: 'source',
    accounts: 'comptes',
    imported: 'importé',
  },
  bands: { C1: 'C1', C2: 'C2', C3: 'C3', C4: 'C4' },
  critical: {
    states: CRITICAL_STATES,
    reasons: CRITICAL_REASONS,
    call: (who, how, name) =>
      `Appelez ${who} (${how}) : une alerte sur ${name} attend une réponse.`,
    none: 'Rien n’est encore proposé. Importez d’abord un annuaire.',
    silentTitle: 'Une source de journaux d’un élément critique se tait',
    silent: (source) =>
      `La source de journaux ${source} d’un élément critique se tait depuis un jour.`,
    noMailServer: 'aucun serveur de courriel n’est réglé (--mail-server)',
    notSent: (who, target, problem) =>
      `${who} n’a pu être joint à ${target} (${problem}); il faut le joindre autrement.`,
    message: {
      subject: ({ band, item }) => `Vigie, ${band} : une alerte sur ${item} vous attend`,
      text: ({ who, band, item, title, alert, acknowledgeBy }) =>
        [
          `${who},`,
          '',
          `une alerte sur ${item} (${band}) attend que quelqu’un la prenne : ${title}.`,
          `Elle doit être prise avant le ${acknowledgeBy}.`,
          '',
          `Prenez-la dans la console de la station : alerte ${alert}.`,
          'Dès que quelqu’un l’a prise, plus personne n’est prévenu.',
        ].join('\n'),
    },
  },
}
