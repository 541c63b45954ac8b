// Ce que les capteurs disent à leur propre terminal, et ce qu'une station dit d'eux.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

export const sensors: Words['sensors'] = {
  brief: 'Inviter, lister et révoquer les capteurs d’une station en marche',
  silent: 'Un capteur ne donne plus de nouvelles',
  noLog:
    'Ce fichier est le rapport d’un analyseur ou une liste de vulnérabilités, pas un journal. Un capteur ne transmet que des journaux : déposez-le dans le dossier d’arrivée de la station, ou lancez-y « vigie exposure import ».',
  run: {
    brief: 'Recevoir les journaux ici et les transmettre à une station',
    ready: (name, station) => `Le capteur ${name} transmet à ${station}.`,
    http: (url, data) => `  Envoyer par HTTP    ${url}  (jeton dans ${data}/keys/intake-token)`,
    waits: (megabytes) => `${megabytes} Mio de la dernière exécution attendent d’être envoyés.`,
    enrolled: (name, station) => `Inscrit sous le nom ${name} auprès de ${station}.`,
    linkLost: (reason) =>
      `La station ne prend rien pour le moment\u202f: ${reason}. Ce qui est reçu attend sur disque et sera envoyé plus tard.`,
    refused: (reason) =>
      `La station refuse ce capteur (${reason})\u202f: il est révoqué, ou son certificat est trop ancien. Ce qui est reçu attend sur disque. Pour l’inscrire de nouveau\u202f: «\u202fvigie sensors invite NOM\u202f» sur la station, puis --enrol ici.`,
    linkBack: 'La station prend de nouveau ce qui a été reçu.',
    full: (megabytes) =>
      `La file d’attente est pleine (${megabytes} Mio)\u202f: les envois par TCP et HTTP et les fichiers attendent, les messages UDP sont perdus. Rétablissez le lien, ou augmentez --spool-limit-mib.`,
    roomAgain: 'La file d’attente a de nouveau de la place.',
    diskTrouble: (reason) => `Le disque ne prend rien\u202f: ${reason}. Les envois attendent.`,
    diskBack: 'Le disque prend de nouveau des lignes.',
    damaged: (file) =>
      `Le disque a altéré une partie d’un fichier en attente. Ce qui est sûr est envoyé; le reste est gardé dans ${file}.`,
    content: (time) => `Un contenu du ${time} UTC est venu de la station et sert désormais.`,
    contentRefused: {
      damaged:
        'Un contenu de la station est endommagé et ne sert pas. Ce qui servait avant reste; il sera redemandé.',
      not_signed:
        'Un contenu n’est pas signé par la station de ce capteur et ne sert pas. Ce qui servait avant reste. Regardez ce qui se trouve entre les deux.',
      older: 'La station a envoyé un contenu plus ancien que celui qui sert; il ne sert pas.',
    },
  },
  invite: {
    brief: 'Créer le code qui inscrit un capteur, valable une fois et une heure',
    enrol: (code) => `Sur le capteur\u202f:\n\n  vigie sensor --enrol ${code}\n`,
    until: (time) => `Le code est valable une fois, jusqu’au ${time} UTC.`,
    loopback: (address) =>
      `Le code indique ${address}, que seule cette machine peut joindre. Pour les autres\u202f: vigie up --sensor-listen 0.0.0.0, et invitez avec --address HÔTE.`,
  },
  list: {
    brief: 'Lister les capteurs\u202f: dernier contact, retard, file et horloge',
    none: 'Aucun capteur n’a encore été invité. Pour commencer\u202f: vigie sensors invite NOM',
    columns: {
      name: 'capteur',
      state: 'état',
      lastSeen: 'dernier contact (UTC)',
      lag: 'retard',
      spool: 'file',
      lost: 'perdus',
      skew: 'horloge',
      expires: 'certificat jusqu’au',
      content: 'contenu',
      met: 'rencontres',
    },
    states: { invited: 'invité', enrolled: 'inscrit', revoked: 'révoqué' },
    noContent: 'pas encore',
    newerContent: (made) => `${made}, plus récent en attente`,
    nothingWaits: 'aucun',
    ahead: (ms) => `${ms} ms d’avance`,
    behind: (ms) => `${ms} ms de retard`,
    seconds: (seconds) => plural('fr', seconds, 'seconde', 'secondes'),
  },
  revoke: {
    brief: 'Couper un capteur, maintenant et pour de bon',
    done: (name) => `${name} est coupé. Ce qu’il a envoyé reste.`,
  },
}
