// Who worked on a device, by its logs, with the lines that tell it.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Actor, ChangeTrace, DeviceAct, DeviceActs } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Problem } from '../../parts/problem.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { deviceActsQuery } from './device-api.ts'
import styles from './devices.module.css'

/** Of the time of a change. */
export function ChangeActs({ trace }: { trace: ChangeTrace }) {
  const { traces: words } = useRoomWords().devices
  const format = useFormat()
  const { state, gap } = trace
  const isBad = state === 'none'
  return (
    <section className={layout.section}>
      <h3>{words.title}</h3>
      <p>{isBad ? <StateMark tone="bad">{words.states[state]}</StateMark> : words.states[state]}</p>
      {gap && <p>{words.gap(format.full(gap.from), format.full(gap.to))}</p>}
      <Acts {...trace} />
    </section>
  )
}

/** Of the last week, whether its configuration changed or not. */
export function RecentActs({ id }: { id: string }) {
  const { traces: words } = useRoomWords().devices
  const { data, error, refetch } = useQuery(deviceActsQuery(id))
  return (
    <section className={layout.section}>
      <h3>{words.recent}</h3>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.actCount === 0 && <p>{words.noActs}</p>}
      {data && <Acts {...data} />}
    </section>
  )
}

type Shown = Pick<DeviceActs, 'actors' | 'acts' | 'actCount'>

function Acts({ actors, acts, actCount }: Shown) {
  const { traces: words } = useRoomWords().devices
  if (acts.length === 0) return null
  const more = actCount - acts.length
  return (
    <>
      <ul aria-label={words.who}>
        {actors.map((actor) => (
          <OneActor key={`${actor.who} ${actor.from}`} actor={actor} />
        ))}
      </ul>
      <details>
        <summary>{words.lines}</summary>
        <ol className={styles.acts}>
          {acts.map((act) => (
            <OneAct key={`${act.batch} ${act.line}`} act={act} />
          ))}
        </ol>
        {more > 0 && <p className="quiet">{words.more(more)}</p>}
      </details>
    </>
  )
}

function OneActor({ actor: { who, from, logins, commands, first } }: { actor: Actor }) {
  const { traces: words } = useRoomWords().devices
  const format = useFormat()
  return (
    <li className={styles.one}>
      <strong>{words.actor(who || words.nobody, from || words.console)}</strong>{' '}
      {words.did(logins, commands)} <span className="quiet">{format.full(first)}</span>
    </li>
  )
}

const AROUND_MS = 5 * 60_000

function OneAct({ act: { at, kind, who, from, text, batch, line } }: { act: DeviceAct }) {
  const { traces: words } = useRoomWords().devices
  const format = useFormat()
  return (
    <li>
      <span className="quiet">
        {format.full(at)} {who} {from} {words.kinds[kind]}
      </span>{' '}
      <Link
        to="/hunt"
        search={{
          event: `${batch}:${line}`,
          from: new Date(Date.parse(at) - AROUND_MS).toISOString(),
          to: new Date(Date.parse(at) + AROUND_MS).toISOString(),
        }}
      >
        {words.line}
      </Link>
      {text !== '' && <pre>{text}</pre>}
    </li>
  )
}
