// Changes of configurations: those that nobody expected or explained on top.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { DeviceChange, DeviceChanges } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { plainText } from '../../parts/plain-text.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { ChangePanel } from './change-panel.tsx'
import { deviceChangesQuery } from './device-api.ts'
import { DevicesFrame } from './devices-frame.tsx'
import { useChangeColumns } from './use-change-columns.tsx'

const route = getRouteApi('/devices/changes')
const keyOf = ({ id }: DeviceChange): string => id
const ALL = 'all'

export function ChangesScreen() {
  const words = useRoomWords().devices.changes
  const query = useQuery(deviceChangesQuery)
  const { data } = query
  return (
    <DevicesFrame {...stateOf(query)}>
      {data?.changes.length === 0 && <p>{words.empty}</p>}
      {data !== undefined && data.changes.length > 0 && <List data={data} />}
    </DevicesFrame>
  )
}

function List({ data: { changes } }: { data: DeviceChanges }) {
  const words = useRoomWords().devices
  const { text = '', state = ALL, change } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, change: next }) })
  const shown = useMemo(
    () => changes.filter((one) => fits(one, text, state)),
    [changes, text, state],
  )
  const columns = useChangeColumns()
  return (
    <>
      <div className={layout.bar}>
        <Filter />
        <span role="status" className="quiet">
          {words.changes.shown(shown.length, changes.length)}
        </span>
        <CopyRows columns={columns} rows={shown} />
      </div>
      {shown.length === 0 && <p>{words.changes.none}</p>}
      <SplitList
        label={words.views.changes}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        open={change}
        show={show}
      >
        {change !== undefined && <ChangePanel id={change} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}

function Filter() {
  const words = useRoomWords().devices.changes
  const { text, state = ALL } = route.useSearch()
  const navigate = route.useNavigate()
  const set = (next: { text?: string | undefined; state?: string | undefined }): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const { states } = words
  const choices = [
    { value: ALL, label: words.all },
    { value: 'unauthorised', label: states.unauthorised },
    { value: 'explained', label: states.explained },
    { value: 'expected', label: states.expected },
  ]
  return (
    <>
      <FindBox label={words.filter} value={text} find={(next) => set({ text: next })} size={24} />
      <Choices
        label={words.only}
        choices={choices}
        isChosen={(value) => value === state}
        choose={(value) => set({ state: value === ALL ? undefined : value })}
      />
    </>
  )
}

function fits({ deviceName, state }: DeviceChange, text: string, wanted: string): boolean {
  return (wanted === ALL || state === wanted) && plainText(deviceName).includes(plainText(text))
}
