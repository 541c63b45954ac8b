// How rules and correlations hang together: what a correlation is made of, and what a rule is part of.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Rule } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { rulesQuery } from '../../queries.ts'

export function OfCorrelation({ is }: { is: NonNullable<Rule['correlation']> }) {
  const words = useWords().rules.correlation
  const side = useSide()
  const format = useFormat()
  const facts = [
    [words.type, is.type],
    [words.condition, is.condition],
    [words.timespan, is.timespan],
    [words.groupBy, is.groupBy.join(', ')],
  ] as const
  return (
    <section className={layout.section}>
      <h3>{words.title}</h3>
      <p className="quiet">{words.how}</p>
      <dl className={layout.facts}>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`}>{value}</dd>])}
      </dl>
      {is.ungrouped > 0 && <p className="quiet">{words.ungrouped(format.number(is.ungrouped))}</p>}
      <h3>{words.rules}</h3>
      <RuleLinks rules={is.rules.map(({ id, title }) => ({ id, title: side(title) }))} />
    </section>
  )
}

export function InCorrelations({ rule }: { rule: Rule }) {
  const words = useWords().rules.correlation
  const side = useSide()
  const { data } = useQuery(rulesQuery)
  const titles = new Map(data?.rules.map(({ id, title }) => [id, side(title)]))
  return (
    <section className={layout.section}>
      <h3>{words.partOf}</h3>
      {rule.isMuted && <p className="quiet">{words.muted}</p>}
      <RuleLinks rules={rule.feeds.map((id) => ({ id, title: titles.get(id) ?? id }))} />
    </section>
  )
}

function RuleLinks({ rules }: { rules: readonly { id: string; title: string }[] }) {
  return (
    <ul>
      {rules.map(({ id, title }) => (
        <li key={id}>
          <Link to="/rules" search={{ rule: id }}>
            {title}
          </Link>
        </li>
      ))}
    </ul>
  )
}
