// Ce qui ne va pas dans un rapport d’analyseur, un inventaire ou ce qu’on sait des failles, avec ce qui a été trouvé, attendu, et quoi faire.

import type { ExposureFileProblem } from '../../core/index.ts'

const PROBLEMS: {
  readonly [P in ExposureFileProblem]: (met: string, known: readonly string[]) => string
} = {
  unknown_scan: (met, known) =>
    `aucun outil connu ne l’a écrit (${met}). Sont connus ${known.join(', ')}, sous les formes que nomme docs/exposure.md.`,
  unknown_knowledge: (met) =>
    `ce n’est ni KEV de CISA, ni des fiches CVE, ni NVD, EPSS, CSAF, OpenVEX ou endoflife.date (${met}). Téléchargez-le de nouveau à sa source.`,
  empty: () => 'il ne contient rien. Exportez-le ou téléchargez-le de nouveau.',
  not_xml: (met) =>
    `le XML est coupé ou mal formé (${met}). Faites réécrire le rapport par l’outil et remettez le fichier entier.`,
  entities: (met) =>
    `il nomme des entités que le document définit lui-même (${met}). Aucun outil n’écrit un tel rapport, et elles ne sont jamais développées : demandez d’où vient ce fichier.`,
  not_json: (met) =>
    `le JSON est coupé ou n’en est pas (${met}). Exportez-le ou téléchargez-le de nouveau et remettez le fichier entier.`,
  not_csv: (met) =>
    `il ne se lit pas comme une liste en colonnes (${met}). Enregistrez-le de nouveau en CSV et remettez le fichier entier.`,
  no_columns: (met) =>
    `aucune de ses premières lignes ne nomme de colonnes connues (${met}). Donnez aux colonnes les noms que liste docs/exposure.md.`,
  not_packed: (met) =>
    `il ne se décompresse pas (${met}) : il est coupé, ou n’est pas une archive. Compressez-le ou téléchargez-le de nouveau.`,
  packed_twice: () =>
    'il est compressé dans ce qui est déjà compressé. Décompressez-le une fois et remettez ce qu’il contient.',
  several_tools: (met) =>
    `il contient des rapports de plusieurs outils (${met}). Remettez un fichier pour chacun.`,
  too_large: (met) => `il dépasse ${met} une fois décompressé. Exportez-le en parties.`,
  too_deep: (met) =>
    `ses éléments sont imbriqués sur plus de ${met} niveaux, ce qu’aucun outil n’écrit.`,
  element_too_large: (met) => `un de ses éléments dépasse ${met}, ce qu’aucun outil n’écrit.`,
  too_many: (met) => `il contient plus de ${met} constats. Exportez-le en parties.`,
  nothing_usable: (met) =>
    `aucune de ses entrées n’est utilisable (${met}). Attendu la forme que publie sa source, avec des dates comme 2026-03-31 et des décimales avec un point; téléchargez-le de nouveau sans l’ouvrir dans un tableur.`,
  mostly_unusable: (met) =>
    `plus de ses entrées sont inutilisables qu’utilisables (${met}). Téléchargez-le de nouveau à sa source.`,
  fewer_than_said: (met) =>
    `il dit combien d’entrées il a, et en a moins (${met}) : il est coupé. Téléchargez-le de nouveau.`,
  fewer_than_known: (met) =>
    `il se donne pour la liste entière et a moins de la moitié de ce qui est déjà ici (${met}). Téléchargez-le de nouveau et vérifiez sa provenance.`,
  from_the_future: (met) =>
    `il porte une date à venir (${met}), et écarterait d’ici là toute version véritable. Vérifiez sa provenance, et l’horloge de cette station.`,
}

/** Un problème hors de la liste se montre sous son nom. */
export function exposureFileProblem(
  problem: ExposureFileProblem,
  met: string,
  known: readonly string[],
): string {
  return Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem](met, known) : problem
}
