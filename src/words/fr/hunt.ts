// Français de la recherche : pourquoi une question n'est pas posée, et ce que veulent dire les champs.

import type { Words } from '../en.ts'

export const hunt: Words['hunt'] = {
  at: ({ line, column }) =>
    line === 1 ? ` (caractère ${column})` : ` (ligne ${line}, caractère ${column})`,
  problems: {
    engine_arguments: () => 'une fonction ne reçoit pas le bon nombre de valeurs.',
    engine_not_grouped: () => 'une colonne n’est ni comptée ni dans GROUP BY.',
    engine_other: ({ code }) => `le moteur ne l’accepte pas (${code}).`,
    engine_types: () => 'une valeur ne convient pas à ce qu’on lui compare ou à la fonction qui la reçoit.',
    engine_unknown_name: ({ name }) =>
      `aucune colonne ni aucun nom « ${name} » n’est connu. Voyez la liste des champs.`,
    empty_query: () => 'donnez une requête ou un SELECT.',
    list_separator: ({ met }) =>
      `« ${met} » suit une valeur dans une liste. Mettez OR ou une virgule entre les valeurs.`,
    missing_term: ({ after }) => `rien ne suit « ${after} ». Ajoutez une condition ou enlevez-le.`,
    missing_value: ({ field }) =>
      `« ${field}: » n’a pas de valeur. Écrivez ${field}:valeur, ou ${field}:* pour toute valeur.`,
    not_a_number: ({ field, met }) =>
      `${field} contient des nombres entiers, et « ${met} » n’en est pas un.`,
    not_a_time: ({ field, met }) =>
      `${field} contient des dates et heures, et « ${met} » n’en est pas une. Écrivez 2026-11-23 ou 2026-11-23T14:05:00Z.`,
    not_an_address: ({ field, met }) =>
      `${field} contient des adresses, et « ${met} » n’en est pas une. Écrivez 192.0.2.7, 192.0.2.0/24 ou 192.0.2.*`,
    not_comparable: ({ field }) =>
      `${field} contient du texte, qui n’a ni plus grand ni plus petit. Servez-vous de * et de ? pour une partie.`,
    range_reversed: () => 'la période finit avant de commencer.',
    sql_character: ({ met }) => `le caractère « ${met} » ne sert pas dans un SELECT ici.`,
    sql_function: ({ name }) => `la fonction « ${name} » n’est pas offerte dans une recherche.`,
    sql_no_counts: () =>
      'un SELECT n’a ni histogramme ni valeurs fréquentes. Servez-vous d’une requête par champs.',
    sql_not_offered: ({ met }) => `${met} n’est pas offert dans une recherche.`,
    sql_only_select: ({ met }) => `elle commence par « ${met} ». Une recherche est un seul SELECT.`,
    sql_table: ({ name }) =>
      `« ${name} » n’est pas une table de la recherche. Les tables sont events et findings.`,
    sql_table_function: ({ name }) =>
      `« ${name}(…) » occupe la place d’une table. Les tables sont events et findings.`,
    sql_too_deep: () => 'ses niveaux s’imbriquent trop profondément.',
    sql_too_large: () => 'elle est trop longue. Raccourcissez-la.',
    sql_type: ({ name }) => `le type « ${name} » n’est pas offert dans une recherche.`,
    sql_unclosed: ({ met }) => `${met} est ouvert et jamais fermé.`,
    sql_unexpected: ({ met }) => `« ${met} » n’était pas attendu ici.`,
    sql_unexpected_end: () => 'elle finit trop tôt.',
    stray_parenthesis: () => 'une parenthèse se ferme sans avoir été ouverte.',
    too_deep: () => 'ses parenthèses s’imbriquent trop profondément.',
    too_many_terms: ({ most }) => `elle compte plus de ${most} conditions.`,
    unclosed_parenthesis: () => 'une parenthèse s’ouvre et ne se ferme jamais.',
    unclosed_quote: () => 'un guillemet s’ouvre et ne se ferme jamais.',
    unknown_field: ({ name }) => `« ${name} » ne peut pas être un nom de champ.`,
  },
  pseudoFields: {
    any: 'Une adresse, un nom, une empreinte ou un compte, où que ce soit dans l’événement',
  },
}
