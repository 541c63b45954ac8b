// How far a campaign reaches: figures in sentences, and a tile for each province and territory.

import type { CampaignDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import styles from './scope-part.module.css'

/** Column and row. */
const TILES = {
  YT: [1, 1],
  NT: [2, 1],
  NU: [4, 1],
  federal: [6, 1],
  NL: [9, 2],
  BC: [1, 3],
  AB: [2, 3],
  SK: [3, 3],
  MB: [4, 3],
  ON: [5, 3],
  QC: [6, 3],
  NB: [7, 3],
  PE: [8, 3],
  NS: [9, 3],
} as const
const REGIONS = Object.keys(TILES) as (keyof typeof TILES)[] // schema edge: the keys of a literal

export function ScopePart({ campaign }: { campaign: CampaignDetail }) {
  const words = useRoomWords().notices
  const say = words.campaigns.page
  const format = useFormat()
  const { scope, first, last } = campaign
  const { known, unsearched, recapture } = scope
  return (
    <section>
      <h3>{say.many}</h3>
      <p className={styles.figure}>{known === null ? '–' : format.number(known)}</p>
      {known !== null && <p>{say.known(known)}</p>}
      <Estimated scope={scope} />
      {unsearched > 0 && <p>{say.unsearched(unsearched)}</p>}
      {recapture && (
        <p>
          {say.recapture(
            format.number(recapture.likely),
            recapture.bySightings,
            recapture.byReports,
            recapture.byBoth,
          )}
        </p>
      )}
      {first !== null && last !== null && <p>{say.since(first.slice(0, 10), last.slice(0, 10))}</p>}
      <Tiles regions={scope.regions} />
      <h3>{say.sectors}</h3>
      <ul>
        {scope.sectors.map(({ sector, organisations: count }) => (
          <li key={sector}>
            {words.sectors[sector]}: {format.number(count ?? 0)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tiles({ regions }: Pick<CampaignDetail['scope'], 'regions'>) {
  const words = useRoomWords().notices
  const format = useFormat()
  return (
    <>
      <h3>{words.campaigns.page.regions}</h3>
      <ul className={styles.tiles}>
        {REGIONS.map((region) => {
          const found = regions.find((one) => one.region === region)?.organisations ?? 0
          const [column, row] = TILES[region]
          return (
            <li
              key={region}
              className={found > 0 ? styles.hit : undefined}
              style={{ gridColumn: column, gridRow: row }}
              title={words.regions[region]}
            >
              {region === 'federal' ? 'CA' : region}
              <br />
              {found === 0 ? '–' : format.number(found)}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Estimated({ scope }: Pick<CampaignDetail, 'scope'>) {
  const { page: say } = useRoomWords().notices.campaigns
  const format = useFormat()
  const { estimate, looked, organisations } = scope
  if (estimate === null) return <p>{say.noEstimate}</p>
  const figure = (value: number): string => format.number(value)
  const { likely, least, most } = estimate
  return (
    <p>
      {say.estimate(figure(likely), figure(least), figure(most), looked, organisations)}{' '}
      <span className="quiet">{say.method}</span>
    </p>
  )
}
