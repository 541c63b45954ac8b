// The matrix: a column for each tactic, a cell for each technique, marked by the best that its rules can do.

import { Link } from '@tanstack/react-router'
import { techniqueName } from '../../../../src/words/attack-names.ts'
import type { Coverage } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import styles from './coverage.module.css'
import { TACTICS, reachOf } from './reach.ts'

type Technique = Coverage['techniques'][number]
type Props = { techniques: readonly Technique[]; current: string | undefined }

export function Matrix({ techniques, current }: Props) {
  const words = useRoomWords().coverage
  const named = [...TACTICS, ...others(techniques)]
  const columns = named
    .map((tactic) => ({
      tactic,
      own: techniques.filter(({ tactics }) => tactics.includes(tactic)),
    }))
    .filter(({ own }) => own.length > 0)
  const without = techniques.filter(({ tactics }) => tactics.length === 0)
  const all = without.length === 0 ? columns : [...columns, { tactic: '', own: without }]
  return (
    <section className={styles.matrix} aria-label={words.matrix} tabIndex={0}>
      {all.map(({ tactic, own }) => (
        <section key={tactic} className={styles.tactic}>
          <h2>
            {words.tactics[tactic] ?? (tactic === '' ? words.noTactic : tactic)}
            <span className="quiet">
              {own.filter(({ reach }) => reach.live > 0).length}/{own.length}
            </span>
          </h2>
          <ul>
            {own.map((technique) => (
              <Cell key={technique.id} technique={technique} isCurrent={technique.id === current} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

function Cell({
  technique: { id, reach },
  isCurrent,
}: {
  technique: Technique
  isCurrent: boolean
}) {
  const words = useRoomWords().coverage
  const state = reachOf(reach)
  const counts = words.counts(reach.live, reach.idle, reach.unusable)
  return (
    <li>
      <Link
        to="/rules/coverage"
        search={{ technique: id }}
        resetScroll={false}
        className={`${styles.cell} ${styles[state] ?? ''}`}
        aria-current={isCurrent ? 'true' : undefined}
        title={counts}
      >
        <span>{id}</span>
        <span aria-hidden="true">{reach.live}</span>
        <span lang="en" className={styles.name}>
          {techniqueName(id)}
        </span>
        <span className="unseen">{counts}</span>
      </Link>
    </li>
  )
}

function others(techniques: readonly Technique[]): readonly string[] {
  const known: ReadonlySet<string> = new Set(TACTICS)
  const met = new Set(techniques.flatMap(({ tactics }) => tactics))
  return [...met].filter((tactic) => !known.has(tactic)).toSorted()
}
