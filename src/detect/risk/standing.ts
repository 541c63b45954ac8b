// What a rule's author says of it: its level is how much it says by itself, its tactics are what it is a sign of.

import type { Severity } from '../../model/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import type { Standing } from './weigh.ts'

/** Levels as the Sigma specification defines them: low is seldom an incident by itself, medium is to be looked at, high wakes somebody. */
const STRENGTHS: Readonly<Record<Severity, number>> = {
  informational: 0.25,
  low: 0.5,
  medium: 1,
  high: 1.5,
  critical: 2,
}

const TACTIC = /^attack\.[a-z-]+$/

/** A rule of which nothing is known counts as an ordinary one, and is a sign of its own. */
export function standingOf(known: ReadonlyMap<string, RuleFacts>): Standing {
  return {
    strengthOf: (rule) => STRENGTHS[known.get(rule)?.severity ?? 'medium'],
    signsOf: (rule) => {
      const tactics = (known.get(rule)?.attack ?? []).filter((tag) => TACTIC.test(tag))
      return tactics.length === 0 ? [rule] : tactics
    },
  }
}
