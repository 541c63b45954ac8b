// L’écran des réseaux et des outils, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'
import { networks } from './networks.ts'
import { tools } from './tools.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const consoleBackground: RoomWords['background'] = {
  title: 'Réseaux et outils',
  back: 'Règles',
  how: 'Ce que les analyses savent en plus des journaux\u202f: à qui est le réseau d’une adresse, et quels programmes les intrus emploient tels quels.',
  networks: {
    title: 'Réseaux',
    none: 'Rien n’est encore connu des réseaux. Ce qui vient avec les paquets de Vigie est lu une minute après le démarrage; s’ils ne sont pas installés, chargez un paquet.',
    stale: networks.stale,
    facts: { dated: 'En date du', ranges: 'Plages', by: 'Chargé par', key: 'Signé par' },
    age: (dated, days) => `${dated} (il y a ${n(days, 'jour', 'jours')})`,
    installed: networks.installed,
    sources: 'De quoi c’est fait',
    noSources: 'Le paquet ne le dit pas.',
    columns: ['Données', 'Version', 'Licence', 'En date du', 'Provenance'],
    keys: 'Clés dont les paquets sont acceptés',
  },
  look: {
    title: 'À qui est cette adresse?',
    address: 'Adresse',
    go: 'Chercher',
    unknown: 'On n’en sait rien.',
    columns: networks.columns,
    kinds: networks.kinds,
  },
  pack: {
    title: 'Charger un paquet de réseaux',
    how: 'Un fichier fait par «\u202fvigie enrich pack\u202f», pour les stations qui n’atteignent aucun registre. Il est accepté s’il est signé par une clé connue ici.',
    file: 'Fichier',
    key: 'Accepter désormais les paquets de cette clé (comparez-la avec l’auteur du paquet)',
    older: 'L’accepter même s’il est plus ancien que ce qui est ici',
    go: 'Charger',
  },
  tools: {
    title: 'Listes d’outils',
    none: 'Aucune liste n’est chargée\u202f: sans elle, les programmes que les intrus emploient tels quels passent inaperçus. Prenez-en une chez ses auteurs, puis chargez-la ici.',
    columns: [
      'Liste',
      'En date du',
      'Outils',
      'Noms, domaines, empreintes',
      'Conditions',
      'Chargée par',
    ],
    lists: tools.lists,
    passedOver: (count, text) =>
      `${text} ${n(count, 'entrée inutilisable', 'entrées inutilisables')}`,
  },
  list: {
    title: 'Charger une liste d’outils',
    how: 'Les fichiers tels que les auteurs de la liste les publient\u202f: une exportation en JSON ou CSV, ou tous les fichiers de son dépôt. La liste est remplacée d’un bloc; un fichier illisible ne change rien.',
    list: 'Liste',
    files: 'Fichiers',
    go: 'Charger',
  },
  allowed: {
    title: 'Outils de gestion à distance permis ici',
    none: 'Aucun encore\u202f: chacun est signalé la première fois qu’on le voit. Nommez ceux de vos gens et de vos fournisseurs.',
    columns: ['Outil', 'Pourquoi', 'Par', 'Depuis', 'Retirer'],
    takeBack: 'Ne plus permettre',
  },
  allow: {
    title: 'Permettre un outil',
    tool: 'Nom, comme la liste l’écrit',
    because: 'Qui l’a décidé, et à quoi il sert',
    go: 'Permettre',
  },
}
