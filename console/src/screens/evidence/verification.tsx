// The newest verification, and the way to start one.

import { useQuery } from '@tanstack/react-query'
import type { EvidenceReport } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formFiles } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { Problem } from '../../parts/problem.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { EVIDENCE, verificationQuery, verify } from './evidence-api.ts'

export function Verification() {
  const words = useRoomWords().evidence
  const { data, error, refetch } = useQuery(verificationQuery)
  return (
    <section className={layout.section}>
      <h2>{words.verification}</h2>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data?.report === null && <p className="quiet">{words.notYet}</p>}
      {data?.report && <Report is={data.report} />}
      <ActForm
        title={words.start}
        action={words.start}
        refreshes={EVIDENCE}
        send={async (form) =>
          verify(await Promise.all(formFiles(form, 'kept').map((file) => file.text())))
        }
        said={() => null}
      >
        <p className="quiet">{words.keptHow}</p>
        <TextField label={words.kept} name="kept" type="file" multiple />
      </ActForm>
    </section>
  )
}

function Report({ is }: { is: EvidenceReport }) {
  const words = useRoomWords().evidence
  const format = useFormat()
  const answered = ({ elsewhere: { asked, answered: heard } }: EvidenceReport) =>
    asked === 0 ? null : words.witnesses.answered(format.number(asked), format.number(heard))
  return (
    <>
      <div role="status">
        <Outcome is={is} />
      </div>
      {is.problem !== null && <p>{is.problem}</p>}
      <Flaws is={is} />
      <Facts
        facts={[
          [words.asked, format.full(is.asked)],
          [words.ended, is.ended === null ? '' : format.full(is.ended)],
          [words.size, format.number(is.size)],
          [words.verified, format.number(is.batches.verified)],
          [words.lines, format.number(is.lines)],
          [words.expired, format.number(is.batches.expired)],
          [words.uncovered, format.number(is.batches.uncovered)],
          [words.agrees, format.number(is.checkpoints)],
          [words.witnesses.quorum, words.witnesses.states[is.quorum]],
          [words.witnesses.elsewhere, answered(is)],
        ]}
      />
    </>
  )
}

function Outcome({ is: { state, flawCount } }: { is: EvidenceReport }) {
  const words = useRoomWords().evidence
  if (flawCount > 0) return <StateMark tone="bad">{words.wrong(flawCount)}</StateMark>
  if (state === 'done') return <StateMark tone="good">{words.whole}</StateMark>
  return <StateMark tone={state === 'failed' ? 'bad' : 'partly'}>{words.states[state]}</StateMark>
}

function Flaws({ is: { flaws, flawCount } }: { is: EvidenceReport }) {
  const words = useRoomWords().evidence
  if (flaws.length === 0) return null
  return (
    <ul>
      {flaws.map((flaw) => (
        <li key={`${flaw.kind} ${flaw.what} ${flaw.from ?? ''}`}>{words.flaws[flaw.kind](flaw)}</li>
      ))}
      {flawCount > flaws.length && <li>{words.more(flawCount - flaws.length)}</li>}
    </ul>
  )
}
