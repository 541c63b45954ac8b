// Differences as they mean: each with the blocks it stands in, what was and what is.

import type { AuditChange } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import styles from './devices.module.css'

type Shown = AuditChange & { readonly allowed?: boolean }
type Props = {
  differences: readonly Shown[]
  /** All of them, where not all are given. */
  count: number
  /** Whether a record allows some and not others. */
  isPartly?: boolean
}

export function Differences({ differences, count, isPartly = false }: Props) {
  const words = useRoomWords().devices.changes
  const format = useFormat()
  return (
    <>
      {count > differences.length && (
        <p className="quiet">
          {words.notAll(format.number(differences.length), format.number(count))}
        </p>
      )}
      <ol className={styles.differences}>
        {differences.map((one) => (
          <li key={keyOf(one)}>
            <Difference one={one} isRefused={isPartly && one.allowed === false} />
          </li>
        ))}
      </ol>
    </>
  )
}

function keyOf({ kind, stanza, before, after }: Shown): string {
  return JSON.stringify([kind, stanza, before, after])
}

function Difference({ one, isRefused }: { one: Shown; isRefused: boolean }) {
  const words = useRoomWords().devices
  const { kind, stanza, before, after } = one
  return (
    <>
      <p>
        <strong>{words.kinds[kind]}</strong>{' '}
        <code>{stanza.length === 0 ? words.changes.top : stanza.join(' > ')}</code>{' '}
        {isRefused && <StateMark tone="bad">{words.changes.notAllowed}</StateMark>}
      </p>
      <Side piece={before} of={after} sign="−" label={words.changes.before} />
      <Side piece={after} of={before} sign="+" label={words.changes.after} />
    </>
  )
}

type SideProps = {
  piece: AuditChange['before']
  /** The other side: lines that stand there too are no difference. */
  of: AuditChange['before']
  sign: '−' | '+'
  label: string
}

function Side({ piece, of, sign, label }: SideProps) {
  const { lines } = useRoomWords().devices
  if (piece === null) return null
  const others = new Set(of?.text.split('\n'))
  return (
    <figure className={sign === '+' ? styles.after : styles.before}>
      <figcaption>
        {label}, {lines(piece.first, piece.last)}
      </figcaption>
      <pre>
        {piece.text
          .split('\n')
          .map((line) => `${others.has(line) ? ' ' : sign} ${line}`)
          .join('\n')}
      </pre>
    </figure>
  )
}
