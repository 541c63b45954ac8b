// One sentence for each error code: what was met, what was expected, what to do.

import type { ErrorCode, ErrorDetails } from '../../core/index.ts'

export const errors: { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => string } = {
  ADDRESS_IN_USE: ({ listener, address }) =>
    `Another program already uses ${address}, which the ${listener} listener needs. Stop that program or choose another port.`,
  BAD_REQUEST: ({ met, expected }) => `Met ${met}; expected ${expected}.`,
  CONTENT_INVALID: ({ file, reason }) => `${file} cannot be used: ${reason}`,
  DATA_FOLDER_BUSY: ({ folder }) =>
    `Another Vigie has ${folder} open. Only one may at a time: stop it, or choose another folder with --data.`,
  DATA_FOLDER_NEWER: ({ found, known }) =>
    `This data folder was written by a newer Vigie (layout ${found}; this one knows ${known}). Update Vigie.`,
  DISK_FULL: ({ folder, freeBytes }) =>
    `Only ${freeBytes} bytes are free under ${folder}. Intake waits until there is room; what was acknowledged is kept.`,
  ENGINE_UNREACHABLE: ({ engine, reason }) =>
    `${engine} cannot be reached: ${reason}. Check the address and that the server runs.`,
  HISTORY_RUN_BUSY: ({ from, to }) =>
    `Rules already run over the events from ${from} to ${to}. Only one run may be under way: wait for it, or stop it.`,
  NOT_AUTHORISED: () => 'You are not signed in, or your session ended. Sign in again.',
  NOT_FOUND: ({ what }) => `${what} is not here.`,
  NOTHING_TO_READ: ({ path }) => `There is nothing to read at ${path}. Check the path.`,
  QUERY_REFUSED: ({ reason }) => `This query is not run: ${reason}`,
  QUERY_TOO_HEAVY: ({ limit }) =>
    `This query went past its limit (${limit}). Narrow the time range or add a condition.`,
  SETTING_INVALID: ({ name, met, expected }) =>
    `The setting ${name} is “${met}”, which cannot be used. ${expected}`,
  STATION_UNREACHABLE: ({ url }) =>
    `No station answers at ${url}. Start one with “vigie up”, or give its address with --url.`,
}
