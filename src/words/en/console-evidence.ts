// The screen of evidence, in English.

import { plural } from '../plural.ts'
import { FLAWS } from './evidence.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const consoleEvidence = {
  flaws: FLAWS,
  about:
    'Every batch of stored lines is an entry of a log that can only grow. Checkpoints of it are signed; keep one where this machine cannot reach, and whoever changes a stored line is found.',
  log: 'The log',
  origin: 'Name',
  key: 'Key',
  size: 'Entries',
  waiting: 'Without a place yet',
  signed: 'Newest checkpoint',
  never: 'No checkpoint was signed yet.',
  checkpoint: 'Checkpoint',
  sign: 'Sign a checkpoint now',
  download: 'Download the checkpoint',
  verification: 'Verification',
  notYet: 'Nothing was verified since the station started.',
  start: 'Verify what is stored',
  kept: 'Checkpoints that were kept elsewhere (files)',
  keptHow:
    'Makes every digest again from the stored lines. Without a checkpoint kept elsewhere it cannot exclude that somebody who has this whole machine wrote the log anew.',
  states: { running: 'running', done: 'done', failed: 'could not go on' },
  whole: 'Nothing was changed, dropped or put back.',
  wrong: (count: number) => `${n(count, 'thing is', 'things are')} wrong`,
  more: (count: number) => `… and ${count} more.`,
  asked: 'Asked',
  ended: 'Ended',
  verified: 'Batches as they were received',
  lines: 'Lines in them',
  expired: 'Batches dropped by the recorded retention',
  uncovered: 'Batches from before there was a log',
  agrees: 'Signed checkpoints it agrees with',
}
