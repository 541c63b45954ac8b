// One source: which parsers its lines met, and the way into its events.

import { Link } from '@tanstack/react-router'
import type { Source } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { Panel } from '../../parts/panel.tsx'
import { Sparkline } from '../../parts/sparkline.tsx'
import { quoted } from '../../query-chips.ts'
import styles from './sources.module.css'

export function SourcePanel({ source, onClose }: { source: Source; onClose: () => void }) {
  const words = useWords().sources
  const format = useFormat()
  const side = useSide()
  const parsers = Object.entries(source.parsers).toSorted(([, a], [, b]) => b - a)
  return (
    <Panel label={words.columns.name} of={source.name} onClose={onClose}>
      <h2 className="mono">{source.name}</h2>
      {source.sensor !== null && <p>{words.through(source.sensor)}</p>}
      {source.trouble !== null && <p className={styles.silent}>{side(source.trouble)}</p>}
      {source.silent && source.lastSeen !== null && (
        <p>{words.silentSince(source.name, format.full(source.lastSeen))}</p>
      )}
      <Sparkline
        values={source.hourly}
        label={words.hourlyOf(source.name)}
        height={48}
        barWidth={12}
      />
      <p>
        <Link to="/hunt" search={{ q: `source:${quoted(source.name)}` }}>
          {words.hunt}
        </Link>
      </p>
      {parsers.length > 0 && (
        <section className={layout.section}>
          <h3>{words.linesBy}</h3>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{words.columns.parser}</th>
                <th scope="col" className="number">
                  {words.columns.lines}
                </th>
              </tr>
            </thead>
            <tbody>
              {parsers.map(([name, lines]) => (
                <tr key={name}>
                  <td className="mono">{name}</td>
                  <td className="number">{format.number(lines)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  )
}
