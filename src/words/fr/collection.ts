// Comment les configurations arrivent d’elles-mêmes : dépôts suivis, appareils interrogés par SSH.

import type { PullProblem, RepositoryProblem } from '../../core/index.ts'
import type { Words } from '../en.ts'
import { reasonText } from '../reason-text.ts'

const REPOSITORY: Readonly<Record<RepositoryProblem, (reason: string) => string>> = {
  no_git: () =>
    'le programme « git » n’est pas sur cette machine. Installez-le; rien d’autre n’est requis.',
  bad_place: () =>
    'ce n’est pas l’emplacement d’un dépôt. Donnez un dossier de la machine de la station, ou une adresse qui commence par https:// ou ssh://.',
  with_password: () =>
    'l’adresse contient un nom ou un mot de passe, qui serait gardé en clair. Utilisez SSH avec une clé du compte de la station, ou un clone dans un dossier.',
  unreadable: (reason) => `git ne peut pas le lire : ${reason}`,
  too_large: () =>
    'il dépasse 2 Gio. Ce qui en avait été pris est effacé. Suivez un dépôt qui ne contient que des configurations.',
  file_too_large: () => 'un de ses fichiers est plus grand qu’une configuration peut l’être.',
  too_many_commits: (reason) =>
    `il a plus de validations qu’on en prend d’un coup (${reason}). Suivez une branche à l’historique plus court.`,
  too_slow: () => 'il n’a pas répondu à temps. Un nouvel essai suivra.',
}

const PULL: Readonly<Record<PullProblem, (met: string) => string>> = {
  bad_login: (met) =>
    `le moyen de connexion est inutilisable (${met}). Donnez un mot de passe ou une clé OpenSSH.`,
  unreachable: (met) =>
    `il ne répond pas (${met}). Voyez s’il écoute en SSH et si la station peut l’atteindre.`,
  key_unknown: (met) =>
    `sa clé d’hôte ${met} est vue pour la première fois. Comparez-la à ce que dit l’appareil lui-même, puis confirmez-la; rien ne lui a été envoyé avant.`,
  key_changed: (met) =>
    `sa clé d’hôte n’est plus celle qui a été confirmée : ${met}. Quelqu’un s’interpose peut-être, ou l’appareil a été remplacé. Rien ne lui a été envoyé, et rien ne le sera tant que personne ne confirme la nouvelle clé.`,
  refused: (met) =>
    `il a refusé la connexion de ce compte (${met}). Voyez le compte et son mot de passe ou sa clé.`,
  asks_more: (met) =>
    `il a demandé ce qui n’a pas été donné : ${met}. Un compte en lecture seule ne devrait exiger aucun second facteur.`,
  no_prompt: (met) =>
    `aucune invite de cette plateforme n’est venue; sa dernière ligne était « ${met} ». Voyez si c’est la bonne plateforme.`,
  stalled: (met) => `il s’est arrêté au milieu de sa réponse (${met}). Rien n’en a été gardé.`,
  closed: (met) =>
    `il a fermé la connexion au milieu de sa réponse (${met}). Rien n’en a été gardé.`,
  too_large: () =>
    'sa réponse est plus longue qu’une configuration peut l’être (64 Mio). Rien n’en a été gardé.',
  no_end: (met) =>
    `sa réponse n’a pas de fin : la dernière ligne est « ${met} ». Rien n’en a été gardé.`,
  command_refused: (met) =>
    `il a refusé la commande : « ${met} ». Voyez ce que ce compte peut lire.`,
  not_taken: (met) => `sa réponse n’est pas une configuration : ${met}.`,
  needs_enable: (met) =>
    `ce compte n’en voit qu’une partie (${met}). Donnez-lui le droit de lire la configuration, ou dites qu’il peut utiliser « enable ».`,
}

