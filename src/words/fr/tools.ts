// Les listes d’outils que les intrus utilisent tels quels.

import type { ToolsProblem } from '../../core/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

const problems: { readonly [P in ToolsProblem]: (met: string) => string } = {
  not_readable: (met) =>
    `on ne peut le lire\u202f: ${met}. Attendu\u202f: les fichiers tels que les auteurs de la liste les publient.`,
  nothing: (met) =>
    `rien n’y est une entrée de ${met}. Attendu\u202f: les fichiers tels que les auteurs de cette liste les publient.`,
  too_many: (met) => `il compte plus de ${met} entrées. Rien n’a été chargé.`,
  too_large: (met) => `il dépasse ${met}. Rien n’a été chargé.`,
}

/** Pourquoi une liste n’est pas prise; le nom lui-même dans la page des erreurs. */
export function toolsProblem(problem: ToolsProblem, met: string): string {
  return Object.hasOwn(problems, problem) ? problems[problem](met) : problem
}

export const tools: Words['tools'] = {
  lists: {
    lolbas: 'LOLBAS\u202f: programmes de Windows détournables',
    gtfobins: 'GTFOBins\u202f: programmes d’Unix détournables',
    lolrmm: 'LOLRMM\u202f: outils de gestion à distance',
    loldrivers: 'LOLDrivers\u202f: pilotes vulnérables ou malveillants',
  },
  none: 'Aucune liste n’est chargée. Prenez-en une chez ses auteurs, puis chargez-la avec «\u202fvigie enrich tools load LISTE CHEMIN\u202f».',
  list: (name, dated, count, values) =>
    `${name}, ${dated}\u202f: ${n(count, 'outil', 'outils')}, reconnus à ${n(values, 'nom, domaine ou empreinte', 'noms, domaines et empreintes')}`,
  terms: (licence, source, who) => `  ${licence} · ${source} · chargée par ${who}`,
  passedOver: (count) => `  ${n(count, 'entrée inutilisable', 'entrées inutilisables')}`,
  noneAllowed:
    'Aucun outil de gestion à distance n’est encore permis\u202f: chacun est signalé la première fois qu’on le voit ici. Nommez ceux que vous utilisez avec «\u202fvigie enrich tools allow NOM --because POURQUOI\u202f».',
  allowed: (tool, who, date, because) =>
    `Permis\u202f: ${tool} (${who}, ${date}\u202f: ${because})`,
}
