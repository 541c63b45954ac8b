// What is said of rules, analytics and checks between hubs and stations.

import type { ContentAnswer, ContentKind } from '../../model/index.ts'

export const shareContent = {
  brief: 'Rules, analytics and checks of hubs: what came, what is in use, what members answered',
  list: 'List what hubs sent; on a hub, what was given out and what each member says',
  show: 'Show the text of one that came',
  accept: 'Put one to use, and run it over what is stored',
  decline: 'Do not use one, or take it out of use',
  accepted: 'It is in use. What is stored is being looked through.',
  declined: 'It is not in use here. The hub is told.',
  none: 'Nothing of the kind came or was given out.',
  noSuch: (id: string) => `${id}, which no hub sent`,
  expected: 'an id of “vigie share content”',
  kinds: {
    rule: 'Sigma rule',
    analytic: 'analytic',
    check: 'check of configurations',
  } satisfies Record<ContentKind, string>,
  answers: {
    'in use': 'in use',
    asked: 'waits for a person',
    declined: 'declined',
    refused: 'not usable',
  } satisfies Record<ContentAnswer, string>,
  states: {
    taken: 'being checked',
    asked: 'waits for a person',
    searching: 'in use; being searched',
    answered: 'in use',
    'not watched': 'not usable',
    declined: 'declined',
    kept: 'kept',
    refused: 'refused',
    withdrawn: 'withdrawn',
  },
  usedBefore: (version: string) => `version ${version} stays in use`,
  seen: (count: number) => (count === 0 ? 'looked, not seen' : `seen ${count}×`),
  nothingSaid: 'nothing said',
  given: (name: string, kind: string) => `${name} (${kind})`,
  withdrawn: 'withdrawn',
}
