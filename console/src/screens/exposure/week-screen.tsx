// What to patch, as work: one line a product, what is due first on top.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Patch, Patches } from '../../api-types.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import type { WeekSearch } from '../../search-params.ts'
import { exportAddress, patchesQuery } from './exposure-api.ts'
import { ExposureFrame } from './exposure-frame.tsx'
import { FacetBar } from './facet-bar.tsx'
import { PatchPanel } from './patch-panel.tsx'
import { keyOfPatch, usePatchColumns } from './use-patch-columns.tsx'

const route = getRouteApi('/exposure/week')
/** Days that the station is asked for; it always adds what is overdue. */
const DAYS = { overdue: '0', week: '7', month: '30', all: '' } as const
const WITHINS = [
  'overdue',
  'week',
  'month',
  'all',
] as const satisfies readonly (keyof typeof DAYS)[]

export function WeekScreen() {
  const { within, patch: _open, ...narrow } = route.useSearch()
  const days = DAYS[WITHINS.find((one) => one === within) ?? 'week']
  const query = useQuery(patchesQuery(days, narrow))
  return (
    <ExposureFrame {...stateOf(query)}>
      {query.data && <List data={query.data} days={days} />}
    </ExposureFrame>
  )
}

function List({ data, days }: { data: Patches; days: string }) {
  const words = useRoomWords().exposure
  const { within = 'week', patch, ...narrow } = route.useSearch()
  const language = useLanguage()
  const navigate = route.useNavigate()
  const set = (change: WeekSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const show = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, patch: next }) })
  const columns = usePatchColumns()
  const chosen = data.patches.find((one: Patch) => keyOfPatch(one) === patch)
  return (
    <>
      <Sentence data={data} />
      <div className={layout.bar}>
        <FindBox
          label={words.filter}
          value={narrow.text}
          find={(text) => set({ text })}
          size={30}
        />
        <Choices
          label={words.within}
          choices={WITHINS.map((value) => ({ value, label: words.withins[value] }))}
          isChosen={(value) => value === within}
          choose={(value) => set({ within: value === 'week' ? undefined : value })}
        />
        <CopyRows columns={columns} rows={data.patches} />
        <a href={exportAddress({ ...narrow, within: days, language })} download>
          {words.spreadsheet}
        </a>
      </div>
      <FacetBar narrow={narrow} set={set} />
      {data.patches.length === 0 && <p>{words.patches.none}</p>}
      <SplitList
        label={words.views.week}
        columns={columns}
        rows={data.patches}
        rowKey={keyOfPatch}
        open={patch}
        show={show}
      >
        {chosen && <PatchPanel patch={chosen} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}

/** The whole screen in one line. */
function Sentence({ data: { patches, total } }: { data: Patches }) {
  const { patches: words } = useRoomWords().exposure
  const sum = (of: (one: Patch) => number) => patches.reduce((all, one) => all + of(one), 0)
  if (total === 0) return null
  return (
    <p role="status">
      <strong>
        {words.sentence(
          total,
          sum((one) => one.overdue),
        )}
      </strong>{' '}
      {sum((one) => one.triage) > 0 && words.triage(sum((one) => one.triage))}
    </p>
  )
}
