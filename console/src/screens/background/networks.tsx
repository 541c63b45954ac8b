// Networks: how old the knowledge is, what it is made of and under which terms, whose packs are taken.

import type { NetworkState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { CheckField, TextField } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { Reference } from '../../parts/reference.tsx'
import { Table } from '../../parts/table.tsx'
import { BACKGROUND, loadPack } from './background-api.ts'

export function Networks({ state: { data, ageDays, stale, keys } }: { state: NetworkState }) {
  const words = useRoomWords().background.networks
  const format = useFormat()
  const { facts } = words
  return (
    <section className={layout.section} aria-label={words.title}>
      <h2>{words.title}</h2>
      {data === null && <p>{words.none}</p>}
      {stale && (
        <p>
          <strong>{words.stale}</strong>
        </p>
      )}
      {data && (
        <Facts
          facts={[
            [facts.dated, words.age(data.dated.slice(0, 10), ageDays ?? 0)],
            [facts.ranges, format.number(data.ranges)],
            [facts.by, data.origin === 'installed' ? words.installed : data.loadedBy],
            [facts.key, data.key],
          ]}
        />
      )}
      {data && <Sources sources={data.sources} />}
      {keys.length > 0 && (
        <Facts
          facts={[
            [
              words.keys,
              <ul key="keys">
                {keys.map((key) => (
                  <li key={key}>
                    <code>{key}</code>
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
      )}
      <PackForm />
    </section>
  )
}

function Sources({ sources }: Pick<NonNullable<NetworkState['data']>, 'sources'>) {
  const words = useRoomWords().background.networks
  return (
    <Table
      title={words.sources}
      none={words.noSources}
      columns={words.columns}
      rows={sources.map(({ name, version, licence, dated, address }) => ({
        key: name,
        cells: [
          name,
          version,
          licence,
          dated.slice(0, 10),
          <Reference key={address} address={address} />,
        ],
      }))}
    />
  )
}

function PackForm() {
  const words = useRoomWords().background.pack
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={BACKGROUND}
      send={(form) =>
        loadPack(formFile(form, 'file'), {
          key: formText(form, 'key').trim(),
          older: formText(form, 'older') !== '',
        })
      }
    >
      <p className="quiet">{words.how}</p>
      <TextField label={words.file} name="file" type="file" required />
      <TextField label={words.key} name="key" maxLength={200} autoComplete="off" />
      <CheckField label={words.older} name="older" />
    </ActForm>
  )
}
