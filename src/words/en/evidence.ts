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
    elsewhere: (asked: number, answered: number) =>
      `Asked ${plural('en', asked, 'hub', 'hubs')} what they signed of it last: ${answered} answered.`,
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
    policy: 'Who must have signed, as C2SP tlog-policy: yours, instead of the one in the file',
    quorum: {
      met: (isOwn: boolean) =>
        isOwn ? 'The quorum that the file itself states is met.' : 'Your quorum is met.',
      'not met': (isOwn: boolean) =>
        isOwn ? 'The quorum that the file itself states is not met.' : 'Your quorum is not met.',
    },
    ownKey:
      'Checked with the key in the file itself: it is whole, but that says nothing of whose it is. Give --key.',
    signed: (name: string, time: string) =>
      time === '' ? `Signed by ${name}` : `Cosigned by ${name}, ${time} UTC`,
    done: (lines_: number, origin: string, size: string) =>
      `${plural('en', lines_, 'line is', 'lines are')} proven to be in the log ${origin} of ${size} entries.`,
    flaw: (what: string, reason: string) => `${what}: ${reason}`,
  },
  quorum: {
    brief: 'Say which witnesses must sign the log; without flags: show it',
    policy: 'A policy as C2SP tlog-policy',
    least: 'Or so many of the witnesses that are known now',
    by: 'Who decides it; your account by default',
    none: 'No quorum is set: --least N or --policy FILE.',
    done: 'The quorum is set.',
    states: {
      none: 'No quorum of witnesses is set.',
      met: 'The quorum of witnesses is met.',
      'not met': 'The quorum of witnesses is not met.',
    },
    at: (size: string, time: string) => `Last met for ${size} entries, ${time} UTC.`,
    since: (time: string) =>
      `What was logged since ${time} UTC stands under this station’s signature alone.`,
  },
  witness: {
    brief: 'Let a hub and its members sign this log, and sign theirs',
    on: 'Ask this hub and its members for signatures, and give them this station’s',
    off: 'Neither ask nor sign with this hub any more',
    by: 'Who decides it; your account by default',
    switchedOn: (peer: string) =>
      `${peer} and its members are asked to sign checkpoints of this log. They learn its random name, how long it is and a digest; nothing of what it holds.`,
    switchedOff: (peer: string) => `${peer} is asked no more.`,
    confirm: 'Let a witness count: its fingerprint as its own people read it out, by telephone',
    confirmedNow: (name: string) => `${name} counts from now on.`,
    remove: 'Remove a witness by the name of its key: asked no more, counted no more',
    removedNow: (name: string) => `${name} is asked no more, and counts no more.`,
    stop: 'Sign a log of others no more',
    resume: 'Sign a log of others again',
    stoppedNow: (log: string) => `${log} is signed here no more.`,
    resumedNow: (log: string) => `${log} is signed here again.`,
    ownFingerprint: (fingerprint: string) =>
      `Read this out to those whose logs it signs: ${fingerprint}`,
    notCompared: 'does not count: nobody compared its key',
    compared: (by: string) => `key compared by ${by}`,
    removed: (by: string) => `removed by ${by}`,
    stopped: (by: string) => `signed no more (${by})`,
    own: (key: string) => `As a witness, this station signs with ${key}`,
    never: 'has not signed yet',
    signed: (size: string, time: string) => `signed ${size} entries, ${time} UTC`,
    nobody: 'Nobody else signs this log.',
    logs: 'Logs that this station signs:',
    inQuorum: 'in the quorum',
    problems: {
      larger: (about: string) =>
        `signed a larger log of this name, of ${about} entries: this one was put back to an older state, or another is shown elsewhere`,
      different: () =>
        'signed a log of this name that this one does not go on from: this one was written anew, or another is shown elsewhere',
      refused: (about: string) => `did not sign: ${about}`,
      'bad signature': () => 'answered with a signature that is not valid',
    },
    flaws: {
      smaller: 'shows fewer entries than were signed here: it was put back to an older state',
      different: 'shows other entries than were signed here: it was written anew, or two are shown',
    },
    logTitle: (organisation: string) => `The log of ${organisation} is not the one signed here`,
    logWhy: {
      smaller: (organisation: string, origin: string) =>
        `${organisation} signed a checkpoint of its log ${origin} with fewer entries than it had when this station signed it. Either its records were put back, or somebody there hides what was logged. Both checkpoints are kept. Tell them by telephone.`,
      different: (organisation: string, origin: string) =>
        `${organisation} signed a checkpoint of its log ${origin} that does not go on from the one signed here. Either its log was written anew, or others are shown another one. Both checkpoints are kept. Tell them by telephone.`,
    },
    ownTitle: 'A witness signed another log of this station’s name',
    ownWhy: {
      larger: (organisation: string) =>
        `${organisation} signed more entries of this station’s log than it holds now. The records were put back to an older state, or somebody else uses this station’s key. Verify what is stored.`,
      different: (organisation: string) =>
        `${organisation} signed entries of this station’s log that it does not hold now. The log was written anew, or somebody else uses this station’s key. Verify what is stored.`,
    },
  },
  flaw: (flaw: EvidenceFlaw): string => FLAWS[flaw.kind](flaw),
}
