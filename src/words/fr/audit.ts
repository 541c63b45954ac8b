// Ce que dit l’audit des configurations : au terminal, dans son rapport, sur ses alertes.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const audit: Words['audit'] = {
  brief:
    'Lire des configurations d’appareils dans des fichiers et dossiers, et signaler les traces d’altération',
  nothing: 'Donnez au moins un fichier ou un dossier\u202f: vigie audit CHEMIN…',
  read: (devices, lines, seconds) =>
    `${n(devices, 'configuration lue', 'configurations lues')} (${n(lines, 'ligne', 'lignes')}) en ${seconds} s.`,
  unknownMake: 'marque non reconnue',
  unsure: 'probablement',
  coverage: (understood, significant) =>
    understood === significant
      ? `toutes les lignes comprises (${significant})`
      : `${understood} lignes comprises sur ${significant}`,
  unparsed: (lines) => `non comprises, les premières\u202f: lignes ${lines}`,
  because: (line, text) => `ligne ${line}\u202f: ${text}`,
  secrets: (count) => `${n(count, 'secret remplacé', 'secrets remplacés')} par des empreintes`,
  notAttestable: (count) =>
    `${n(count, 'secret est réécrit', 'secrets sont réécrits')} à chaque exportation\u202f: leur changement ne peut se constater`,
  changed: (count) => n(count, 'changement', 'changements'),
  notCompared: 'aucune version antérieure à comparer',
  changedBy: (who, when) =>
    `dernier changement${when === '' ? '' : ` le ${when}`}${who === '' ? '' : ` par ${who}`}, selon l’appareil`,
  incident: (steps) =>
    `Plusieurs gestes d’un intrus réunis : ${steps}. À traiter comme un incident.`,
  incidentTitle: 'Plusieurs gestes d’un intrus dans un même changement',
  incidentDo:
    'Conservez les versions de la configuration, les journaux et ce rapport. Ne redémarrez ni ne nettoyez l’appareil. Appelez votre équipe d’intervention et le Centre canadien pour la cybersécurité.',
  steps: {
    administrator: 'nouvel administrateur',
    log: 'journaux réduits au silence',
    tunnel: 'tunnel ajouté',
    filter: 'filtre élargi',
    job: 'tâche planifiée',
    capture: 'capture commencée',
    aaa: 'authentification détournée',
  },
  colon: ' :',
  changeFindings: 'Changements à expliquer',
  stateFindings: 'Durcissement',
  noChangeFindings: 'Aucun changement qui demande une explication.',
  noStateFindings: 'Rien à durcir n’a été trouvé.',
  noFindings:
    'Aucun contrôle n’a répondu. Ce n’est pas une preuve d’absence\u202f: voyez ce qui a été lu et compris.',
  whyAlert: ({ device, title, where, path, others }) =>
    `Configuration de ${device}\u202f: ${title}, ${where}\u202f: «\u202f${path}\u202f»${others > 0 ? ` et ${n(others, 'autre endroit', 'autres endroits')}` : ''}.`,
  whyIncident: (device, steps) =>
    `Configuration de ${device}\u202f: plusieurs gestes d’un intrus dans un même changement\u202f: ${steps}.`,
  lines: (first, last) => (first === last ? `ligne ${first}` : `lignes ${first} à ${last}`),
  before: 'avant',
  more: (count) => `et ${count} de plus`,
  signs: {
    joined:
      'Deux configurations en une\u202f: le texte dit deux fois de quel appareil il s’agit, ou se poursuit dans une autre marque. Elles ont été lues comme une seule; donnez à chacune son fichier.',
    half: 'Le texte s’arrête à l’intérieur d’un bloc : une moitié de configuration. Relevez-la de nouveau.',
    shrunk:
      'Plus d’un dixième de la configuration a disparu : coupée, ou appareil reconfiguré de zéro.',
    cut: 'La fin manque : le texte s’arrête là où la version précédente continuait. Relevez-la de nouveau.',
    strange:
      'Rien n’en a jamais été dit par cet appareil, et aucune marque n’est reconnue\u202f: une page d’erreur, ou un autre fichier. Relevez-la de nouveau.',
    other_make: 'Ce n’est plus la même marque : les deux versions ne peuvent être comparées.',
  },
  folderBroken: (path: string, why: string) =>
    `La configuration ${path} est prise, avec ceci à savoir\u202f: ${why}`,
  folderRefused: (path: string, why: string) =>
    `La configuration ${path} n’a pas été prise\u202f: ${why}. Elle sera regardée de nouveau quand elle changera.`,
  problems: {
    too_large: (limit) => `plus de ${limit}; rien n’en a été lu`,
    line_too_long: (line, limit) =>
      `la ligne ${line} dépasse ${limit} caractères; rien n’en a été lu`,
    too_deep: (line, limit) =>
      `la ligne ${line} s’emboîte dans plus de ${limit} blocs; rien n’en a été lu`,
    too_many_nodes: (limit) => `plus de ${limit} énoncés; rien n’en a été lu`,
    binary: (line) => `pas un texte\u202f: un octet nul se trouve à la ligne ${line}`,
    empty: 'vide',
    web_page: 'pas une configuration mais une page web, de connexion ou d’erreur',
    refusal: (line) =>
      `pas une configuration mais un refus (ligne ${line})\u202f: le compte ne peut la lire, ou la commande est une autre`,
    notFile: (path) => `${path} n’a pas de version antérieure à côté`,
  },
  title: 'Audit de configurations Vigie',
  made: (when, version) => `Établi le ${when} (UTC) par Vigie ${version}.`,
  summary: 'Résumé',
  devices: 'Appareils',
  device: 'Appareil',
  make: 'Marque',
  understood: 'Compris',
  found: 'Constats',
  severity: 'Gravité',
  why: 'Pourquoi c’est important',
  todo: 'Que faire',
  benign: 'Sans gravité si',
  where: 'Où',
  techniques: 'ATT&CK',
  sources: 'Sources',
  changes: 'Ce qui a changé',
  stanza: 'Dans',
  was: 'Avant',
  is: 'Maintenant',
  kinds: {
    added: 'ajouté',
    removed: 'retiré',
    changed: 'changé',
    moved: 'déplacé',
    renumbered: 'renuméroté',
  },
  allProblems: 'Ce qui n’a pu être lu, et pourquoi',
  noProblems: 'Tout ce qui a été trouvé a pu être lu.',
  limits: 'Limites de ce rapport',
  limitsText:
    'Les contrôles trouvent ce qu’ils décrivent. Aucun changement n’est dit autorisé ici\u202f: seule une demande de changement le dit. Les secrets figurent sous forme d’empreintes à clé; ils se comparent et ne se lisent pas.',
}
