// One account, address, device or source: what it is, what was found on it, what is usual for it, and its alerts.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import type { EntityDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Sparkline } from '../../parts/sparkline.tsx'
import { entityQuery } from '../../queries.ts'
import { eventsOf } from '../alerts/alert-hunts.ts'
import { AlertLinks } from '../alerts/alert-links.tsx'
import { RulesTable } from './rules-table.tsx'
import { UsualTable } from './usual-table.tsx'

const route = getRouteApi('/entity')

export function EntityScreen() {
  const words = useWords()
  const rooms = useRoomWords()
  const { kind = '', name = '' } = route.useSearch()
  const { data, error, refetch } = useQuery(entityQuery(kind, name))
  return (
    <div>
      <PageTitle title={name}>{data && <AsOf at={data.asOf} />}</PageTitle>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p className="quiet">{words.entity[data.kind]}</p>
          <p>
            <Link to="/hunt" search={eventsOf(data)} className="button">
              {rooms.entityPage.hunt}
            </Link>
          </p>
          <What of={data} />
          <Risk of={data} />
          <UsualTable usual={data.usual} />
          <RulesTable rules={data.rules} />
          <section className={layout.section}>
            <h2>{rooms.entityPage.alerts}</h2>
            <AlertLinks alerts={data.alerts} none={rooms.entityPage.alertsNone} />
          </section>
        </>
      )}
    </div>
  )
}

type Part = { of: EntityDetail }

function What({ of: { alsoNamed, network, account, asset } }: Part) {
  const words = useRoomWords().entityPage
  const accountText = ({ kind, tier, critical }: NonNullable<EntityDetail['account']>) =>
    `${kind}, ${words.tier(tier)}${critical ? `, ${words.critical}` : ''}`
  const run = network !== null && network.asn > 0 ? networkText(network, words.kinds) : null
  return (
    <section className={layout.section}>
      <h2>{words.what}</h2>
      {run === null && account === null && asset === null && (
        <p className="quiet">{words.unknown}</p>
      )}
      <Facts
        facts={[
          [words.alsoNamed, alsoNamed.join(', ')],
          [words.network, run],
          [words.account, account && accountText(account)],
          [words.assurance, account?.assurance ?? ''],
          [words.importance, asset?.criticality ?? ''],
          [words.zone, asset?.zone ?? ''],
          [words.owner, asset?.owner ?? ''],
          [words.facing, asset?.facing ?? ''],
        ]}
      />
    </section>
  )
}

type Network = NonNullable<EntityDetail['network']>

function networkText(
  { asn, organisation, kind, country }: Network,
  kinds: Readonly<Record<Exclude<Network['kind'], ''>, string>>,
): string {
  return [`AS${asn}`, organisation, kind === '' ? '' : kinds[kind], country]
    .filter((text) => text !== '')
    .join(', ')
}

function Risk({ of: { days, rare } }: Part) {
  const words = useRoomWords().entityPage
  const format = useFormat()
  const findings = days.reduce((sum, day) => sum + day.findings, 0)
  const said = words.found(findings, days.filter((day) => day.findings > 0).length)
  return (
    <section className={layout.section}>
      <h2>{words.risk}</h2>
      {findings === 0 && <p className="quiet">{words.none}</p>}
      {findings > 0 && (
        <p className="row">
          <Sparkline
            values={days.map((day) => day.findings)}
            label={said}
            height={36}
            barWidth={8}
          />
          <span>{said}</span>
        </p>
      )}
      <ul>
        {rare.map(({ hour, score }) => (
          <li key={hour}>{words.rare(format.full(hour), format.number(Math.round(score)))}</li>
        ))}
      </ul>
    </section>
  )
}
