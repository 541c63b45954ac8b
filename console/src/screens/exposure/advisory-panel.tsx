// One advisory: why its date is what it is, and each asset that has it.

import { useQuery } from '@tanstack/react-query'
import type { Advisory } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Reference } from '../../parts/reference.tsx'
import { exposuresQuery } from './exposure-api.ts'
import { OneExposure } from './one-exposure.tsx'

type Props = { advisory: Advisory; onClose: () => void }

export function AdvisoryPanel({ advisory, onClose }: Props) {
  const words = useRoomWords().exposure
  const side = useSide()
  const { vulnerability, title, why } = advisory
  return (
    <Panel label={words.detail} of={vulnerability} onClose={onClose}>
      <h2>{vulnerability}</h2>
      <p>{title}</p>
      <p>{side(why)}</p>
      <AdvisoryFacts advisory={advisory} />
      <section className={layout.section}>
        <h3>{words.onAssets}</h3>
        <Places vulnerability={vulnerability} />
      </section>
    </Panel>
  )
}

function AdvisoryFacts({ advisory }: { advisory: Advisory }) {
  const words = useRoomWords().exposure
  const format = useFormat()
  const { vulnerability, due, epss, score, products, exploited } = advisory
  const isCve = vulnerability.startsWith('CVE-')
  return (
    <Facts
      facts={[
        [words.due, dayOf(due) || words.noDate],
        [words.columns.tier, words.tiers[advisory.tier]],
        [words.columns.exploited, exploited ? words.yes : words.no],
        [words.columns.epss, epss === null ? '' : format.percent(epss)],
        [words.columns.score, score === null ? '' : format.rate(score)],
        [words.columns.product, products.join(', ')],
        [words.columns.facing, format.number(advisory.internetFacing)],
        [
          words.columns.state,
          [
            words.overdueOf(advisory.overdue),
            words.unsureOf(advisory.unsure),
            words.exceptedOf(advisory.excepted),
          ].join(', '),
        ],
        ['CVE', isCve ? <Reference key="cve" address={recordAt(vulnerability)} /> : ''],
      ]}
    />
  )
}

function recordAt(cve: string): string {
  return `https://www.cve.org/CVERecord?id=${cve}`
}

function Places({ vulnerability }: { vulnerability: string }) {
  const { data, error, refetch } = useQuery(exposuresQuery(vulnerability))
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <ul>
      {data.map((one) => (
        <OneExposure key={one.asset} is={one} named="asset" />
      ))}
    </ul>
  )
}
