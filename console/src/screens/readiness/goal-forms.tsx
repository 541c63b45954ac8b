// What people say of a goal: how it is, who owns it, until when, or that it does not apply.

import type { AttestAsk, GoalAsk, GoalAssessment } from '../../api-types.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { dayOf, endOfDay } from '../../parts/days.ts'
import { AreaField, SelectField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { READINESS, attest, noteGoal } from './readiness-api.ts'

const ANSWERS = ['met', 'partly', 'not_met'] as const satisfies readonly AttestAsk['answer'][]

export function AttestForm({ one: { goal, criteria } }: { one: GoalAssessment }) {
  const words = useRoomWords().readiness
  const side = useSide()
  return (
    <ActForm
      title={words.attest.title}
      action={words.attest.go}
      refreshes={READINESS}
      send={(form) => attest(goal.key, attestation(form))}
    >
      <SelectField
        label={words.attest.criterion}
        name="criterion"
        options={criteria.map(({ key, title }) => ({ value: key, label: side(title) }))}
      />
      <SelectField
        label={words.attest.answer}
        name="answer"
        options={ANSWERS.map((value) => ({ value, label: words.proofStates[value] }))}
      />
      <AreaField label={words.attest.statement} name="statement" required maxLength={2000} />
      <TextField label={words.attest.who} name="who" required minLength={2} maxLength={200} />
      <TextField label={words.attest.role} name="role" maxLength={200} />
      <TextField label={words.attest.expires} name="expires" type="date" />
    </ActForm>
  )
}

function attestation(form: HTMLFormElement): AttestAsk {
  const expires = endOfDay(formText(form, 'expires'))
  return {
    criterion: formText(form, 'criterion'),
    answer: ANSWERS.find((one) => one === formText(form, 'answer')) ?? 'not_met',
    statement: formText(form, 'statement'),
    who: formText(form, 'who'),
    role: formText(form, 'role'),
    ...(expires !== undefined && { expires }),
  }
}

export function NoteForm({ one }: { one: GoalAssessment }) {
  const words = useRoomWords().readiness.note
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={READINESS}
      send={(form) => noteGoal(one.goal.key, note(form))}
    >
      <TextField label={words.owner} name="owner" defaultValue={one.owner ?? ''} maxLength={200} />
      <TextField label={words.due} name="due" type="date" defaultValue={dayOf(one.due)} />
      <AreaField
        label={words.notApplicable}
        name="notApplicable"
        defaultValue={one.notApplicable ?? ''}
        maxLength={1000}
      />
    </ActForm>
  )
}

function note(form: HTMLFormElement): GoalAsk {
  return {
    owner: formText(form, 'owner') || null,
    due: endOfDay(formText(form, 'due')) ?? null,
    notApplicable: formText(form, 'notApplicable') || null,
  }
}
