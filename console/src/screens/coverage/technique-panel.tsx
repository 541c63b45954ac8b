// One technique: its rules by what they can do, its sub-techniques, and the way to them.

import { Link } from '@tanstack/react-router'
import { techniqueName } from '../../../../src/words/attack-names.ts'
import type { Coverage } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { Panel } from '../../parts/panel.tsx'
import { Reference } from '../../parts/reference.tsx'

type Technique = Coverage['techniques'][number]

export function TechniquePanel({
  technique: { id, reach, tactics, subtechniques },
  onClose,
}: {
  technique: Technique
  onClose: () => void
}) {
  const words = useRoomWords().coverage
  return (
    <Panel label={words.technique} of={id} onClose={onClose}>
      <h2>
        {id} <span lang="en">{techniqueName(id)}</span>
      </h2>
      <p className="quiet">{tactics.map((tactic) => words.tactics[tactic] ?? tactic).join(', ')}</p>
      <p>{words.counts(reach.live, reach.idle, reach.unusable)}</p>
      <p>
        <Link to="/rules" search={{ text: id }}>
          {words.itsRules}
        </Link>
      </p>
      <p>
        <Reference address={`https://attack.mitre.org/techniques/${id}/`} />
      </p>
      {subtechniques.length > 0 && (
        <section className={layout.section}>
          <h3>{words.subtechniques}</h3>
          <dl className={layout.facts}>
            {subtechniques.map((sub) => [
              <dt key={sub.id}>
                <Link to="/rules" search={{ text: sub.id }}>
                  {sub.id}
                </Link>
              </dt>,
              <dd key={`${sub.id}=`}>
                <span lang="en">{techniqueName(sub.id)?.replace(/^.*: /u, '')}</span>
                <br />
                {words.counts(sub.reach.live, sub.reach.idle, sub.reach.unusable)}
              </dd>,
            ])}
          </dl>
        </section>
      )}
    </Panel>
  )
}
