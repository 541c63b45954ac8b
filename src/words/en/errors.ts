// One sentence for each error code: what was met, what was expected, what to do.

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
    `Another program already uses ${address}, which the ${listener} listener needs. Stop that program or choose another port.`,
  BAD_REQUEST: ({ met, expected }) => `Met ${met}; expected ${expected}.`,
  CONFIG_REFUSED: ({ source, problem, line, limit }) =>
    `${source}: ${configProblem('en', audit.problems, { problem, line, limit })}. Nothing of it was taken; what was known of the device stays.`,
  CONTENT_INVALID: ({ file, reason }) => `${file} cannot be used: ${reason}`,
  DATA_FOLDER_BUSY: ({ folder }) =>
    `Another Vigie has ${folder} open. Only one may at a time: stop it, or choose another folder with --data.`,
  DATA_FOLDER_NEWER: ({ found, known }) =>
    `This data folder was written by a newer Vigie (layout ${found}; this one knows ${known}). Update Vigie.`,
  DISK_FULL: ({ folder, freeBytes }) =>
    `Only ${freeBytes} bytes are free under ${folder}. Intake waits until there is room; what was acknowledged is kept.`,
  ENGINE_UNREACHABLE: ({ engine, reason }) =>
    `${engine} cannot be reached: ${reason}. Check the address and that the server runs.`,
  EXCEPTION_TOO_LONG: ({ expires, most }) =>
    `An exception until ${expires} is too long. It may last until ${most}; then it is decided again.`,
  EXPOSURE_FILE_REFUSED: ({ file, problem, met, known = [] }) =>
    `${file}: ${exposureFileProblem(problem, met, known)} Nothing of it was taken; what was known stays as it was.`,
  FEED_GOES_BACK: ({ name, met, known }) =>
    `${name} is dated ${met}, and one of ${known} is already here. Nothing was taken from it. Fetch it again, and check where it comes from.`,
  EXERCISE_BUSY: ({ who }) =>
    `${who} has an exercise played. One at a time: wait for it, or stop it.`,
  EXERCISE_FAILED: ({ organisation, reason }) =>
    `The exercise of ${organisation} ended without a score${reason === '' ? '' : `: ${reason}`}. Check free memory (2 GiB) and room for temporary files, and play it again.`,
  EVIDENCE_REWRITTEN: ({ signed, found }) =>
    `The log of evidence is not the one that was signed: a checkpoint of ${signed} entries is kept, and the records hold another log of ${found}. No checkpoint is signed until somebody has looked: run “vigie evidence verify”.`,
  HISTORY_RUN_BUSY: ({ from, to }) =>
    `Rules already run over the events from ${from} to ${to}. Only one run may be under way: wait for it, or stop it.`,
  HUB_CODE_INVALID: () =>
    'This is not a code of a hub, or not all of one. Copy the whole line that “vigie peers invite” printed.',
  HUB_UNREACHABLE: ({ address, reason }) =>
    `No hub answers at ${address} (${reason}). Nothing was accepted. Check the address with the hub’s people, and that nothing stands between.`,
  HUB_CODE_REFUSED: ({ address }) =>
    `The hub at ${address} does not take this code: it was used by another key, revoked, or is older than a week. Ask its people for another.`,
  IDENTITY_FILE_REFUSED: ({ file, place, problem, met }) =>
    `${file}${place === '' ? '' : `, ${place}`}: ${exportProblem(problem, met)} Nothing of this file was imported; what was known stays as it was.`,
  NETWORKS_REFUSED: ({ file, problem, met }) =>
    `${file === '' ? 'The pack' : file} is not taken: ${networksProblem(problem, met)} What was known of networks stays as it was.`,
  NOT_AUTHORISED: () => 'You are not signed in, or your session ended. Sign in again.',
  NOT_FOUND: ({ what }) => `${what} is not here.`,
  NOT_PRINTED: ({ reason }) =>
    `No PDF was made of this page (${reason}). Open the report as a page and print it from the browser. If this goes on, install Vigie anew: its typesetter is an optional package.`,
  NOTHING_TO_READ: ({ path }) => `There is nothing to read at ${path}. Check the path.`,
  QUERY_REFUSED: ({ reason }) => `This query is not run: ${reason}`,
  QUERY_TOO_HEAVY: ({ limit }) =>
    `This query went past its limit (${limit}). Narrow the time range or add a condition.`,
  RULE_UNUSABLE: ({ place, reason }) => `This rule cannot be used. ${place}: ${reason}`,
  SENSOR_CODE_INVALID: () =>
    'This is not a code for a sensor, or not all of one. Copy the whole line that “vigie sensors invite” printed.',
  SENSOR_CODE_REFUSED: ({ address }) =>
    `The station at ${address} does not take this code: it was used, revoked, or is older than an hour. Make another with “vigie sensors invite”.`,
  SENSOR_NOT_ENROLLED: ({ folder }) =>
    `The sensor in ${folder} belongs to no station yet. Run “vigie sensors invite NAME” on the station, then start the sensor with --enrol and the code.`,
  PULL_REFUSED: (details) => collection.pull(details),
  REPOSITORY_REFUSED: (details) => collection.repository(details),
  SETTING_INVALID: ({ name, met, expected }) =>
    `The setting ${name} is “${met}”, which cannot be used. ${expected}`,
  STATION_NOT_TRUSTED: ({ address }) =>
    `What answers at ${address} is not the station that made this code. Nothing was sent. Check the address, and that nothing stands between.`,
  STATION_UNREACHABLE: ({ url }) =>
    `No station answers at ${url}. Start one with “vigie up”, or give its address with --url.`,
  TOOLS_REFUSED: ({ problem, file, met }) =>
    `${file === '' ? 'The list' : `The file ${file}`} is not used: ${toolsProblem(problem, met)}`,
  TRIAL_BUSY: ({ who }) =>
    `${who} has a rule tested over stored events. One test at a time: wait for it, or have it stopped.`,
  ZONES_REFUSED: ({ file, en }) =>
    `The zones${file === '' ? '' : ` of ${file}`} are not used: ${en} Mend them and try again.`,
  ZONES_MOVED: ({ version, who }) => segment.moved(version, who),
}
