// Cases: those that are not closed on top, one of them beside.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Case, Cases } from '../../api-types.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { plainText } from '../../parts/plain-text.ts'
import { RoomFrame, stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { casesQuery } from './case-api.ts'
import { CasePanel } from './case-panel.tsx'
import { OpenCase } from './open-case.tsx'
import { useCaseColumns } from './use-case-columns.tsx'

const route = getRouteApi('/cases')
const keyOf = ({ number }: Case): string => String(number)
const ALL = 'all'

export function CasesScreen() {
  const words = useWords()
  const rooms = useRoomWords()
  const query = useQuery(casesQuery)
  const { data } = query
  return (
    <RoomFrame title={words.places.cases} links={[]} {...stateOf(query)}>
      {data?.cases.length === 0 && (
        <section>
          <p>
            <strong>{rooms.cases.empty}</strong>
          </p>
          <p>{rooms.cases.emptyHow}</p>
        </section>
      )}
      <OpenCase />
      {data !== undefined && data.cases.length > 0 && <List data={data} />}
    </RoomFrame>
  )
}

function List({ data: { cases } }: { data: Cases }) {
  const words = useRoomWords().cases
  const { text = '', state, case: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, case: next }) })
  const shown = useMemo(
    () => cases.filter((one) => fits(one, text, state === ALL)),
    [cases, text, state],
  )
  const columns = useCaseColumns()
  return (
    <>
      <div className={layout.bar}>
        <Filter />
        <span role="status" className="quiet">
          {words.shown(shown.length, cases.length)}
        </span>
        <CopyRows columns={columns} rows={shown} />
      </div>
      {shown.length === 0 && <p>{words.none}</p>}
      <SplitList
        label={words.list}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        open={open}
        show={show}
      >
        {open !== undefined && <CasePanel number={open} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}

function Filter() {
  const words = useRoomWords().cases
  const { text, state } = route.useSearch()
  const navigate = route.useNavigate()
  const set = (next: { text?: string | undefined; state?: string | undefined }): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  return (
    <>
      <FindBox label={words.filter} value={text} find={(next) => set({ text: next })} size={24} />
      <Choices
        label={words.only}
        choices={[
          { value: 'open', label: words.notClosed },
          { value: ALL, label: words.all },
        ]}
        isChosen={(value) => value === (state === ALL ? ALL : 'open')}
        choose={(value) => set({ state: value === ALL ? ALL : undefined })}
      />
    </>
  )
}

function fits({ title, lead, state }: Case, text: string, isAll: boolean): boolean {
  const isShown = isAll || state !== 'closed'
  return isShown && plainText(`${title} ${lead}`).includes(plainText(text))
}
