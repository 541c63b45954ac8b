// What sensors say at their own terminal, and what a station says of them.

import { plural } from '../plural.ts'

export const sensors = {
  brief: 'Invite, list and revoke the sensors of a running station',
  /** Title of the alert. */
  silent: 'A sensor is not heard from',
  noLog:
    'This is a report of a scanner or a list of vulnerabilities, not a log. A sensor passes on logs alone: put it in the inbox of the station, or run “vigie exposure import” there.',
  run: {
    brief: 'Receive logs here and forward them to a station',
    ready: (name: string, station: string) => `Sensor ${name} forwards to ${station}.`,
    http: (url: string, data: string) =>
      `  Send by HTTP   ${url}  (token in ${data}/keys/intake-token)`,
    waits: (megabytes: string) => `${megabytes} MiB from the last run wait to be sent.`,
    enrolled: (name: string, station: string) => `Enrolled as ${name} at ${station}.`,
    linkLost: (reason: string) =>
      `The station takes nothing at the moment: ${reason}. What is received waits on disk and is sent later.`,
    refused: (reason: string) =>
      `The station refuses this sensor (${reason}): it is revoked, or its certificate is too old. What is received waits on disk. To enrol again: “vigie sensors invite NAME” on the station, then --enrol here.`,
    linkBack: 'The station takes what was received again.',
    full: (megabytes: string) =>
      `The spool is full (${megabytes} MiB wait): senders over TCP and HTTP and files wait, messages over UDP are lost. Restore the link, or raise --spool-limit-mib.`,
    roomAgain: 'The spool has room again.',
    diskTrouble: (reason: string) => `The disk takes nothing: ${reason}. Senders wait.`,
    diskBack: 'The disk takes lines again.',
    damaged: (file: string) =>
      `The disk changed part of a spool file. What could be trusted is sent; the rest is kept in ${file}.`,
    content: (time: string) => `Content of ${time} UTC came from the station and is in use.`,
    contentRefused: {
      damaged:
        'Content of the station is damaged and is not used. What was in use before stays; it is asked for again.',
      not_signed:
        'Content is not signed by this sensor’s station and is not used. What was in use before stays. Look at what stands between the two.',
      older: 'The station sent content older than what is in use; it is not used.',
    },
  },
  invite: {
    brief: 'Make the code that enrols a sensor, good once and for an hour',
    enrol: (code: string) => `On the sensor:\n\n  vigie sensor --enrol ${code}\n`,
    until: (time: string) => `The code is good once, until ${time} UTC.`,
    loopback: (address: string) =>
      `The code says ${address}, which only this machine can reach. For others: vigie up --sensor-listen 0.0.0.0, and invite with --address HOST.`,
  },
  list: {
    brief: 'List the sensors with last contact, lag, spool and clock',
    none: 'No sensor has been invited yet. To begin: vigie sensors invite NAME',
    columns: {
      name: 'sensor',
      state: 'state',
      lastSeen: 'last seen (UTC)',
      lag: 'lag',
      spool: 'spool',
      lost: 'lost',
      skew: 'clock',
      expires: 'certificate until',
      content: 'content',
      met: 'met',
    },
    states: { invited: 'invited', enrolled: 'enrolled', revoked: 'revoked' },
    noContent: 'none yet',
    newerContent: (made: string) => `${made}, newer waits`,
    nothingWaits: 'none',
    ahead: (ms: string) => `${ms} ms ahead`,
    behind: (ms: string) => `${ms} ms behind`,
    seconds: (seconds: number) => plural('en', seconds, 'second', 'seconds'),
  },
  revoke: {
    brief: 'Cut a sensor off now, for good',
    done: (name: string) => `${name} is cut off. What it sent stays.`,
  },
}
