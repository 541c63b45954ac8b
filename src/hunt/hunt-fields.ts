// The fields a hunt can ask for, with what they mean in both languages.

import type { z } from 'zod'
import { EVENT_COLUMNS } from '../model/index.ts'
import type { HuntFieldSchema } from '../model/index.ts'
import { wordsOf } from '../words/index.ts'
import { NETWORK_FIELDS } from './network-condition.ts'
import { ANYWHERE } from './query-condition.ts'

export type HuntField = z.infer<typeof HuntFieldSchema>

/** What an address belongs to is asked, and not shown in a column: it is no part of the event. */
function networkFields(): readonly HuntField[] {
  const [en, fr] = [wordsOf('en').hunt.networkField, wordsOf('fr').hunt.networkField]
  return [...NETWORK_FIELDS].map(([name, { address, column }]) => ({
    name,
    type: column === 'asn' ? 'UInt32' : 'String',
    meaning: { en: en[column](address), fr: fr[column](address) },
    ocsf: null,
    use: 'filter',
  }))
}

export function huntFields(): readonly HuntField[] {
  const [en, fr] = [wordsOf('en').hunt, wordsOf('fr').hunt]
  const any: HuntField = {
    name: ANYWHERE,
    type: 'String',
    meaning: { en: en.pseudoFields.any, fr: fr.pseudoFields.any },
    ocsf: null,
    use: 'filter',
  }
  const columns = EVENT_COLUMNS.map(({ name, type, meaning, ocsf, use }) => ({
    name,
    type,
    meaning: { en: meaning, fr: fr.columns[name] ?? meaning },
    ocsf,
    use,
  }))
  return [...columns, ...networkFields(), any]
}
