// One asset: what it is known as, how it stands to the internet and by what evidence, what it runs and is exposed to.

import { useQuery } from '@tanstack/react-query'
import type { Asset, AssetDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { ChangeAsset, MergeAsset, Merged } from './asset-forms.tsx'
import { AssetHistory } from './asset-history.tsx'
import { assetQuery } from './exposure-api.ts'
import { OneExposure } from './one-exposure.tsx'

export function AssetPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useRoomWords().exposure.assets
  const { data, error, refetch } = useQuery(assetQuery(id))
  return (
    <Panel label={words.detail} of={id} onClose={onClose}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Detail key={id} detail={data} />}
    </Panel>
  )
}

function Detail({ detail: { asset, products, exposures, history } }: { detail: AssetDetail }) {
  const words = useRoomWords().exposure.assets
  return (
    <>
      <h2>{asset.name}</h2>
      <AssetFacts asset={asset} />
      <ChangeAsset asset={asset} />
      <MergeAsset asset={asset} />
      <Merged asset={asset} />
      <section className={layout.section}>
        <h3>{words.exposures}</h3>
        {exposures.length === 0 && <p>{words.noExposures}</p>}
        <ul>
          {exposures.map((one) => (
            <OneExposure key={one.vulnerability} is={one} named="vulnerability" />
          ))}
        </ul>
      </section>
      <Evidence asset={asset} />
      <Aliases asset={asset} />
      <Products products={products} />
      <AssetHistory history={history} />
    </>
  )
}

function AssetFacts({ asset }: { asset: Asset }) {
  const words = useRoomWords().exposure
  const { columns, zones, impacts, facingBy } = words.assets
  const by = asset.facingBy === '' ? '' : `, ${facingBy(asset.facingBy)}`
  return (
    <Facts
      facts={[
        [columns.owner, asset.owner || words.noOwner],
        [columns.facing, `${words.facings[asset.facing]}${by}`],
        [columns.zone, zones[asset.zone]],
        [columns.criticality, impacts[asset.criticality]],
        [columns.system, `${asset.vendor} ${asset.system}`.trim()],
        [columns.supportEnds, asset.supportEnds],
      ]}
    />
  )
}

function Evidence({ asset: { evidence } }: { asset: Asset }) {
  const words = useRoomWords().exposure.assets
  const format = useFormat()
  return (
    <section className={layout.section}>
      <h3>{words.evidence}</h3>
      {evidence.length === 0 && <p className="quiet">{words.noEvidence}</p>}
      <ul>
        {evidence.map((one) => (
          <li key={`${one.source} ${one.evidence}`}>
            {one.evidence}{' '}
            <span className="quiet">
              {one.source}, {format.time(one.seen)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Aliases({ asset: { aliases } }: { asset: Asset }) {
  const words = useRoomWords().exposure.assets
  return (
    <section className={layout.section}>
      <h3>{words.aliases}</h3>
      <ul>
        {aliases.map(({ kind, value, source }) => (
          <li key={`${kind} ${value}`}>
            <span className="mono">{value}</span>{' '}
            <span className="quiet">
              {kind}, {source}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Products({ products }: Pick<AssetDetail, 'products'>) {
  const words = useRoomWords().exposure.assets
  if (products.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.products}</h3>
      <ul>
        {products.map((one) => (
          <li key={`${one.vendor} ${one.product} ${one.version} ${one.service} ${one.source}`}>
            {one.vendor} {one.product} {one.version}{' '}
            <span className="quiet">
              {one.service} {one.source}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
