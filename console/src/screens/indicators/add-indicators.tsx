// A file, or values typed one a line, into a list. Stored events are searched for them at once.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import type { Imported, IndicatorList } from '../../api-types.ts'
import { importIndicators } from '../../api.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { formText } from '../../parts/form-text.ts'
import { Problem } from '../../parts/problem.tsx'
import styles from './indicators.module.css'

const MARKINGS = ['', 'clear', 'green', 'amber', 'amber+strict', 'red'] as const

export function AddIndicators({ lists }: { lists: readonly IndicatorList[] }) {
  const words = useRoomWords().indicators
  const queries = useQueryClient()
  const id = useId()
  const [file, setFile] = useState<File | null>(null)
  const add = useMutation({
    mutationFn: importIndicators,
    onSettled: () => queries.invalidateQueries({ queryKey: ['indicators'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    add.mutate({
      file: file ?? new Blob([formText(form, 'values')]),
      list: formText(form, 'list').trim(),
      marking: formText(form, 'marking'),
      confidence: formText(form, 'confidence'),
    })
  }
  return (
    <details className={styles.add}>
      <summary>{words.add}</summary>
      <form onSubmit={submit}>
        <label>
          {words.columns.list}
          <input name="list" required maxLength={100} list={id} pattern="[\p{L}\p{N}].*" />
        </label>
        <datalist id={id}>
          {lists.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <label>
          {words.typed}
          <textarea name="values" rows={4} className="mono" disabled={file !== null} />
        </label>
        <label>
          {words.orFile}
          <input type="file" onChange={({ target }) => setFile(target.files?.[0] ?? null)} />
        </label>
        <Said isPending={add.isPending} />
      </form>
      {add.error && <Problem error={add.error} />}
      <div role="status">{add.data && <Outcome imported={add.data} />}</div>
    </details>
  )
}

/** What is said of all of them. */
function Said({ isPending }: { isPending: boolean }) {
  const words = useRoomWords().indicators
  return (
    <div className="row">
      <label>
        {words.columns.marking}
        <select name="marking" defaultValue="">
          {MARKINGS.map((marking) => (
            <option key={marking} value={marking}>
              {marking === '' ? words.noMarking : `TLP:${marking.toUpperCase()}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.columns.confidence}
        <input name="confidence" type="number" min={0} max={100} defaultValue={50} />
      </label>
      <button type="submit" className="main" disabled={isPending}>
        {words.addNow}
      </button>
    </div>
  )
}

const PROBLEMS_SHOWN = 10

function Outcome({ imported: { kept, warned, refused, problems } }: { imported: Imported }) {
  const words = useRoomWords().indicators
  const format = useFormat()
  const side = useSide()
  return (
    <>
      <p>{words.imported(format.number(kept), format.number(warned), format.number(refused))}</p>
      <ul>
        {problems.slice(0, PROBLEMS_SHOWN).map(({ line, value, reason }) => (
          <li key={`${line} ${value}`}>
            {words.line(line)} <span className="mono">{value}</span> {side(reason)}
          </li>
        ))}
      </ul>
    </>
  )
}
