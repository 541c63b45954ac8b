// Files kept as proof, each with its digest.

import type { CaseDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, TextField } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { CASES, keepFile } from './case-api.ts'
import styles from './cases.module.css'

export function CaseFiles({ detail: { case: about, files } }: { detail: CaseDetail }) {
  const words = useRoomWords().cases
  const format = useFormat()
  const { number } = about
  return (
    <section className={layout.section}>
      <h3>{words.files.title}</h3>
      {files.length === 0 && <p>{words.files.none}</p>}
      <ul className={styles.events}>
        {files.map(({ id, name, bytes, sha256, origin, taken, takenBy }) => (
          <li key={id}>
            <a
              href={`/api/cases/${number}/files/${id}`}
              download={name}
              aria-label={words.files.read(name)}
            >
              {name}
            </a>{' '}
            <span className="quiet">
              {format.bytes(bytes)} · {words.by(takenBy, format.time(taken))}
            </span>
            <div className={`mono ${styles.text}`}>{sha256}</div>
            {origin !== '' && <div className={styles.text}>{origin}</div>}
          </li>
        ))}
      </ul>
      {files.length > 0 && <p className="quiet">{words.files.readHow}</p>}
      <KeepFile number={number} />
    </section>
  )
}

function KeepFile({ number }: { number: number }) {
  const words = useRoomWords().cases.files
  return (
    <ActForm
      title={words.keep}
      action={words.go}
      refreshes={CASES}
      send={(form) =>
        keepFile(number, formFile(form, 'file'), {
          origin: formText(form, 'origin').trim(),
          collectedBy: formText(form, 'collectedBy').trim(),
        })
      }
      said={({ sha256 }) => words.said(sha256)}
    >
      <TextField label={words.file} name="file" type="file" required />
      <AreaField label={words.origin} name="origin" maxLength={2000} />
      <TextField label={words.by} name="collectedBy" maxLength={200} />
    </ActForm>
  )
}
