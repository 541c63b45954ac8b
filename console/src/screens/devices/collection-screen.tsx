// How configurations come in by themselves: repositories that are followed, devices that are asked over SSH.

import { useQuery } from '@tanstack/react-query'
import type { ConfigFolder, ConfigRepository } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { PageLinks } from '../../parts/page-links.tsx'
import { stateOf } from '../../parts/room-frame.tsx'
import tables from '../../parts/wide-table.module.css'
import {
  DEVICES,
  configFolderQuery,
  devicePullsQuery,
  followRepository,
  repositoriesQuery,
  unfollowRepository,
} from './device-api.ts'
import { DevicesFrame } from './devices-frame.tsx'
import { Pulls } from './pulls.tsx'

export function CollectionScreen() {
  const { collection: words } = useRoomWords().devices
  const repositories = useQuery(repositoriesQuery)
  const pulls = useQuery(devicePullsQuery)
  const folder = useQuery(configFolderQuery)
  return (
    <DevicesFrame {...stateOf(pulls.error === null ? repositories : pulls)}>
      <div>
        <p>{words.about}</p>
        <Reports />
        {folder.data !== undefined && folder.data.refused.length > 0 && (
          <Refused of={folder.data} />
        )}
        {pulls.data && <Pulls data={pulls.data} />}
        <section className={layout.section}>
          <h2>{words.repositories}</h2>
          <Follow />
          {repositories.data?.repositories.length === 0 && <p>{words.noRepositories}</p>}
          {repositories.data !== undefined && repositories.data.repositories.length > 0 && (
            <Repositories all={repositories.data.repositories} />
          )}
        </section>
      </div>
    </DevicesFrame>
  )
}

function Refused({ of: { folder, refused } }: { of: ConfigFolder }) {
  const { collection: words } = useRoomWords().devices
  const format = useFormat()
  const side = useSide()
  return (
    <section className={layout.section}>
      <h2>{words.folder}</h2>
      <p className="quiet">{folder}</p>
      <ul>
        {refused.map(({ file, looked, problem }) => (
          <li key={file}>{words.folderRefused(file, format.time(looked), side(problem))}</li>
        ))}
      </ul>
    </section>
  )
}

function Reports() {
  const { collection: words } = useRoomWords().devices
  return (
    <div className="row">
      <span className="quiet">{words.reports}</span>
      <PageLinks
        label={words.report.en}
        address="/api/device-report?language=en"
        name="devices-en"
      />
      <PageLinks
        label={words.report.fr}
        address="/api/device-report?language=fr"
        name="appareils-fr"
      />
    </div>
  )
}

function Follow() {
  const { collection: words } = useRoomWords().devices
  return (
    <ActForm
      title={words.follow}
      action={words.go}
      refreshes={DEVICES}
      send={(form) =>
        followRepository({
          place: formText(form, 'place'),
          branch: formText(form, 'branch').trim(),
        })
      }
    >
      <TextField label={words.place} name="place" required maxLength={1000} />
      <TextField label={words.branch} name="branch" maxLength={200} />
    </ActForm>
  )
}

function Repositories({ all }: { all: readonly ConfigRepository[] }) {
  const { collection: words } = useRoomWords().devices
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.repositories}>
      <table className={`${tables.table} ${tables.named}`}>
        <thead>
          <tr>
            <th scope="col">{words.place}</th>
            <th scope="col">{words.counts}</th>
            <th scope="col">{words.looked}</th>
            <th scope="col">{words.state}</th>
            <th scope="col" aria-label={words.remove} />
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <Repository key={one.place} one={one} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Repository({ one }: { one: ConfigRepository }) {
  const { collection: words, git } = useRoomWords().devices
  const format = useFormat()
  const side = useSide()
  const { place, commits, versions, looked, problem, rewritten, lost, refused } = one
  return (
    <tr>
      <th scope="row">{place}</th>
      <td>
        {format.number(commits)}, {format.number(versions)}
      </td>
      <td>{looked === null ? words.never : format.time(looked)}</td>
      <td>
        {problem && <p>{side(problem)}</p>}
        {rewritten && <p>{git.rewritten(format.full(rewritten), (lost ?? '').slice(0, 12))}</p>}
        {refused.slice(0, SHOWN).map(({ file, commit }) => (
          <p key={`${file} ${commit}`}>{git.refused(file, commit.slice(0, 12))}</p>
        ))}
      </td>
      <td>
        <ActButton label={words.remove} refreshes={DEVICES} act={() => unfollowRepository(place)} />
      </td>
    </tr>
  )
}

const SHOWN = 5
