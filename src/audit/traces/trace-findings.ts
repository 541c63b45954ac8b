// What is wrong with how a change came about, as findings people read beside the others, and as alerts.

import type { AuditFinding, Finding, RuleFacts } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { AuditAlerts } from '../records/alerts.ts'
import type { Suspicion, SuspicionKind } from './suspect.ts'

/** The change that is told about; times in UTC milliseconds. */
export type ToldChange = {
  readonly device: string
  readonly version: string
  readonly afterMs: number
  readonly beforeMs: number
}

const ATTACK: Readonly<Record<SuspicionKind, readonly string[]>> = {
  'change-without-login': ['T1190', 'T1601'],
  'change-without-commands': ['T1562.001'],
  'commands-without-record': ['T1078'],
  'change-from-outside': ['T1078', 'T1133'],
  'change-from-distrusted': ['T1078'],
  'change-by-stranger': ['T1078.003'],
}

export function traceFinding(suspicion: Suspicion, change: ToldChange): AuditFinding {
  const { kind, severity } = suspicion
  const say = (language: Language) => wordsOf(language).traces.checks[kind]
  const [en, fr] = [say('en'), say('fr')]
  return {
    check: kind,
    kind: 'change',
    severity,
    step: null,
    title: { en: en.title, fr: fr.title },
    why: { en: whyOf(suspicion, change, 'en'), fr: whyOf(suspicion, change, 'fr') },
    do: { en: [...en.do], fr: [...fr.do] },
    falsePositives: { en: en.benign, fr: fr.benign },
    attack: [...ATTACK[kind]],
    references: [],
    places: [],
    count: 1,
  }
}

function whyOf({ kind, actors }: Suspicion, change: ToldChange, language: Language): string {
  const { traces } = wordsOf(language)
  const { device, afterMs, beforeMs } = change
  const named = actors
    .slice(0, ACTORS_NAMED)
    .map(({ who, from }) => traces.actor(who || traces.nobody, from || traces.console))
  const told = { device, after: minuteOf(afterMs), before: minuteOf(beforeMs) }
  return traces.checks[kind].why({ ...told, actors: named.join(', ') })
}

const ACTORS_NAMED = 5

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** From medium up, as of other findings about changes. What was expected rings no bell. */
export function traceAlerts(suspicions: readonly Suspicion[], change: ToldChange): AuditAlerts {
  const ringing = suspicions.filter(({ severity }) => severity !== 'low')
  const rules = ringing.map((suspicion): RuleFacts => {
    const { title, why, attack, severity } = traceFinding(suspicion, change)
    return {
      id: `audit-${suspicion.kind}`,
      title,
      severity,
      attack: attack.map((technique) => `attack.${technique.toLowerCase()}`),
      author: 'Vigie',
      reference: '',
      why,
    }
  })
  return {
    findings: ringing.flatMap((suspicion, at) => {
      const rule = rules[at]
      return rule === undefined ? [] : [findingOf(suspicion, rule, change)]
    }),
    rules: new Map(rules.map((rule) => [rule.id, rule])),
  }
}

function findingOf({ kind, actors }: Suspicion, rule: RuleFacts, change: ToldChange): Finding {
  return {
    rule: rule.id,
    title: rule.title.en,
    severity: rule.severity,
    time: new Date(change.beforeMs).toISOString(),
    entityKind: 'device',
    entity: change.device,
    batch: change.version,
    line: 0,
    reasons: actors.slice(0, ACTORS_NAMED).map(({ who, from }) => ({
      selection: kind,
      field: 'actor',
      value: from === '' ? who : `${who} ${from}`,
      pattern: '',
    })),
  }
}
