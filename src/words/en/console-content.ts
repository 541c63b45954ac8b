// Rules, analytics and checks of hubs on the screens of sharing.

import { shareContent } from './share-content.ts'

export const consoleContent = {
  title: 'Rules, analytics and checks',
  how: 'What your hubs wrote to find intruders. What is put to use is run over everything that is stored, and the hub learns how often it was met, or that it was not.',
  none: 'No hub sent any yet.',
  kinds: shareContent.kinds,
  states: shareContent.states,
  answers: shareContent.answers,
  seen: shareContent.seen,
  from: (organisation: string, version: string) => `From ${organisation}, version of ${version}.`,
  facts: { reason: 'Why', seen: 'Here', used: 'In use since', before: 'Still in use' },
  usedBy: (by: string, since: string) => `${since}, accepted by ${by}`,
  byAgreement: (since: string) => `${since}, as the agreement says`,
  before: (version: string) => `the version of ${version}`,
  text: 'Its text',
  accept: (name: string) => `Put “${name}” to use`,
  decline: (name: string) => `Do not use “${name}”`,
  given: {
    title: 'Rules, analytics and checks given out',
    none: 'None was given out. Give out a file of a rule, an analytic or a check as any other file.',
    columns: ['What', 'Member', 'State there', 'Why', 'Met there', 'Said'],
    nobody: 'no member yet',
    nothingSaid: shareContent.nothingSaid,
    withdrawn: (name: string) => `${name} (withdrawn)`,
    withdraw: (name: string) => `Withdraw “${name}”`,
  },
}
