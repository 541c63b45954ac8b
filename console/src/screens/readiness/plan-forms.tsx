// A plan is changed in its heading, by one contact more, or whole as a file. What a form does not show stays as it was.

import type { Plan, PlanKind } from '../../api-types.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { CheckField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import { READINESS, savePlan } from './readiness-api.ts'

type Props = { kind: PlanKind; plan: Plan }

const EMPTY: Plan = {
  title: '',
  owner: '',
  approvedBy: '',
  approved: null,
  reviewed: null,
  offlineCopy: '',
  contacts: [],
  exercises: [],
  scenarios: [],
  systems: [],
  notices: [],
}

export function PlanForm({ kind, plan }: { kind: PlanKind; plan: Plan | null }) {
  const words = useRoomWords().readiness
  const { plan: labels } = words
  const now = plan ?? { ...EMPTY, title: words.plans[kind] }
  return (
    <ActForm
      title={labels.edit}
      action={labels.go}
      refreshes={READINESS}
      send={(form) => savePlan(kind, withHeading(now, form))}
    >
      <TextField label={labels.title} name="title" defaultValue={now.title} required />
      <TextField label={labels.owner} name="owner" defaultValue={now.owner} required />
      <TextField label={labels.approvedBy} name="approvedBy" defaultValue={now.approvedBy} />
      <TextField
        label={labels.approved}
        name="approved"
        type="date"
        defaultValue={now.approved ?? ''}
      />
      <TextField
        label={labels.reviewed}
        name="reviewed"
        type="date"
        defaultValue={now.reviewed ?? ''}
      />
      <TextField label={labels.offlineCopy} name="offlineCopy" defaultValue={now.offlineCopy} />
    </ActForm>
  )
}

function withHeading(plan: Plan, form: HTMLFormElement): Plan {
  return {
    ...plan,
    title: formText(form, 'title'),
    owner: formText(form, 'owner'),
    approvedBy: formText(form, 'approvedBy'),
    approved: formText(form, 'approved') || null,
    reviewed: formText(form, 'reviewed') || null,
    offlineCopy: formText(form, 'offlineCopy'),
  }
}

export function ContactForm({ kind, plan }: Props) {
  const words = useRoomWords().readiness
  const { plan: labels } = words
  return (
    <ActForm
      title={labels.addContact}
      action={labels.go}
      refreshes={READINESS}
      send={(form) => savePlan(kind, { ...plan, contacts: [...plan.contacts, contactOf(form)] })}
    >
      <TextField label={labels.name} name="name" required />
      <TextField label={labels.role} name="role" required />
      <SelectField label={labels.kind} name="kind" options={optionsOf(words.contactKinds)} />
      <TextField label={labels.phone} name="phone" maxLength={60} />
      <TextField label={labels.outsideMail} name="outsideMail" type="email" />
      <TextField label={labels.tested} name="tested" type="date" />
    </ActForm>
  )
}

/** The station says what is wrong with it. */
function contactOf(form: HTMLFormElement): object {
  return {
    name: formText(form, 'name'),
    role: formText(form, 'role'),
    phone: formText(form, 'phone'),
    outsideMail: formText(form, 'outsideMail'),
    kind: formText(form, 'kind'),
    tested: formText(form, 'tested') || null,
  }
}

/** Also where there is none yet: the file to fill in has every part that is looked for. */
export function PlanFileForm({ kind, plan }: { kind: PlanKind; plan: Plan | null }) {
  const { plan: words } = useRoomWords().readiness
  const language = useLanguage()
  const address =
    plan === null
      ? `/api/readiness/plans/${kind}/template?language=${language}`
      : `data:application/json,${encodeURIComponent(JSON.stringify(plan, null, 2))}`
  return (
    <ActForm
      title={words.file}
      action={words.putBack}
      refreshes={READINESS}
      send={async (form) => savePlan(kind, parsed(await formFile(form, 'file').text()))}
    >
      <p className="quiet">{words.fileHow}</p>
      <p>
        <a href={address} download={`plan-${kind}.json`}>
          {plan === null ? words.template : words.download}
        </a>
      </p>
      <TextField label={words.chosen} name="file" type="file" accept="application/json" required />
    </ActForm>
  )
}

/** What is no JSON is refused by the station, with its sentence. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function ExerciseForm({ kind, plan }: Props) {
  const words = useRoomWords().readiness
  const { plan: labels } = words
  return (
    <ActForm
      title={labels.addExercise}
      action={labels.go}
      refreshes={READINESS}
      send={(form) => savePlan(kind, { ...plan, exercises: [...plan.exercises, exerciseOf(form)] })}
    >
      <TextField label={labels.on} name="on" type="date" required />
      <SelectField
        label={labels.exerciseKind}
        name="kind"
        options={optionsOf(words.exerciseKinds)}
      />
      <TextField label={labels.scenario} name="scenario" required />
      <TextField label={labels.lessons} name="lessons" />
      <CheckField label={labels.lessonsClosed} name="lessonsClosed" />
    </ActForm>
  )
}

function exerciseOf(form: HTMLFormElement): object {
  return {
    on: formText(form, 'on'),
    kind: formText(form, 'kind'),
    scenario: formText(form, 'scenario'),
    lessons: formText(form, 'lessons'),
    lessonsClosed: formText(form, 'lessonsClosed') !== '',
  }
}
