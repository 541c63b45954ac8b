// What a change lets through more and less than before, as sets of packets.

import type { DeviceChangeDetail } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'

type Changes = DeviceChangeDetail['traffic']

/** Nothing where no filter changed. */
export function Traffic({ changes }: { changes: Changes }) {
  const { changes: words } = useRoomWords().devices
  if (changes.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.traffic}</h3>
      {changes.map(({ filter, widened, narrowed, isTooLarge }, at) => (
        <div key={`${filter} ${at}`}>
          <Sets title={words.more(filter)} sets={widened} />
          <Sets title={words.less(filter)} sets={narrowed} />
          {isTooLarge && <p className="quiet">{words.trafficCut(filter)}</p>}
        </div>
      ))}
    </section>
  )
}

function Sets({ title, sets }: { title: string; sets: readonly string[] }) {
  if (sets.length === 0) return null
  return (
    <>
      <p>{title}</p>
      <ul>
        {sets.map((set) => (
          <li key={set}>
            <code>{set}</code>
          </li>
        ))}
      </ul>
    </>
  )
}
