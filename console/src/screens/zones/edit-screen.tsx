// Zones and conduits as a form: from the file that stands, an earlier version, or what the devices propose.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import type { ZonesFile } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Problem } from '../../parts/problem.tsx'
import { stateOf } from '../../parts/room-frame.tsx'
import { DevicesFrame } from '../devices/devices-frame.tsx'
import { ZONES, keepZones, proposalQuery, segmentationQuery, zonesQuery } from './zones-api.ts'
import { ZonesForm } from './zones-form.tsx'
import styles from './zones.module.css'

const route = getRouteApi('/devices/zones/edit')

export function EditScreen() {
  const query = useQuery(segmentationQuery)
  const { version = '' } = route.useSearch()
  const stands = query.data?.stands ?? null
  return (
    <DevicesFrame {...stateOf(query)}>
      {query.data !== undefined &&
        (stands === null ? <Proposed /> : <Kept version={version} from={stands.version} />)}
    </DevicesFrame>
  )
}

function Proposed() {
  const words = useRoomWords().zones.editor
  const { data, error } = useQuery(proposalQuery(useLanguage()))
  if (error) return <Problem error={error} />
  if (data === undefined) return <Loading />
  return (
    <div className={styles.main}>
      <p>
        <strong>{words.proposal}</strong>
      </p>
      <Editing file={data} from={null} />
    </div>
  )
}

function Kept({ version, from }: { version: string; from: number }) {
  const words = useRoomWords().zones.editor
  const format = useFormat()
  const { data, error } = useQuery(zonesQuery(version))
  if (error) return <Problem error={error} />
  if (data === undefined || data.stands === null) return <Loading />
  const { stands } = data
  return (
    <div className={styles.main}>
      <p>{words.stands(stands.version, stands.keptBy, format.full(stands.kept))}</p>
      <Editing key={stands.version} file={data} from={from} />
    </div>
  )
}

function Editing({ file, from }: { file: ZonesFile; from: number | null }) {
  const words = useRoomWords().zones.editor
  const format = useFormat()
  return (
    <>
      <p className="quiet">{words.how}</p>
      <ZonesForm file={file} from={from} />
      <ActForm
        title={words.asText}
        action={words.keep}
        refreshes={ZONES}
        send={(form) =>
          keepZones({ text: formText(form, 'text'), note: formText(form, 'note'), from })
        }
        said={() => words.kept}
      >
        <AreaField label={words.text} name="text" rows={24} defaultValue={file.text} required />
        <TextField label={words.note} name="note" maxLength={500} />
      </ActForm>
      {file.versions.length > 0 && (
        <section className={layout.section}>
          <h2>{words.versions}</h2>
          <ul>
            {file.versions.map(({ version, keptBy, kept, note }) => (
              <li key={version}>
                <Link to="/devices/zones/edit" search={{ version: String(version) }}>
                  {words.stands(version, keptBy, format.full(kept))}
                </Link>{' '}
                {note}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
