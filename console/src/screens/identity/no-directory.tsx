// An empty room, honestly: what is lacking, and the command that brings it.

import { Link } from '@tanstack/react-router'
import { useRoomWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'

const COMMAND = 'vigie identity import users.json registrations.json roles.json'

export function NoDirectory() {
  const words = useRoomWords().identity
  return (
    <section>
      <p>
        <strong>{words.empty}</strong>
      </p>
      <p>{words.emptyHow}</p>
      <div className="row">
        <code>{COMMAND}</code>
        <Copy text={COMMAND} />
      </div>
      <p>
        <Link to="/identity/files">{words.views.files}</Link>
      </p>
    </section>
  )
}
