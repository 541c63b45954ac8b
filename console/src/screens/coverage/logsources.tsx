// Log sources that rules ask for: those that never arrive, with most rules first, are where to begin collecting.

import type { Coverage } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import styles from './coverage.module.css'

const SHOWN = 30

export function Logsources({ logsources }: Pick<Coverage, 'logsources'>) {
  const words = useRoomWords().coverage
  const format = useFormat()
  const missing = logsources.filter(({ arrives }) => !arrives)
  const arriving = logsources.filter(({ arrives }) => arrives)
  const lists = [
    { title: words.missing, own: missing, none: words.noneMissing },
    { title: words.arriving, own: arriving, none: words.noneArriving },
  ]
  return (
    <div className={styles.logsources}>
      {lists.map(({ title, own, none }) => (
        <section key={title}>
          <h2>{title}</h2>
          {own.length === 0 && <p className="quiet">{none}</p>}
          <table>
            <thead>
              <tr>
                <th scope="col">{words.logsource}</th>
                <th scope="col">{words.rules}</th>
              </tr>
            </thead>
            <tbody>
              {own.slice(0, SHOWN).map(({ name, rules }) => (
                <tr key={name}>
                  <td className="mono">{name}</td>
                  <td className={styles.number}>{format.number(rules)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {own.length > SHOWN && <p className="quiet">{words.more(own.length - SHOWN)}</p>}
        </section>
      ))}
    </div>
  )
}
