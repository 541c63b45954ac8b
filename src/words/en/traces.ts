// What logs say of a change on a device: who made it, and what is wrong with how it came about.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

/** What a sentence about a change is made of. `actors`: names with where from, joined. */
type Told = Readonly<Record<'device' | 'after' | 'before' | 'actors', string>>

export const traces = {
  states: {
    pending: 'The logs are looked through within minutes.',
    found: 'Its logs tell who worked on the device in the time of this change.',
    none: 'Its logs came all the time, and hold no login and no command in the time of this change.',
    silent:
      'Not assessable: no line of this device’s logs reached the station in the time of this change.',
    gap: 'Not assessable: lines of this device stopped for longer than they do, in the time of this change.',
    untold:
      'Not assessable: lines of this device reach the station, but none ever told of a login or a command. Have it log both.',
  },
  gap: (from: string, to: string) => `No line between ${from} and ${to}.`,
  nobody: 'nobody named',
  console: 'a console',
  actor: (who: string, from: string) => `${who} from ${from}`,
  did: (logins: number, commands: number) =>
    [
      logins > 0 ? n(logins, 'login', 'logins') : '',
      commands > 0 ? n(commands, 'command', 'commands') : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  more: (count: number) => `and ${n(count, 'other line', 'other lines')} of logs`,
  noActs: 'Its logs tell of nobody in that time.',
  acts: 'Who did what on a device, by its logs',
  title: 'Who changed it, by its logs',
  recent: 'Who worked on it in the last 7 days, by its logs',
  line: 'The line',
  lines: 'Lines of its logs',
  who: 'Who worked on it',
  kinds: { login: 'login', command: 'command', commit: 'configuration ended' },
  checks: {
    'change-without-login': {
      title: 'Changed, and nobody logged in',
      why: ({ device, after, before }: Told) =>
        `The configuration of ${device} changed between ${after} and ${before}. Its logs came all that time and tell logins and commands on other days, but none then: what changed it went around the log, or around the login.`,
      do: [
        'Keep the device’s memory and logs before anything is restarted',
        'Ask every operator whether they made the change',
        'Look for exploited services of the device that need no login, and for its managers',
      ],
      benign:
        'A central manager or an automatic update changed it, or somebody worked at a console that is not logged.',
    },
    'change-without-commands': {
      title: 'Changed without a command in the logs',
      why: ({ device, after, before, actors }: Told) =>
        `The configuration of ${device} changed between ${after} and ${before}. Its logs tell commands on other days; then they hold logins (${actors}) and no command.`,
      do: [
        'Ask whoever logged in what they did, by another way than the device',
        'See whether the logging of commands still stands in the configuration',
      ],
      benign: 'The change was made by a way whose commands this make does not log.',
    },
    'commands-without-record': {
      title: 'Commands without a change record',
      why: ({ device, after, before, actors }: Told) =>
        `Between ${after} and ${before}, ${actors} gave commands of configuration on ${device}, and no change record covers what changed.`,
      do: [
        'Ask the person whose account it is, by another way than the device',
        'Explain the change if it is theirs; else change the account’s password and open a case',
      ],
      benign: 'Ordinary work that nobody wrote down.',
    },
    'change-from-outside': {
      title: 'Worked on from outside the management network',
      why: ({ device, after, before, actors }: Told) =>
        `Between ${after} and ${before}, the configuration of ${device} changed, and ${actors} worked on it: an address outside the networks that operators work from.`,
      do: [
        'Ask the person whose account it is where they were',
        'Close the management of the device to every network but the operators’',
      ],
      benign: 'An operator worked from a place that is not named as a management network.',
    },
    'change-from-distrusted': {
      title: 'Worked on from an address under alert',
      why: ({ device, after, before, actors }: Told) =>
        `Between ${after} and ${before}, the configuration of ${device} changed, and ${actors} worked on it: open alerts are about that address.`,
      do: [
        'Read the alerts about the address first',
        'Treat the device as taken: keep its memory and logs, take its accounts’ passwords out of use',
      ],
      benign: 'The alert about the address is a mistake. Close it, and say why.',
    },
    'change-by-stranger': {
      title: 'Commands by an account that is no operator’s',
      why: ({ device, after, before, actors }: Told) =>
        `Between ${after} and ${before}, ${actors} gave commands of configuration on ${device} and is not among the operators of its group.`,
      do: ['Ask whose account it is', 'Look for its logins on every device'],
      benign: 'A new colleague who is not on the list yet.',
    },
  },
}
