// What happened to an asset, the newest first: where it came from, names it got, what people changed.

import type { AssetDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'

type Act = AssetDetail['history'][number]

export function AssetHistory({ history }: Pick<AssetDetail, 'history'>) {
  const words = useRoomWords().exposure.assets
  const format = useFormat()
  if (history.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.history}</h3>
      <ul>
        {history.map((act, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- acts of one moment differ in nothing else
          <li key={`${act.at} ${at}`}>
            {words.acts[act.action]} <span className="mono">{detailOf(act)}</span>{' '}
            <span className="quiet">
              {act.who}, {format.time(act.at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A change as `field: before → after`; else what the detail names. */
function detailOf({ action, detail }: Act): string {
  if (action !== 'change') return shown(detail['value'] ?? detail['merged'] ?? '')
  const [before, after] = [fieldsOf(detail['before']), fieldsOf(detail['after'])]
  return Object.keys(after)
    .map((key) => `${key}: ${shown(before[key] ?? '')} → ${shown(after[key] ?? '')}`)
    .join(', ')
}

/** Values of a change are texts, lists of texts, or none. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : ''
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
