// Playbooks of others (CACAO 2.0): taken in, and given out with how far a case got.

import { useQuery } from '@tanstack/react-query'
import type { CaseDetail } from '../../api-types.ts'
import { params, part } from '../../api.ts'
import { useLanguage, useRoomWords, useSide } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formFile } from '../../parts/form-text.ts'
import { importPlaybook, playbooksQuery } from './case-api.ts'

export function CaseCacao({ detail: { case: about, tasks } }: { detail: CaseDetail }) {
  const words = useRoomWords().cases.cacao
  const language = useLanguage()
  const side = useSide()
  const { data } = useQuery(playbooksQuery)
  const started = new Set(tasks.map(({ playbook }) => playbook?.split('/')[0]))
  const here = (data?.playbooks ?? []).filter(({ id }) => started.has(id))
  const asked = params({ language, case: String(about.number) })
  return (
    <>
      <ActForm
        title={words.title}
        action={words.go}
        refreshes="playbooks"
        send={(form) => importPlaybook(formFile(form, 'file'))}
        said={({ name, steps, known }) => words.said(name, steps, known)}
      >
        <p className="quiet">{words.how}</p>
        <TextField label={words.file} name="file" type="file" required accept=".json" />
      </ActForm>
      {here.length > 0 && (
        <>
          <p className="quiet">{words.exports}</p>
          <ul>
            {here.map(({ id, title }) => (
              <li key={id}>
                <a href={`/api/playbooks/${part(id)}/cacao?${asked}`} download={`${id}.json`}>
                  {words.export(side(title))}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
