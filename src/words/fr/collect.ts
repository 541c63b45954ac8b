// Ce que dit la collecte : ennuis de fichiers, messages des écoutes, réponses aux expéditeurs HTTP.

import type { collect as english } from '../en/collect.ts'

export const collect: typeof english = {
  problems: {
    not_found: () => 'Le fichier n’est plus là.',
    unreadable: ({ reason }) =>
      `Le fichier ne peut pas être lu\u202f: ${reason}. Vérifiez ses autorisations et le disque.`,
    not_a_file: () =>
      'C’est un périphérique, un tube ou un socket, pas un fichier de journaux. Il n’est pas touché.',
    symbolic_link: () =>
      'C’est un lien symbolique. Les liens ne sont pas suivis, pour que rien ne soit lu hors du dossier.',
    truncated: ({ format }) =>
      `Les données ${format} s’arrêtent trop tôt\u202f: le fichier a été coupé. Tout ce qui précède la coupure a été lu. Si possible, copiez le fichier de nouveau.`,
    damaged: ({ format, reason }) =>
      `Les données ${format} sont endommagées (${reason}). Tout ce qui précède a été lu.`,
    ratio_exceeded: ({ ratio }) =>
      `Une fois décompressé, ce fichier dépasse ${ratio} fois sa taille, ce qu’aucun journal ne fait. Il peut s’agir d’une bombe de décompression; la lecture s’est arrêtée ici.`,
    total_exceeded: ({ limitBytes }) =>
      `Une fois décompressé, ce fichier dépasse la limite de ${limitBytes} octets. La lecture s’est arrêtée là. Décompressez-le vous-même et lisez les parties utiles.`,
    nested_too_deep: () =>
      'C’est une archive dans une archive dans une archive. Un seul niveau est lu; décompressez-la une fois et relancez la lecture.',
    encrypted: () =>
      'Ce membre de l’archive est chiffré. Décompressez-le avec son mot de passe et lisez le résultat.',
    unsupported: ({ format }) =>
      `Ce fichier est de type ${format} et ne contient pas de lignes de journal que Vigie sache lire.`,
    evtx_damaged: ({ reason }) =>
      `Une partie de ce journal d’événements Windows est endommagée\u202f: ${reason}. Le reste a été lu.`,
    lines_cut: ({ count, limitBytes }) =>
      `Les lignes de plus de ${limitBytes} octets ont été coupées\u202f: ${count} morceaux. Rien n’a été omis.`,
    unended: () => 'Le dernier événement du fichier n’a pas de fin; il a été conservé tel quel.',
    stopped: () => 'La lecture a été interrompue avant la fin du fichier.',
    refused: ({ sentence }) => sentence,
    not_stored: ({ reason }) =>
      `Ce qui a été lu n’a pas pu être enregistré\u202f: ${reason}. Le fichier sera relu.`,
  },
  inboxNote: ({ file, lines }) =>
    `${file}\u202f: ${lines} lignes ont été enregistrées. Ce qui n’a pas pu être lu\u202f:`,
  syslog: {
    runaway: ({ source }) =>
      `${source} a envoyé 16 Mio sans terminer de ligne. Sa connexion a été fermée; ce qu’il a envoyé est conservé en morceaux. Vérifiez qu’il envoie bien du syslog.`,
    connection_failed: ({ source, reason }) =>
      `La connexion de ${source} s’est rompue\u202f: ${reason}. Des messages en route sont peut-être perdus; syslog n’a pas d’accusé de réception.`,
    handshake_failed: ({ source, reason }) =>
      `${source} n’a pas pu établir TLS\u202f: ${reason}. Vérifiez ses réglages de certificat et qu’il envoie bien du TLS à ce port.`,
    too_many_connections: ({ limit }) =>
      `Il y a déjà ${limit} connexions syslog. Une nouvelle connexion a été refusée.`,
    datagrams_dropped: ({ source }) =>
      `Les messages UDP arrivent plus vite que le disque ne les prend et certains sont perdus, d’abord ceux de ${source}. Utilisez TCP si l’appareil le permet.`,
    listener_failed: ({ reason }) =>
      `Une écoute syslog s’est arrêtée\u202f: ${reason}. Redémarrez Vigie.`,
  },
  flows: {
    unreadable: ({ source }) =>
      `${source} envoie au port des flux ce qui n’est pas du NetFlow (v5, v7, v9), de l’IPFIX ou du sFlow (v5) entier. Cette partie est laissée de côté. Vérifiez ce qu’il envoie, et que ses datagrammes ne sont pas coupés.`,
    withoutTemplate: ({ source }) =>
      `${source} envoie des flux dont le modèle n’est pas venu en 35 minutes ou un mégaoctet; ils sont perdus. Faites-lui envoyer ses modèles toutes les quelques minutes.`,
    missed: ({ source }) =>
      `Les numéros de ${source} sautent\u202f: une partie de ses flux s’est perdue en route. Cherchez un lien saturé entre lui et ici.`,
    dropped: ({ source }) =>
      `Les flux arrivent plus vite que le disque ne les prend et certains sont perdus, d’abord ceux de ${source}. Faites-le échantillonner, ou envoyez-en une partie à un capteur.`,
    failed: ({ reason }) => `L’écoute des flux s’est arrêtée\u202f: ${reason}. Redémarrez Vigie.`,
  },
  cloud: {
    account: ({ file, problem }) => `${file} : ${problem}`,
    open_to_others: () =>
      'D’autres sur cette machine peuvent lire ce fichier, qui contient des secrets. Retirez-leur ce droit (chmod 600), et il sera lu.',
    bad_name: () =>
      'Le nom du fichier devient une partie du nom de ses sources : employez des minuscules, des chiffres et des traits d’union, 40 au plus.',
    account_unreadable: ({ reason }) => `Ce n’est pas une description de compte : ${reason}.`,
    unknown_collector: ({ met, known }) =>
      `Il n’y a pas de collecteur « ${met} ». Il y a : ${known}.`,
    unknown_stream: ({ met, known }) => `Il n’y a pas de flux « ${met} ». Il y a : ${known}.`,
    missing: ({ name }) => `« ${name} » manque.`,
    unknown: ({ name, known }) => `« ${name} » n’est pas demandé ici. Sont demandés : ${known}.`,
    not_fitting: ({ name, expected }) => `« ${name} » n’a pas la forme ${expected}.`,
    started: ({ source }) => `${source} est lu.`,
    recovered: ({ source }) => `${source} est lu de nouveau.`,
    trouble: ({ source, sentence }) => `${source} : ${sentence}`,
    refused: ({ status, said }) =>
      `Le fournisseur refuse (${status}) : ${said}. Vérifiez le secret et ce qu’il a le droit de lire.`,
    throttled: () =>
      'Le fournisseur demande de ralentir. La lecture attend et reprend d’elle-même.',
    unreachable: ({ reason }) =>
      `Le fournisseur est hors d’atteinte : ${reason}. La lecture reprendra où elle en était.`,
    answered: ({ status, said }) =>
      `Le fournisseur répond ${status} : ${said}. La lecture sera retentée.`,
    unreadable: ({ reason }) =>
      `La réponse du fournisseur n’est pas celle attendue : ${reason}. La lecture sera retentée.`,
    too_large: ({ limitBytes }) => `Une réponse dépasse ${limitBytes} octets et n’est pas prise.`,
    leads_elsewhere: ({ host }) =>
      `Le fournisseur mène à ${host}, où le secret ne doit pas aller. Vérifiez l’adresse dans le compte.`,
    repeats: () =>
      'Le fournisseur répète une référence de page. Ce qui vient derrière ne peut être lu; la lecture sera retentée.',
    gap: ({ from, to }) =>
      `Les événements du ${from} au ${to} sont perdus : le fournisseur ne les garde plus, et ils n’ont pas été lus à temps.`,
    object: ({ key, reason }) =>
      `${key} n’a pas pu être lu en entier (${reason}). Ce qui pouvait l’être est gardé.`,
  },
  queues: {
    started: ({ source }) => `${source} est lu.`,
    recovered: ({ source }) => `${source} est lu de nouveau.`,
    open_line: ({ source }) =>
      `${source}\u202f: son mot de passe voyage en clair. Employez rediss:// ou kafkas:// si le serveur offre TLS.`,
    trouble: ({ source, sentence }) => `${source}\u202f: ${sentence}`,
    unreachable: ({ reason }) =>
      `Le serveur est hors d’atteinte\u202f: ${reason}. La lecture reprendra où elle en était.`,
    refused: ({ reason }) =>
      `Le serveur refuse\u202f: ${reason}. Vérifiez le compte, la clé ou le sujet, et ce que le compte peut faire.`,
    too_large: ({ limitBytes }) =>
      `Un événement dépasse ${limitBytes} octets et est laissé de côté.`,
  },
  http: {
    tokenRequired: () =>
      'Un jeton est requis. Envoyez-le ainsi\u202f: «\u202fAuthorization: Splunk JETON\u202f» ou «\u202fAuthorization: Bearer JETON\u202f».',
    tokenWrong: () => 'Ce jeton n’est pas connu ici. Vérifiez-le ou créez-en un pour cette source.',
    methodWrong: ({ expected }) => `Cette adresse n’accepte que ${expected}.`,
    noData: () => 'La requête ne contient aucun événement.',
    invalidData: ({ number }) =>
      `L’événement ${number} n’est pas un objet JSON avec un membre «\u202fevent\u202f». Les événements précédents ont été enregistrés.`,
    eventRequired: ({ number }) =>
      `L’événement ${number} n’a pas de membre «\u202fevent\u202f». Les événements précédents ont été enregistrés.`,
    eventBlank: ({ number }) =>
      `Le membre «\u202fevent\u202f» de l’événement ${number} est vide. Les événements précédents ont été enregistrés.`,
    encodingUnknown: ({ met }) =>
      `Le codage de contenu «\u202f${met}\u202f» n’est pas connu. Envoyez gzip, deflate, zstd ou rien.`,
    bodyDamaged: ({ reason }) =>
      `Le corps compressé est endommagé ou coupé\u202f: ${reason}. Envoyez-le de nouveau.`,
    tooLarge: ({ limitBytes }) =>
      `Une fois décompressée, la requête dépasse ${limitBytes} octets. Envoyez des requêtes plus petites.`,
    tooSlow: () => 'La requête arrivait trop lentement et a été abandonnée. Envoyez-la de nouveau.',
    notStored: () =>
      'Les événements n’ont pas pu être écrits sur le disque et ne sont pas confirmés. Envoyez-les de nouveau plus tard.',
    healthy: () => 'HEC fonctionne',
  },
}
