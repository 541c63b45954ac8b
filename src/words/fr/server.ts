// Français du serveur HTTP : ce qu'il refuse, et la page montrée quand la console n'est pas construite.

import type { Words } from '../en.ts'

export const server: Words['server'] = {
  problems: {
    BODY_INVALID: ({ place, issue }) =>
      place === ''
        ? `La demande ne peut pas être lue : ${issue}`
        : `« ${place} » dans la demande ne convient pas : ${issue}`,
    BODY_NOT_JSON: () =>
      'La demande n’est pas en JSON. Envoyez un corps JSON avec content-type application/json.',
    BODY_TOO_LARGE: ({ most }) => `La demande dépasse ${most}. Envoyez-en moins à la fois.`,
    INTERNAL: ({ id }) =>
      `La station a rencontré une difficulté imprévue. Son journal donne les détails sous ${id}.`,
    NO_SUCH_ADDRESS: ({ path }) =>
      `Rien ne répond à ${path}. La liste des adresses se trouve à /api/openapi.json.`,
    SIGN_IN_REFUSED: () =>
      'Ce jeton de connexion est inconnu, déjà utilisé ou périmé. Redémarrez la station, ou demandez-lui un nouveau jeton, et servez-vous de celui-là.',
    TOO_MANY_REQUESTS: ({ seconds }) => `Trop d’essais. Attendez ${seconds} secondes et réessayez.`,
    TOO_MANY_WATCHERS: () => 'Trop de fenêtres suivent cette station en direct. Fermez-en une.',
    WRONG_HOST: ({ host }) =>
      `Cette station ne répond pas au nom « ${host} ». Prenez l’adresse qu’elle a affichée, ou autorisez ce nom dans ses réglages.`,
    WRONG_ORIGIN: () => 'La demande vient d’un autre site et n’est pas acceptée.',
  },
  notBuilt: {
    title: 'La console n’est pas construite',
    sentence:
      'La station fonctionne, mais sa console n’a pas été construite. Lancez « npm run build » dans le dossier de Vigie, puis rechargez cette page.',
    api: 'L’API HTTP répond entre-temps; sa description se trouve à',
  },
}
