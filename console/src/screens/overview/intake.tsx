// The honest empty state: nothing has arrived, and these are the ways in.

import { Link } from '@tanstack/react-router'
import type { Overview } from '../../api-types.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import styles from './overview.module.css'

export function Intake({ intake }: { intake: Overview['intake'] }) {
  const words = useWords().overview
  const { exercise } = useRoomWords()
  const ways = [
    [words.syslog, intake.syslog],
    [words.syslogTls, intake.syslogTls],
    [words.http, intake.http],
    [words.flows, intake.flows],
    [words.inbox, intake.inbox],
  ] as const
  return (
    <section aria-labelledby="intake" className={styles.intake}>
      <h2 id="intake">{words.empty}</h2>
      <p>{words.emptyHow}</p>
      <table className="plain">
        <tbody>
          {ways.map(([name, address]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={address === null ? 'quiet' : 'mono'}>{address ?? words.off}</td>
              <td>{address !== null && <Copy text={address} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {exercise.offer} <Link to="/rules/exercise">{exercise.open}</Link>
      </p>
    </section>
  )
}
