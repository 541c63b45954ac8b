// Who did what with a case, and whether it is as it was written.

import { useMutation } from '@tanstack/react-query'
import type { CaseDetail, CaseProof } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { Problem } from '../../parts/problem.tsx'
import { proveCase } from './case-api.ts'
import styles from './cases.module.css'

export function CaseActs({ detail: { case: about, acts } }: { detail: CaseDetail }) {
  const words = useRoomWords().cases
  const format = useFormat()
  const proving = useMutation({ mutationFn: () => proveCase(about.number) })
  return (
    <section className={layout.section}>
      <h3>{words.proof.title}</h3>
      <p className="quiet">{words.proof.how}</p>
      <div className="row">
        <button type="button" onClick={() => proving.mutate()} disabled={proving.isPending}>
          {words.proof.go}
        </button>
      </div>
      {proving.error && <Problem error={proving.error} />}
      <div role="status">{proving.data && <Proof proof={proving.data} />}</div>
      <ol className={styles.events}>
        {acts.map(({ number, at, who, act, what }) => (
          <li key={number}>
            {words.acts[act]}{' '}
            <span className="quiet">
              {words.by(who, format.time(at))} · {what['title'] ?? what['name'] ?? what['entity']}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Proof({ proof: { acts, witnessed, files, head, flaws } }: { proof: CaseProof }) {
  const words = useRoomWords().cases
  if (flaws.length > 0)
    return (
      <ul>
        {flaws.map(({ kind, what }) => (
          <li key={`${kind} ${what}`}>
            <strong>{words.flaws[kind]}</strong>: {what}
          </li>
        ))}
      </ul>
    )
  return (
    <>
      <p>{words.proof.whole(acts, files)}</p>
      <p>{words.proof.witnessed(witnessed)}</p>
      <p className={styles.text}>{words.proof.head(head)}</p>
    </>
  )
}
