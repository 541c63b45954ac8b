// What people say of an asset, and that two are one.

import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Asset } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { EXPOSURE, assetsQuery, changeAsset, mergeAsset, unmergeAsset } from './exposure-api.ts'

export function ChangeAsset({ asset }: { asset: Asset }) {
  const words = useRoomWords().exposure
  const { change, columns, zones, impacts } = words.assets
  const facings = { ...words.facings, unknown: change.unknownFacing }
  return (
    <ActForm
      title={change.title}
      action={change.go}
      refreshes={EXPOSURE}
      send={(form) => changeAsset(asset.id, changeOf(form))}
    >
      <TextField label={change.name} name="name" defaultValue={asset.name} required />
      <TextField label={columns.owner} name="owner" defaultValue={asset.owner} />
      <SelectField
        label={change.facing}
        name="facing"
        options={optionsOf(facings)}
        defaultValue={asset.facing}
      />
      <SelectField
        label={columns.zone}
        name="zone"
        options={optionsOf(zones)}
        defaultValue={asset.zone}
      />
      <SelectField
        label={columns.criticality}
        name="criticality"
        options={optionsOf(impacts)}
        defaultValue={asset.criticality}
      />
      <TextField
        label={columns.supportEnds}
        name="supportEnds"
        type="date"
        defaultValue={asset.supportEnds ?? ''}
      />
    </ActForm>
  )
}

function changeOf(form: HTMLFormElement): object {
  return {
    name: formText(form, 'name'),
    owner: formText(form, 'owner'),
    facing: formText(form, 'facing'),
    zone: formText(form, 'zone'),
    criticality: formText(form, 'criticality'),
    supportEnds: formText(form, 'supportEnds') || null,
  }
}

/** Afterwards the asset that has both is shown. */
export function MergeAsset({ asset }: { asset: Asset }) {
  const { merge } = useRoomWords().exposure.assets
  const navigate = useNavigate()
  const { data } = useQuery(assetsQuery(''))
  const others = data?.assets.filter(({ id }) => id !== asset.id) ?? []
  if (others.length === 0) return null
  return (
    <ActForm
      title={merge.title}
      action={merge.go}
      refreshes={EXPOSURE}
      send={async (form) => {
        const { id } = await mergeAsset(asset.id, formText(form, 'into'))
        await navigate({ to: '/exposure/assets', search: { asset: id } })
      }}
    >
      <p className="quiet">{merge.how}</p>
      <SelectField
        label={merge.into}
        name="into"
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </ActForm>
  )
}

export function Merged({ asset: { merged } }: { asset: Asset }) {
  const { merge } = useRoomWords().exposure.assets
  if (merged.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{merge.merged}</h3>
      {merged.map(({ id, name }) => (
        <ActForm
          key={id}
          title={name}
          action={merge.undo(name)}
          refreshes={EXPOSURE}
          send={() => unmergeAsset(id)}
          said={() => merge.done}
        >
          {null}
        </ActForm>
      ))}
    </section>
  )
}
