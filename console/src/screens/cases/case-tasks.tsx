// What is to be done, and playbooks that say what.

import { useQuery } from '@tanstack/react-query'
import type { CaseDetail, CaseTask, CaseTaskAsk } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useLanguage, useRoomWords, useSide } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { localInstant } from '../../parts/local-instant.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import { usePreferences } from '../../preferences.ts'
import { CASES, addTask, changeTask, playbooksQuery, startPlaybook } from './case-api.ts'
import styles from './cases.module.css'

export function CaseTasks({ detail: { case: about, tasks } }: { detail: CaseDetail }) {
  const words = useRoomWords().cases.tasks
  const { number } = about
  return (
    <section className={layout.section}>
      <h3>{words.title}</h3>
      {tasks.length === 0 && <p>{words.none}</p>}
      <ol className={styles.events}>
        {tasks.map((task) => (
          <Task key={task.id} number={number} task={task} />
        ))}
      </ol>
      <StartPlaybook number={number} />
      <AddTask number={number} />
    </section>
  )
}

function Task({ number, task }: { number: number; task: CaseTask }) {
  const { tasks: words, by } = useRoomWords().cases
  const format = useFormat()
  const isDone = task.done !== null
  return (
    <li>
      <strong className={isDone ? styles.done : undefined}>{task.title}</strong>
      {task.how !== '' && !isDone && <p className={styles.text}>{task.how}</p>}
      <p className="quiet">
        {task.owner !== '' && `${task.owner} · `}
        {task.due !== null && !isDone && words.until(format.time(task.due))}{' '}
        {task.isLate && <StateMark tone="bad">{words.late}</StateMark>}
        {isDone && by(task.doneBy, format.time(task.done ?? ''))}
        {task.result !== '' && `: ${task.result}`}
      </p>
      <ActButton
        label={isDone ? words.again : words.done}
        act={() => changeTask(number, task.id, { isDone: !isDone })}
        refreshes={CASES}
      />
    </li>
  )
}

function StartPlaybook({ number }: { number: number }) {
  const words = useRoomWords().cases.tasks
  const side = useSide()
  const language = useLanguage()
  const { data } = useQuery(playbooksQuery)
  const options = (data?.playbooks ?? []).map(({ id, title }) => ({
    value: id,
    label: side(title),
  }))
  return (
    <ActForm
      title={words.playbook}
      action={words.start}
      refreshes={CASES}
      send={(form) => startPlaybook(number, { playbook: formText(form, 'playbook'), language })}
      said={({ tasks }) => words.started(tasks)}
    >
      <SelectField label={words.playbookName} name="playbook" options={options} />
    </ActForm>
  )
}

function AddTask({ number }: { number: number }) {
  const words = useRoomWords().cases.tasks
  const { clock } = usePreferences()
  const { zone } = useFormat()
  return (
    <ActForm
      title={words.add}
      action={words.go}
      refreshes={CASES}
      send={(form) => addTask(number, taskOf(form, clock))}
    >
      <TextField label={words.name} name="title" required maxLength={300} />
      <TextField label={words.owner} name="owner" maxLength={200} />
      <TextField label={`${words.due} (${zone})`} name="due" type="datetime-local" />
    </ActForm>
  )
}

function taskOf(form: HTMLFormElement, clock: 'local' | 'utc'): Partial<CaseTaskAsk> {
  const due = formText(form, 'due')
  return {
    title: formText(form, 'title'),
    owner: formText(form, 'owner'),
    due: due === '' ? null : localInstant(due, clock),
  }
}
