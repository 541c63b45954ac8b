// Réseaux : à quoi appartient une adresse, et les paquets de ce savoir.

import type { NetworksProblem } from '../../core/index.ts'
import type { Words } from '../en.ts'

const problems: { readonly [P in NetworksProblem]: (met: string) => string } = {
  not_a_pack: () =>
    'il ne commence pas comme un paquet de réseaux. Attendu\u202f: un fichier fait par «\u202fvigie enrich pack\u202f».',
  not_a_key: () =>
    'ce n’est pas une clé privée Ed25519 en PEM. Nommez un autre fichier; s’il n’existe pas, une clé est créée.',
  bad_signature: () => 'sa signature ne correspond pas à ce qu’il dit. Téléchargez-le de nouveau.',
  unknown_key: (met) =>
    `il est signé par une clé inconnue ici, ${met}. Comparez la clé avec l’auteur du paquet, puis chargez-le avec --key.`,
  damaged: () => 'ses plages ne sont pas celles qui ont été signées. Téléchargez-le de nouveau.',
  older: (met) =>
    `il est plus ancien que ce qui est ici (${met}). Chargez-le avec --older si c’est voulu.`,
  bad_range: (met) =>
    `la ligne ${met} n’est pas une plage qui suit la précédente. Attendu\u202f: des adresses croissantes, un numéro, un pays de deux lettres.`,
  too_large: (met) => `il dépasse ${met}.`,
  too_many: (met) => `il a plus de ${met} plages.`,
  nothing: () => 'il n’a aucune plage.',
}

/** Why a pack is not taken; the name itself where a page lists what there is. */
export function networksProblem(problem: NetworksProblem, met: string): string {
  return Object.hasOwn(problems, problem) ? problems[problem](met) : problem
}

export const networks: Words['networks'] = {
  none: 'Rien n’est encore connu des réseaux\u202f: installez les paquets facultatifs, ou chargez un paquet avec «\u202fvigie enrich load\u202f».',
  installed: 'livré avec Vigie',
  data: (dated, days, ranges) => `Réseaux au ${dated} (${days} jours), ${ranges} plages`,
  stale:
    'Plus de 90 jours\u202f: des réseaux ont pu changer de mains. Chargez un paquet plus récent.',
  by: (who) => `Chargé par\u202f: ${who}`,
  key: (key) => `Signé par\u202f: ${key}`,
  source: (name, version, licence, address) => `  ${name} ${version} · ${licence} · ${address}`,
  packed: (file, ranges, dated) => `${file}\u202f: ${ranges} plages au ${dated}`,
  give: (key) => `Les stations l’acceptent avec --key ${key}`,
  columns: {
    address: 'adresse',
    asn: 'réseau',
    organisation: 'exploitant',
    kind: 'genre',
    country: 'pays',
  },
  unknown: 'inconnu',
  kinds: {
    access: 'maisons et petits bureaux',
    mobile: 'mobile',
    satellite: 'satellite',
    hosting: 'hébergement',
    vpn: 'VPN',
    tor: 'Tor',
    proxy: 'serveur mandataire',
    education: 'enseignement',
    government: 'gouvernement',
  },
}
