// The keys of this screen: whatever is registered at the moment it opens.

import { useState } from 'react'
import { activeBindings, isCharacterKey } from '../keys.ts'
import { useWords } from '../language.ts'
import { Modal } from '../parts/modal.tsx'
import { usePreferences } from '../preferences.ts'

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const words = useWords().keys
  const isOff = usePreferences().keys === 'none'
  const [bindings] = useState(() => activeBindings())
  const usable = bindings.filter(({ keys }) => !isOff || !isCharacterKey(keys))
  return (
    <Modal title={words.title} onClose={onClose}>
      {isOff && <p>{words.off}</p>}
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{words.key}</th>
            <th scope="col">{words.does}</th>
          </tr>
        </thead>
        <tbody>
          {usable.map(({ keys, label }) => (
            <tr key={keys}>
              <td>
                <KeyNames keys={keys} />
              </td>
              <td>{label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}

function KeyNames({ keys }: { keys: string }) {
  const { then } = useWords().keys
  return keys.split(' ').map((key, index) => (
    <span key={key}>
      {index > 0 && ` ${then} `}
      <kbd>{key.replace('mod+', 'Ctrl+').replace('Escape', 'Esc')}</kbd>
    </span>
  ))
}
