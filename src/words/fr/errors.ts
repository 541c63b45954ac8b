// Une phrase par code d'erreur : ce qui a été trouvé, ce qui était attendu, quoi faire.

import type { ErrorCode, ErrorDetails } from '../../core/index.ts'
import { configProblem } from '../config-problem.ts'
import { audit } from './audit.ts'
import { collection } from './collection.ts'
import { exposureFileProblem } from './exposure-files.ts'
import { exportProblem } from './identity.ts'
import { networksProblem } from './networks.ts'
import { segment } from './segment.ts'
import { toolsProblem } from './tools.ts'

export const errors: { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => string } = {
  ADDRESS_IN_USE: ({ listener, address }) =>
    `Un autre programme utilise déjà ${address}, dont l’écoute ${listener} a besoin. Arrêtez ce programme ou choisissez un autre port.`,
  BAD_REQUEST: ({ met, expected }) => `Reçu\u202f: ${met}; attendu\u202f: ${expected}.`,
  CONFIG_REFUSED: ({ source, problem, line, limit }) =>
    `${source} : ${configProblem('fr', audit.problems, { problem, line, limit })}. Rien n’en a été pris; ce qui était connu de l’appareil reste.`,
  CONTENT_INVALID: ({ file, reason }) => `${file} ne peut pas servir\u202f: ${reason}`,
  DATA_FOLDER_BUSY: ({ folder }) =>
    `Une autre Vigie utilise ${folder}. Une seule à la fois\u202f: arrêtez-la ou choisissez un autre dossier avec --data.`,
  DATA_FOLDER_NEWER: ({ found, known }) =>
    `Ce dossier de données vient d’une Vigie plus récente (format ${found}; celle-ci connaît ${known}). Mettez Vigie à jour.`,
  DISK_FULL: ({ folder, freeBytes }) =>
    `Il ne reste que ${freeBytes} octets sous ${folder}. La réception attend qu’il y ait de la place; ce qui a été confirmé est conservé.`,
  ENGINE_UNREACHABLE: ({ engine, reason }) =>
    `${engine} ne répond pas\u202f: ${reason}. Vérifiez l’adresse et que le serveur fonctionne.`,
  EXCEPTION_TOO_LONG: ({ expires, most }) =>
    `Une exception jusqu’au ${expires} est trop longue. Elle peut durer jusqu’au ${most}; ensuite, on décide de nouveau.`,
  EXPOSURE_FILE_REFUSED: ({ file, problem, met, known = [] }) =>
    `${file}\u202f: ${exposureFileProblem(problem, met, known)} Rien n’en a été pris; ce qui était connu reste tel quel.`,
  FEED_GOES_BACK: ({ name, met, known }) =>
    `${name} porte la date du ${met}, et une version du ${known} est déjà ici. Rien n’en a été pris. Téléchargez-la de nouveau et vérifiez sa provenance.`,
  EXERCISE_BUSY: ({ who }) =>
    `${who} fait jouer un exercice. Un seul à la fois : attendez sa fin, ou arrêtez-le.`,
  EXERCISE_FAILED: ({ organisation, reason }) =>
    `L’exercice de ${organisation} s’est terminé sans bulletin${reason === '' ? '' : `\u202f: ${reason}`}. Vérifiez la mémoire libre (2 Gio) et la place pour les fichiers temporaires, puis rejouez-le.`,
  EVIDENCE_REWRITTEN: ({ signed, found }) =>
    `Le journal de preuves n’est pas celui qui a été signé\u202f: un point de contrôle de ${signed} entrées est conservé, et la base contient un autre journal de ${found}. Rien n’est signé tant que personne n’a regardé\u202f: lancez «\u202fvigie evidence verify\u202f».`,
  HISTORY_RUN_BUSY: ({ from, to }) =>
    `Des règles relisent déjà les événements du ${from} au ${to}. Une seule relecture à la fois\u202f: attendez sa fin ou arrêtez-la.`,
  HUB_CODE_INVALID: () =>
    'Ce n’est pas un code de centre, ou il n’est pas entier. Copiez toute la ligne que «\u202fvigie peers invite\u202f» a donnée.',
  HUB_UNREACHABLE: ({ address, reason }) =>
    `Aucun centre ne répond à ${address} (${reason}). Rien n’a été accepté. Vérifiez l’adresse auprès du centre, et que rien ne s’interpose.`,
  HUB_CODE_REFUSED: ({ address }) =>
    `Le centre à ${address} ne prend pas ce code\u202f: il a servi à une autre clé, a été révoqué ou a plus d’une semaine. Demandez-en un autre à ses responsables.`,
  IDENTITY_FILE_REFUSED: ({ file, place, problem, met }) =>
    `${file}${place === '' ? '' : `, ${place.replace(/^line (?=\d)/, 'ligne ')}`}\u202f: ${exportProblem(problem, met)} Rien de ce fichier n’a été importé; ce qui était connu reste tel quel.`,
  NETWORKS_REFUSED: ({ file, problem, met }) =>
    `${file === '' ? 'Le paquet' : file} n’est pas accepté\u202f: ${networksProblem(problem, met)} Ce qu’on savait des réseaux reste tel quel.`,
  NOT_AUTHORISED: () =>
    'Vous n’êtes pas connecté, ou votre session est terminée. Connectez-vous de nouveau.',
  NOT_FOUND: ({ what }) => `${what} est introuvable.`,
  NOT_PRINTED: ({ reason }) =>
    `Cette page n’a pas été mise en PDF (${reason}). Ouvrez le rapport comme page et imprimez-le du navigateur. Si cela persiste, réinstallez Vigie : son typographe est un paquet facultatif.`,
  NOTHING_TO_READ: ({ path }) => `Il n’y a rien à lire à ${path}. Vérifiez le chemin.`,
  QUERY_REFUSED: ({ reason }) => `Cette requête n’est pas exécutée\u202f: ${reason}`,
  QUERY_TOO_HEAVY: ({ limit }) =>
    `Cette requête a dépassé sa limite (${limit}). Réduisez la période ou ajoutez une condition.`,
  RULE_UNUSABLE: ({ place, reason }) => `Cette règle est inutilisable. ${place}\u202f: ${reason}`,
  SENSOR_CODE_INVALID: () =>
    'Ceci n’est pas un code de capteur, ou pas en entier. Copiez toute la ligne donnée par «\u202fvigie sensors invite\u202f».',
  SENSOR_CODE_REFUSED: ({ address }) =>
    `La station à ${address} ne prend pas ce code\u202f: il a servi, il est révoqué ou il a plus d’une heure. Créez-en un autre avec «\u202fvigie sensors invite\u202f».`,
  SENSOR_NOT_ENROLLED: ({ folder }) =>
    `Le capteur de ${folder} n’appartient encore à aucune station. Lancez «\u202fvigie sensors invite NOM\u202f» sur la station, puis démarrez le capteur avec --enrol et le code.`,
  PULL_REFUSED: (details) => collection.pull(details),
  REPOSITORY_REFUSED: (details) => collection.repository(details),
  SETTING_INVALID: ({ name, met, expected }) =>
    `Le réglage ${name} vaut «\u202f${met}\u202f», ce qui ne convient pas. ${expected}`,
  STATION_NOT_TRUSTED: ({ address }) =>
    `Ce qui répond à ${address} n’est pas la station qui a créé ce code. Rien n’a été envoyé. Vérifiez l’adresse, et que rien ne s’interpose.`,
  STATION_UNREACHABLE: ({ url }) =>
    `Aucune station ne répond à ${url}. Démarrez-en une avec «\u202fvigie up\u202f» ou donnez son adresse avec --url.`,
  TOOLS_REFUSED: ({ problem, file, met }) =>
    `${file === '' ? 'La liste' : `Le fichier ${file}`} n’est pas utilisé : ${toolsProblem(problem, met)}`,
  TRIAL_BUSY: ({ who }) =>
    `${who} essaie une règle sur les événements conservés. Un essai à la fois\u202f: attendez sa fin, ou faites-le arrêter.`,
  ZONES_REFUSED: ({ file, fr }) =>
    `Les zones${file === '' ? '' : ` de ${file}`} ne sont pas utilisées : ${fr} Corrigez-les et recommencez.`,
  ZONES_MOVED: ({ version, who }) => segment.moved(version, who),
}
