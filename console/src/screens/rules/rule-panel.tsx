// One rule: what it is for, why it does not run, its text and its SQL.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RuleDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import { Facts } from '../../parts/facts.tsx'
import type { Fact } from '../../parts/facts.tsx'
import { FirstSteps, Robustness } from '../../parts/guide.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Reference } from '../../parts/reference.tsx'
import { Severity } from '../../parts/severity.tsx'
import { techniquesFact } from '../../parts/techniques.tsx'
import { ruleQuery } from '../../queries.ts'
import { InCorrelations, OfCorrelation } from './correlation.tsx'
import { RunOneRule } from './rule-runs.tsx'

export function RulePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords().rules
  const { data, error, refetch } = useQuery(ruleQuery(id))
  return (
    <Panel label={words.detail} of={id} onClose={onClose}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Detail detail={data} />}
    </Panel>
  )
}

function Detail({ detail }: { detail: RuleDetail }) {
  const words = useWords()
  const side = useSide()
  const { rule, description, guidance, text, sql } = detail
  return (
    <>
      <Severity is={rule.severity} />
      <h2>{side(rule.title)}</h2>
      {rule.problem !== null && (
        <section>
          <h3>{words.rules.why}</h3>
          <p>{rule.problem}</p>
        </section>
      )}
      {rule.state === 'breaker' && <p>{words.rules.breakerHow}</p>}
      <p>{side(description)}</p>
      <Robustness guidance={guidance} />
      <p>
        <Link to="/alerts" search={{ rule: rule.id, state: 'all' }}>
          {words.rules.alerts}
        </Link>
      </p>
      {rule.own !== null && <Edit own={rule.own} />}
      {(rule.state === 'active' || rule.state === 'breaker') && <RunOneRule rule={rule.id} />}
      <FirstSteps guidance={guidance} />
      <RuleFacts rule={rule} />
      {rule.correlation === null && <Cost rule={rule} />}
      {rule.correlation !== null && <OfCorrelation is={rule.correlation} />}
      {rule.feeds.length > 0 && <InCorrelations rule={rule} />}
      {rule.filters.length > 0 && <Filters filters={rule.filters} />}
      <Text title={words.rules.text} text={text} />
      {sql === null ? (
        <p className="quiet">{words.rules.noSql}</p>
      ) : (
        <Text title={words.rules.sql} text={sql} />
      )}
    </>
  )
}

function Filters({ filters }: Pick<RuleDetail['rule'], 'filters'>) {
  const words = useWords().rules
  return (
    <section className={layout.section}>
      <h3>{words.filters}</h3>
      <p className="quiet">{words.filtersHow}</p>
      <ul>
        {filters.map(({ title, reason, expires, file, own }) => (
          <li key={`${file} ${title}`}>
            {title}
            {expires !== null && `, ${words.expires(expires)}`}
            {reason !== '' && <p className="quiet">{reason}</p>}
            {own !== null && <Edit own={own} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Edit({ own }: { own: string }) {
  const words = useWords().rules
  return (
    <p>
      <Link to="/rules/write" search={{ file: own }}>
        {words.edit}
      </Link>
    </p>
  )
}

function Cost({ rule }: { rule: RuleDetail['rule'] }) {
  const words = useWords().rules
  const format = useFormat()
  if (rule.costShare === null)
    return rule.state === 'active' ? <p className="quiet">{words.noCost}</p> : null
  const share = words.costShare(format.percent(rule.costShare))
  const cost = rule.cost === null ? words.fewEvents : words.costOf(format.rate(rule.cost))
  return (
    <p className="quiet">
      {share}. {cost}. {words.costHow}
    </p>
  )
}

function RuleFacts({ rule }: { rule: RuleDetail['rule'] }) {
  const words = useWords().rules
  const format = useFormat()
  const facts: readonly Fact[] = [
    [words.columns.state, words.states[rule.state]],
    [words.columns.hits24h, format.number(rule.hits24h)],
    [words.columns.hits, format.number(rule.hits)],
    [words.columns.lastHit(format.zone), rule.lastHit === null ? '' : format.time(rule.lastHit)],
    [words.columns.logsource, rule.logsource],
    techniquesFact(words.columns.attack, rule.attack),
    [words.author, rule.author],
    [
      words.reference,
      rule.reference === '' ? '' : <Reference key="reference" address={rule.reference} />,
    ],
    [words.status, rule.status],
    [words.file, rule.file],
    [words.falsePositives, rule.falsePositives.join('; ')],
  ]
  return <Facts facts={facts} />
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <section className={layout.section}>
      <div className="row spread">
        <h3>{title}</h3>
        <Copy text={text} />
      </div>
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </section>
  )
}
