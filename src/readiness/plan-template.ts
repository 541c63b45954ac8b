// A plan to fill in: every part that is looked for, once, in the language of the reader. It is accepted as it is, and lacks what it shows.

import type { Plan, PlanKind } from '../model/index.ts'
import { wordsOf } from '../words/index.ts'
import type { Language } from '../words/index.ts'

export function planTemplate(kind: PlanKind, language: Language): Plan {
  const say = wordsOf(language).readiness.planTemplate
  const contact = (of: 'lead' | 'alternate' | 'authority' | 'provider') => ({
    name: say.name,
    role: say.roles[of],
    organization: '',
    phone: '',
    otherPhone: '',
    outsideMail: '',
    kind: of,
    tested: null,
  })
  const isOfSystems = kind === 'recovery' || kind === 'continuity'
  return {
    title: wordsOf(language).readiness.plans[kind],
    owner: say.name,
    approvedBy: '',
    approved: null,
    reviewed: null,
    offlineCopy: '',
    contacts: [contact('lead'), contact('alternate'), contact('authority'), contact('provider')],
    exercises: [],
    scenarios:
      kind === 'response'
        ? [{ name: say.scenario, starts: say.starts, steps: [say.step], decides: say.name }]
        : [],
    systems: isOfSystems
      ? [
          {
            name: say.system,
            order: 1,
            backWithinHours: null,
            loseAtMostHours: null,
            backup: '',
            keptApart: false,
            manualWay: '',
          },
        ]
      : [],
    notices:
      kind === 'communications'
        ? [{ to: say.to, by: say.name, way: say.way, withinHours: null, template: '' }]
        : [],
  }
}
