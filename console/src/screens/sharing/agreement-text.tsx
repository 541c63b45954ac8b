// An agreement as a person reads it: the hub's text, and what this program does under it.

import type { SharePeer } from '../../api-types.ts'
import { useSide } from '../../language.ts'

type Offer = NonNullable<SharePeer['offer']>
type Props = {
  text: Offer['text']
  /** What each list says, and the list. */
  lists: readonly (readonly [heading: string, terms: Offer['terms']])[]
}

export function AgreementText({ text, lists }: Props) {
  const side = useSide()
  return (
    <>
      {side(text)
        .split('\n')
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
      {lists.map(([heading, terms]) => (
        <section key={heading}>
          <h3>{heading}</h3>
          <ul>
            {side(terms).map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
