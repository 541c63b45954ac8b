// Exposure by asset.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Asset, Assets } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { AssetPanel } from './asset-panel.tsx'
import { assetsQuery } from './exposure-api.ts'
import { ExposureFrame } from './exposure-frame.tsx'
import { useAssetColumns } from './use-asset-columns.tsx'

const route = getRouteApi('/exposure/assets')
const keyOf = ({ id }: Asset): string => id

export function AssetsScreen() {
  const words = useRoomWords().exposure.assets
  const { text = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(assetsQuery(text))
  const { data } = query
  return (
    <ExposureFrame {...stateOf(query)}>
      <div className={layout.bar}>
        <FindBox
          label={words.filter}
          value={text}
          find={(next) =>
            void navigate({ search: (before) => ({ ...before, text: next }), replace: true })
          }
          size={36}
        />
        {data && <Shown data={data} />}
      </div>
      {data?.total === 0 && <p>{text === '' ? words.empty : words.none}</p>}
      {data && <Split data={data} />}
    </ExposureFrame>
  )
}

function Shown({ data: { assets, total } }: { data: Assets }) {
  const words = useRoomWords().exposure.assets
  const columns = useAssetColumns()
  return (
    <>
      <span role="status" className="quiet">
        {words.shown(assets.length, total)}
      </span>
      <CopyRows columns={columns} rows={assets} />
    </>
  )
}

function Split({ data: { assets } }: { data: Assets }) {
  const words = useRoomWords().exposure
  const { asset: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (asset: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, asset }) })
  const columns = useAssetColumns()
  return (
    <SplitList
      label={words.views.assets}
      columns={columns}
      rows={assets}
      rowKey={keyOf}
      open={open}
      show={show}
    >
      {open !== undefined && <AssetPanel id={open} onClose={() => show(undefined)} />}
    </SplitList>
  )
}
