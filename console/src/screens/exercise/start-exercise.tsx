// Which exercise to play.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { ExerciseAsk } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { Problem } from '../../parts/problem.tsx'
import { EXERCISE, start } from './exercise-api.ts'

/** What is offered first: a month that is soon played. */
const DAYS = 21

export function StartExercise({ isOpen }: { isOpen: boolean }) {
  const words = useRoomWords().exercise
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: start,
    onSettled: () => queries.invalidateQueries({ queryKey: [EXERCISE] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    act.mutate(askOf(event.currentTarget))
  }
  return (
    <details open={isOpen}>
      <summary>{words.startTitle}</summary>
      <form onSubmit={submit}>
        <Choices />
        <p className="quiet">{words.cost}</p>
        <button type="submit" className="main" disabled={act.isPending}>
          {words.start}
        </button>
      </form>
      {act.error && <Problem error={act.error} />}
    </details>
  )
}

function Choices() {
  const words = useRoomWords().exercise
  return (
    <>
      <SelectField
        label={words.organisation}
        name="organisation"
        options={optionsOf(words.organisations)}
      />
      <SelectField
        label={words.stealth}
        name="stealth"
        options={optionsOf(words.stealths)}
        defaultValue="1"
      />
      <TextField
        label={words.days}
        name="days"
        type="number"
        min={14}
        max={120}
        required
        defaultValue={DAYS}
      />
      <TextField
        label={words.seed}
        name="seed"
        type="number"
        min={0}
        max={999_999_999}
        required
        defaultValue={1}
      />
    </>
  )
}

/** The station checks what is typed. */
function askOf(form: HTMLFormElement): ExerciseAsk {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- options of a list that is made from these values
  return {
    organisation: formText(form, 'organisation'),
    days: Number(formText(form, 'days')),
    stealth: Number(formText(form, 'stealth')),
    seed: Number(formText(form, 'seed')),
  } as ExerciseAsk
}
