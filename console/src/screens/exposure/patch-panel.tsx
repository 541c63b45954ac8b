// One product to bring up to date: why now, where, and what it closes.

import { Link } from '@tanstack/react-router'
import type { Patch } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Panel } from '../../parts/panel.tsx'
import styles from './exposure.module.css'
import { keyOfPatch } from './use-patch-columns.tsx'

export function PatchPanel({ patch, onClose }: { patch: Patch; onClose: () => void }) {
  const words = useRoomWords().exposure
  const side = useSide()
  return (
    <Panel label={words.patches.detail} of={keyOfPatch(patch)} onClose={onClose}>
      <h2>{`${words.actions[patch.action]}${words.patches.colon} ${patch.product}`}</h2>
      <p>{`${patch.first}${words.patches.colon} ${side(patch.why)}`}</p>
      <PatchFacts patch={patch} />
      <section className={layout.section}>
        <h3>{words.patches.places}</h3>
        <ul className={styles.places}>
          {patch.places.map(({ id, name, owner, due }) => (
            <li key={id}>
              <Link to="/exposure/assets" search={{ asset: id }}>
                {name}
              </Link>{' '}
              {[owner, dayOf(due)].filter(Boolean).join(', ')}
            </li>
          ))}
        </ul>
        {patch.assets > patch.places.length && (
          <p className="quiet">{words.patches.more(patch.assets - patch.places.length)}</p>
        )}
      </section>
      <section className={layout.section}>
        <h3>{words.patches.closes}</h3>
        <ul className={styles.places}>
          {patch.named.map((id) => (
            <li key={id}>
              <Link to="/exposure" search={{ advisory: id }}>
                {id}
              </Link>
            </li>
          ))}
        </ul>
        {patch.advisories > patch.named.length && (
          <p className="quiet">{words.patches.more(patch.advisories - patch.named.length)}</p>
        )}
      </section>
    </Panel>
  )
}

function PatchFacts({ patch }: { patch: Patch }) {
  const words = useRoomWords().exposure
  const { number } = useFormat()
  return (
    <Facts
      facts={[
        [words.due, dayOf(patch.due) || words.noDate],
        [words.columns.tier, words.tiers[patch.tier]],
        [words.columns.exploited, patch.exploited ? words.yes : words.no],
        [words.patches.versions, patch.versions.join(', ')],
        [words.patches.fixedIn, patch.fixedIn.join(', ')],
        [words.columns.facing, number(patch.internetFacing)],
        [words.columns.state, words.overdueOf(patch.overdue)],
        [words.triage, patch.triage === 0 ? '' : number(patch.triage)],
      ]}
    />
  )
}
