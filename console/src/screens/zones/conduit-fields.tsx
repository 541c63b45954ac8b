// One conduit with its fields.

import type { ConduitEntry, ZoneEntry } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { SelectField, TextField } from '../../parts/fields.tsx'
import { wordsIn } from './entry-text.ts'
import type { Editing } from './entry-text.ts'
import styles from './zones.module.css'

export function ConduitFields({
  conduit,
  zones,
  change,
  remove,
}: Editing<ConduitEntry> & { conduit: ConduitEntry; zones: readonly ZoneEntry[] }) {
  const words = useRoomWords().zones.editor
  const options = zones.map(({ id, name }) => ({ value: id, label: name }))
  const nameOf = (id: string) => zones.find((zone) => zone.id === id)?.name ?? id
  const title = words.conduit(nameOf(conduit.from), nameOf(conduit.to))
  return (
    <fieldset className={styles.entry}>
      <legend>{title}</legend>
      {(['from', 'to'] as const).map((side) => (
        <SelectField
          key={side}
          label={words[side]}
          name={side}
          value={conduit[side]}
          options={options}
          onChange={(event) => change({ [side]: event.target.value })}
        />
      ))}
      <TextField
        label={words.allow}
        name="allow"
        defaultValue={conduit.allow.join(' ')}
        required
        onChange={(event) => change({ allow: wordsIn(event.target.value) })}
      />
      <Details conduit={conduit} change={change} />
      <button type="button" onClick={remove} aria-label={words.removeOne(title)}>
        {words.remove}
      </button>
    </fieldset>
  )
}

/** Who answers for it, what for, and until when. */
function Details({
  conduit,
  change,
}: Pick<Editing<ConduitEntry>, 'change'> & { conduit: ConduitEntry }) {
  const words = useRoomWords().zones.editor
  return (
    <>
      {(['owner', 'justification'] as const).map((field) => (
        <TextField
          key={field}
          label={words[field]}
          name={field}
          value={conduit[field]}
          maxLength={500}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      ))}
      <TextField
        label={words.expires}
        name="expires"
        type="date"
        value={conduit.expires}
        onChange={(event) => change({ expires: event.target.value })}
      />
    </>
  )
}
