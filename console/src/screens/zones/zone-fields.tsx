// One zone with its fields.

import type { ZoneEntry } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { AreaField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { wordsIn } from './entry-text.ts'
import type { Editing } from './entry-text.ts'
import styles from './zones.module.css'

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export function ZoneFields({ zone, change, remove }: Editing<ZoneEntry> & { zone: ZoneEntry }) {
  const { editor: words, kinds } = useRoomWords().zones
  return (
    <fieldset className={styles.entry}>
      <legend>{words.zone(zone.name)}</legend>
      <TextField
        label={words.name}
        name="name"
        value={zone.name}
        required
        maxLength={200}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={words.id}
        name="id"
        value={zone.id}
        required
        pattern="[a-z0-9][a-z0-9\-]*"
        maxLength={64}
        onChange={(event) => change({ id: event.target.value })}
      />
      <SelectField
        label={words.kind}
        name="kind"
        value={zone.kind}
        options={optionsOf(kinds)}
        onChange={(event) => change({ kind: event.target.value, suggestedBy: '' })}
      />
      <Where zone={zone} change={change} />
      <button type="button" onClick={remove} aria-label={words.removeOne(zone.name)}>
        {words.remove}
      </button>
      {zone.suggestedBy !== '' && (
        <span className="quiet">{words.suggestedBy(zone.suggestedBy)}</span>
      )}
    </fieldset>
  )
}

/** By addresses, by interfaces, or both. */
function Where({ zone, change }: Pick<Editing<ZoneEntry>, 'change'> & { zone: ZoneEntry }) {
  const { editor: words } = useRoomWords().zones
  return (
    <>
      <AreaField
        label={words.prefixes}
        name="prefixes"
        rows={2}
        defaultValue={zone.prefixes.join(' ')}
        onChange={(event) => change({ prefixes: wordsIn(event.target.value) })}
      />
      <AreaField
        label={words.interfaces}
        name="interfaces"
        rows={2}
        defaultValue={zone.interfaces.join('\n')}
        onChange={(event) => change({ interfaces: linesIn(event.target.value) })}
      />
    </>
  )
}