export const collection: Words['collection'] = {
  repository: ({ place, problem, reason }) =>
    `${place} : ${reasonText(REPOSITORY, problem, reason)}`,
  pull: ({ device, problem, met }) => `${device} : ${reasonText(PULL, problem, met)}`,
  rewritten: {
    title: 'L’historique d’un dépôt de configurations a été réécrit',
    why: (place, lost) =>
      `L’historique de ${place} n’est plus le même : la validation ${lost.slice(0, 12)} n’y est plus. Qui le réécrit peut cacher un changement; ce qui a été pris reste.`,
  },
  keyChanged: {
    title: 'Un appareil présente une autre clé d’hôte',
    why: (device, met) =>
      `${device} a présenté une autre clé d’hôte SSH que celle qui a été confirmée : ${met}. Rien ne lui a été envoyé.`,
  },
  git: {
    brief: 'Suivre un dépôt git de configurations (Oxidized, RANCID), avec son historique',
    none: 'Aucun dépôt n’est suivi. Nommez-en un : vigie devices git CHEMIN|URL',
    followed: (place) => `${place} est suivi; son historique est en cours de lecture.`,
    gone: (place) => `${place} n’est plus suivi; ce qui a été pris reste.`,
    counts: (commits, versions) => `${commits} validations prises, ${versions} versions`,
    waiting: 'pas encore lu',
    rewritten: (when, lost) =>
      `Son historique a été réécrit, constaté ${when} : la validation ${lost} n’y est plus.`,
    refused: (file, commit) => `pas pris : ${file} dans ${commit}`,
  },
  ssh: {
    brief:
      'Prendre des configurations par SSH : quels appareils, leurs clés d’hôte, où ils en sont',
    setBrief:
      'Prendre la configuration d’un appareil; le mot de passe ou la clé est lu d’un fichier ou saisi',
    confirmBrief: 'Confirmer la clé d’hôte qu’un appareil a présentée',
    removeBrief: 'Ne plus l’interroger',
    nowBrief: 'La prendre maintenant',
    none: 'Aucun appareil n’est interrogé par SSH. Nommez-en un : vigie devices ssh set APPAREIL --host HÔTE --account NOM --platform PLATEFORME --password-file FICHIER',
    set: (device) =>
      `${device} est interrogé dorénavant. Sa clé d’hôte s’affiche ici dès qu’elle est vue : vigie devices ssh`,
    confirmed: (device, key) => `${device} : ${key} est confirmée.`,
    gone: (device) => `${device} n’est plus interrogé; ce qui a été pris reste.`,
    asked: (device) => `${device} est interrogé maintenant.`,
    columns: {
      device: 'APPAREIL',
      host: 'ADRESSE',
      platform: 'PLATEFORME',
      taken: 'PRISE',
      next: 'PROCHAINE',
      state: 'ÉTAT',
    },
    states: {
      new: 'pas encore interrogé',
      ok: 'prise',
      failing: 'échoue',
      key_unknown: 'clé d’hôte à confirmer',
      key_changed: 'clé d’hôte changée',
    },
    key: (key) => `clé d’hôte ${key}`,
    keyMet: (key) =>
      `il présente la clé d’hôte ${key}; confirmez-la : vigie devices ssh confirm APPAREIL CLÉ`,
  },
  screen: {
    view: 'Collecte',
    about:
      'Les configurations arrivent d’elles-mêmes : des dépôts que tiennent Oxidized ou RANCID, et des appareils par SSH, chaque nuit et dès que leurs journaux disent qu’on les a configurés. La station ne fait que lire; ce qu’elle peut envoyer à un appareil est énuméré dans « content/pulls ».',
    folder: 'Fichiers du dossier qui n’ont pas été pris',
    folderRefused: (file, when, why) => `${file}, ${when}\u202f: ${why}.`,
    repositories: 'Dépôts suivis',
    noRepositories: 'Aucun. Suivez-en un ici, ou avec « vigie devices git ».',
    follow: 'Suivre un dépôt',
    place: 'Dossier ou adresse',
    branch: 'Branche (vide : celle qu’il nomme)',
    go: 'Suivre',
    remove: 'Retirer',
    looked: 'Lu',
    counts: 'Validations, versions',
    pulls: 'Appareils interrogés par SSH',
    noPulls: 'Aucun. Ajoutez-en un ici, ou avec « vigie devices ssh set ».',
    add: 'Interroger un appareil par SSH',
    device: 'Appareil, par son nom ici',
    host: 'Adresse ou nom d’hôte',
    port: 'Port',
    account: 'Compte (qui ne peut que lire)',
    platform: 'Plateforme',
    password: 'Mot de passe',
    key: 'Clé privée (OpenSSH), au lieu d’un mot de passe',
    passphrase: 'Phrase de passe de la clé',
    enable: 'Mot de passe de « enable » (vide : jamais utilisé)',
    hostKey: 'Clé d’hôte, si vous la connaissez (SHA256:…)',
    addGo: 'Ajouter',
    state: 'État',
    taken: 'Dernière prise',
    next: 'Prochaine',
    met: 'Clé d’hôte présentée',
    confirmed: (who) => `confirmée par ${who}`,
    confirm: 'Confirmer cette clé',
    confirmHow: 'Comparez-la à ce que dit l’appareil lui-même, par une autre voie que le réseau.',
    now: 'Prendre maintenant',
    never: 'jamais',
    reports: 'Rapport pour les vérificateurs',
    report: { en: 'EN', fr: 'FR' },
  },
}
