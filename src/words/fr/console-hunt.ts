// Le français de l’écran de recherche.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

type HuntWords = Pick<Words['console'], 'hunt' | 'histogram'>

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const consoleHunt: HuntWords = {
  hunt: {
    query: 'Requête',
    queryHelp:
      'champ:valeur, -champ:valeur pour exclure, "guillemets droits" pour les espaces, des mots à trouver n’importe où',
    queryExample: 'Par exemple src_ip:203.0.113.9 -action:deny',
    sql: 'SQL',
    sqlHelp:
      'Un SELECT sur la table events. La période, la durée, la mémoire et les lignes sont bornées.',
    language: 'Langage de requête',
    simple: 'Champs',
    run: 'Lancer',
    runHint: 'Ctrl+Entrée',
    conditions: 'Conditions',
    removeCondition: (text) => `Retirer ${text}`,
    invertCondition: (text) => `Inverser ${text}`,
    excluded: 'sauf',
    cost: (rows, bytes, span) => `${rows} lignes, ${bytes} lus en ${span}`,
    found: (count) => n(count, 'événement', 'événements'),
    searching: 'Recherche en cours…',
    arrived: (count) => `${count} événements sont arrivés depuis. Relancer`,
    stoppedBack: (time) =>
      `Le temps d’une recherche est écoulé. Rien avant ${time} n’a encore été cherché.`,
    stoppedOn: (time) =>
      `Le temps d’une recherche est écoulé. Rien après ${time} n’a encore été cherché.`,
    searchOn: 'Poursuivre à partir de là',
    none: 'Aucun événement ne correspond à cette requête dans cette période.',
    noneHow: 'Élargissez la période ou retirez une condition.',
    noneStored: 'Un champ n’est interrogé que là où un analyseur l’a rempli.',
    results: 'Événements',
    time: (zone) => `heure (${zone})`,
    order: 'Ordre',
    newest: 'Du plus récent',
    oldest: 'Du plus ancien',
    expand: 'Montrer tous les champs',
    collapse: 'Masquer les champs',
    allFields: 'Colonnes',
    vendorFields: 'Champs sous le nom du fabricant',
    raw: 'Ligne telle que reçue',
    writeRule: 'En faire une règle',
    noVendorFields: 'Aucun analyseur n’a lu cette ligne; seule la ligne elle-même est conservée.',
    cellMenu: (field, value) => `${field} : ${value}`,
    columnMenu: (field) => `Colonne ${field}`,
    include: 'Inclure',
    exclude: 'Exclure',
    only: 'Seulement ceci',
    copy: 'Copier la valeur',
    top: 'Valeurs fréquentes',
    addColumn: 'Ajouter en colonne',
    removeColumn: 'Retirer la colonne',
    moveLeft: 'Vers la gauche',
    moveRight: 'Vers la droite',
    openEvent: 'Montrer tous les champs',
    include1: (field, value) => `Inclure ${field} : ${value}`,
    exclude1: (field, value) => `Exclure ${field} : ${value}`,
    column1: (field) => `Montrer ${field} en colonne`,
    fields: 'Champs',
    findField: 'Trouver un champ',
    lead: 'Les plus utilisés',
    filter: 'Autres',
    record: 'Pour mémoire',
    distinct: (count) => n(count, 'valeur', 'valeurs'),
    estimated: (rows, of) => `Estimation d’après ${rows} des ${of} événements.`,
    countAll: 'Tout compter',
    noValues: 'Vide dans ces événements.',
    absent: '(vide)',
    more: 'Afficher plus d’événements',
    tooDeep: 'Impossible d’en afficher davantage. Réduisez la période ou précisez la requête.',
    noHistogramSql:
      'Un SELECT n’a ni histogramme ni liste de champs. Revenez aux champs pour les voir.',
    showFields: 'Champs',
    keys: {
      query: 'Aller à la requête',
      run: 'Lancer la requête',
    },
  },
  histogram: {
    title: 'Événements dans le temps',
    label: (total) => `${total} événements dans le temps`,
    bucket: (time, count) => `${time} : ${count}`,
    each: (span) => `${span} par barre`,
    start: 'Début de la sélection',
    end: 'Fin de la sélection',
    zoom: 'Agrandir la sélection',
    from: (zone) => `De (${zone})`,
    count: 'Événements',
    hint: 'Glissez sur les barres pour agrandir.',
  },
}
