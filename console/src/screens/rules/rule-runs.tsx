// Rules over stored events, on the Rules screen: the newest run, and a way to start one of all rules.

import { useState } from 'react'
import { useWords } from '../../language.ts'
import { Problem } from '../../parts/problem.tsx'
import { SpanForm } from '../../parts/span-form.tsx'
import { RunStatus } from './run-status.tsx'
import { useRuleRuns } from './use-rule-runs.ts'

export function RuleRuns() {
  const words = useWords().rules.runs
  const runs = useRuleRuns()
  // A run opens it, and leaves it open when it ends.
  const [isOpen, setOpen] = useState(false)
  const isRunning = runs.newest?.state === 'running'
  return (
    <details
      open={isOpen || isRunning}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{words.title}</summary>
      <p className="quiet">{words.how}</p>
      <SpanForm action={words.runAll} isBusy={runs.isBusy} start={runs.start} />
      {runs.error !== null && runs.error !== undefined && <Problem error={runs.error} />}
      {runs.newest && <RunStatus run={runs.newest} runs={runs} />}
    </details>
  )
}

/** The same for one rule, in its panel. */
export function RunOneRule({ rule }: { rule: string }) {
  const words = useWords().rules.runs
  const runs = useRuleRuns()
  const { newest } = runs
  return (
    <section>
      <SpanForm
        action={words.runOne}
        isBusy={runs.isBusy}
        start={(span) => runs.start({ ...span, rules: [rule] })}
      />
      {runs.error !== null && runs.error !== undefined && <Problem error={runs.error} />}
      {newest?.rules?.includes(rule) && <RunStatus run={newest} runs={runs} />}
    </section>
  )
}
