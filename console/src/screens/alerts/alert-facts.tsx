// The facts of an alert, as names and values.

import type { Alert } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import { Facts } from '../../parts/facts.tsx'
import type { Fact } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Reference } from '../../parts/reference.tsx'
import { techniquesFact } from '../../parts/techniques.tsx'

export function AlertFacts({ alert }: { alert: Alert }) {
  const words = useWords()
  return (
    <section className={layout.section}>
      <h3>{words.alert.facts}</h3>
      <Facts facts={useFacts(alert)} />
    </section>
  )
}

function useFacts(alert: Alert): readonly Fact[] {
  const words = useWords()
  const format = useFormat()
  const { assessment, reason } = alert
  const closed = assessment && [words.assessment[assessment], reason].filter(Boolean).join(' – ')
  return [
    [
      words.alert.seen,
      words.alert.seenFromTo(format.time(alert.firstSeen), format.full(alert.lastSeen)),
    ],
    [words.alert.events, format.number(alert.count)],
    [words.alerts.columns.assignee, alert.assignee ?? words.alert.nobody],
    [words.alert.closedBecause, closed],
    [words.alert.reopened, alert.reopened > 0 ? words.alert.reopenedTimes(alert.reopened) : null],
    techniquesFact(words.rules.columns.attack, alert.attack),
    [words.alert.author, alert.author],
    [words.alert.reference, alert.reference && <Reference address={alert.reference} />],
  ]
}
