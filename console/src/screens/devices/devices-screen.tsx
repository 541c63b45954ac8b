// Devices whose configurations are taken in: those with changes that nobody explained on top.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Device, Devices } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { plainText } from '../../parts/plain-text.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { devicesQuery } from './device-api.ts'
import { DevicePanel } from './device-panel.tsx'
import { DevicesFrame } from './devices-frame.tsx'
import { TakeConfig } from './take-config.tsx'
import { useDeviceColumns } from './use-device-columns.tsx'

const route = getRouteApi('/devices')
const keyOf = ({ id }: Device): string => id

export function DevicesScreen() {
  const words = useRoomWords().devices
  const query = useQuery(devicesQuery)
  const { data } = query
  return (
    <DevicesFrame {...stateOf(query)}>
      {data?.devices.length === 0 && (
        <section>
          <p>
            <strong>{words.empty}</strong>
          </p>
          <p>{words.emptyHow}</p>
        </section>
      )}
      <TakeConfig />
      {data !== undefined && data.devices.length > 0 && <List data={data} />}
    </DevicesFrame>
  )
}

function List({ data: { devices } }: { data: Devices }) {
  const words = useRoomWords().devices
  const { text = '', device } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, device: next }) })
  const find = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, text: next }), replace: true })
  const shown = useMemo(() => devices.filter((one) => fits(one, text)), [devices, text])
  const columns = useDeviceColumns()
  return (
    <>
      <div className={layout.bar}>
        <FindBox label={words.filter} value={text} find={find} size={36} />
        <span role="status" className="quiet">
          {words.shown(shown.length, devices.length)}
        </span>
        <CopyRows columns={columns} rows={shown} />
      </div>
      {shown.length === 0 && <p>{words.none}</p>}
      <SplitList
        label={words.views.devices}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        open={device}
        show={show}
      >
        {device !== undefined && <DevicePanel id={device} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}

function fits({ name, vendor, title }: Device, text: string): boolean {
  return plainText([name, vendor, title].join(' ')).includes(plainText(text))
}
