// What is said of evidence.

import type { EvidenceFlaw } from '../../model/index.ts'
import { plural } from '../plural.ts'

const range = ({ from, to }: EvidenceFlaw, one: string, many: string): string =>
  from === null || to === null ? many : from === to ? `${one} ${from}` : `${many} ${from} to ${to}`
const lines = (flaw: EvidenceFlaw): string => range(flaw, 'line', 'lines')
const entries = (flaw: EvidenceFlaw): string => range(flaw, 'entry', 'entries')

export const FLAWS: Readonly<Record<EvidenceFlaw['kind'], (flaw: EvidenceFlaw) => string>> = {
  rolled_back: (flaw) =>
    `The log was put back to an older state: a signed checkpoint says ${flaw.what} entries; ${entries(flaw)} are gone.`,
  checkpoint_unsigned: ({ what }) =>
    `The checkpoint of ${what} entries is not signed by this station.`,
  tree_differs: (flaw) =>
    `The log differs from the signed checkpoint of ${flaw.what} entries: ${entries(flaw)} are not those that were signed.`,
  entry_missing: ({ what }) => `Entry ${what} of the log is gone.`,
  entry_changed: ({ what }) => `Entry ${what} of the log was changed.`,
  entry_unreadable: ({ what }) => `An entry of the log is not one that Vigie writes: ${what}`,
  batch_missing: ({ what }) => `Batch ${what}: none of its lines is stored any more.`,
  batch_unknown: (flaw) =>
    `Batch ${flaw.what}: ${lines(flaw)} are stored, but it never came in. Somebody wrote them.`,
  lines_missing: (flaw) => `Batch ${flaw.what}: ${lines(flaw)} missing.`,
  lines_added: (flaw) => `Batch ${flaw.what}: ${lines(flaw)} stored that did not come in.`,
  lines_changed: (flaw) => `Batch ${flaw.what}: something in ${lines(flaw)} was changed.`,
  ledger_missing: ({ what }) => `Batch ${what}: its row of the ledger is gone.`,
  ledger_differs: ({ what }) => `Batch ${what}: the ledger says another number of lines.`,
}

export const evidence = {
  brief: 'Prove that stored lines are those received',
  state: {
    brief: 'Show the log: its name, key, size and newest checkpoint',
    log: (origin: string, size: string) => `Log ${origin}, ${size} entries`,
    key: (key: string) => `Key ${key}`,
    waiting: (count: number) =>
      `${plural('en', count, 'entry has', 'entries have')} no place in the log yet.`,
    never: 'No checkpoint was signed yet.',
    signed: (time: string) => `Newest checkpoint ${time} UTC:`,
  },
  checkpoint: {
    brief: 'Sign what is stored now and print the note; keep it where this machine cannot reach',
  },
  verify: {
    brief:
      'Make all digests again from stored lines, and hold them against the log and its signatures',
    checkpoint: 'A checkpoint that was kept elsewhere (may be given several times)',
    progress: (batches: string, count: string) => `${batches} batches, ${count} lines verified`,
    done: (batches: string, count: string, size: string) =>
      `${batches} batches with ${count} lines are as they were received. The log has ${size} entries.`,
    checkpoints: (count: number) =>
      `It agrees with ${plural('en', count, 'signed checkpoint', 'signed checkpoints')}.`,
    expired: (count: string) =>
      `${count} batches were dropped by the retention that the log records.`,
    uncovered: (count: string) =>
      `${count} batches were stored before there was a log: nothing can be said of them.`,
    whole: 'Nothing was changed, dropped or put back.',
    alone:
      'Whoever has this whole machine could have rewritten log and key. Only a checkpoint kept elsewhere excludes that: --checkpoint FILE.',
    flaws: (count: number) => `${plural('en', count, 'thing is', 'things are')} wrong:`,
    more: (count: number) => `… and ${count} more.`,
    failed: (reason: string) => `The verification could not go on: ${reason}`,
  },
  export: {
    brief: 'Write lines with their proofs to a file that anybody can check offline',
    alert: 'The lines that an alert rests on',
    event: 'A line, as BATCH:LINE (may be given several times)',
    batch: 'All lines of a batch (may be given several times)',
    out: 'File to write',
    done: (count: number, file: string) =>
      `${plural('en', count, 'line', 'lines')} with proofs in ${file}. To check it anywhere: vigie evidence check ${file} --key KEY`,
    nothing: '--alert ID, --event BATCH:LINE or --batch ID',
  },
  check: {
    brief: 'Check such a file, without a station',
    key: 'Key of the log, as its owner told you by another way; cosigners’ keys may follow',
    ownKey:
      'Checked with the key in the file itself: it is whole, but that says nothing of whose it is. Give --key.',
    signed: (name: string, time: string) =>
      time === '' ? `Signed by ${name}` : `Cosigned by ${name}, ${time} UTC`,
    done: (lines_: number, origin: string, size: string) =>
      `${plural('en', lines_, 'line is', 'lines are')} proven to be in the log ${origin} of ${size} entries.`,
    flaw: (what: string, reason: string) => `${what}: ${reason}`,
  },
  flaw: (flaw: EvidenceFlaw): string => FLAWS[flaw.kind](flaw),
}
