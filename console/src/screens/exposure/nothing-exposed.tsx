// An empty list, honestly: what is lacking, and the commands that bring it.

import { Link } from '@tanstack/react-router'
import { useRoomWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'

const COMMANDS = [
  'vigie exposure knowledge load known_exploited_vulnerabilities.json',
  'vigie exposure import scan.nessus inventory.csv',
]

export function NothingExposed({ hasFeeds }: { hasFeeds: boolean }) {
  const words = useRoomWords().exposure
  return (
    <section>
      <p>
        <strong>{words.empty}</strong> {!hasFeeds && words.noFeeds}
      </p>
      <p>{words.emptyHow}</p>
      {COMMANDS.map((command) => (
        <div key={command} className="row">
          <code>{command}</code>
          <Copy text={command} />
        </div>
      ))}
      <p>
        <Link to="/exposure/files">{words.views.files}</Link>
      </p>
    </section>
  )
}
