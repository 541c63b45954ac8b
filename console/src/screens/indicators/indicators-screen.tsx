// Indicators: the lists, a box to look values up, and a form to add some.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRoomWords, useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { indicatorListsQuery } from '../../queries.ts'
import { AddIndicators } from './add-indicators.tsx'
import { Lists } from './lists.tsx'
import { Searches } from './searches.tsx'
import { Values } from './values.tsx'

const route = getRouteApi('/indicators')

export function IndicatorsScreen() {
  const words = useWords()
  const rooms = useRoomWords()
  const { text = '', list = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(indicatorListsQuery)
  return (
    <>
      <PageTitle title={words.places.indicators}>{data && <AsOf at={data.asOf} />}</PageTitle>
      <p className="quiet">{rooms.indicators.about}</p>
      <AddIndicators lists={data?.lists ?? []} />
      <Searches />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Lists lists={data.lists} chosen={list} />}
      <section className={layout.section}>
        <h2>{rooms.indicators.values}</h2>
        <FindBox
          label={rooms.indicators.find}
          value={text}
          find={(next) =>
            void navigate({ search: (before) => ({ ...before, text: next }), replace: true })
          }
          size={48}
        />
        <Values text={text} list={list} />
      </section>
    </>
  )
}
