// Look, keys and clock, remembered in this browser. A native popover: it closes by itself and gives the focus back.

import type { Session } from '../api-types.ts'
import { useWords } from '../language.ts'
import { Icon } from '../parts/icon.tsx'
import type { Preferences } from '../preferences.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import styles from './frame.module.css'

export function Settings({ session }: { session: Session }) {
  const words = useWords()
  const chosen = usePreferences()
  const { settings, frame } = words
  return (
    <>
      <button type="button" className="bare" popoverTarget="settings" title={frame.settings}>
        <Icon name="settings" />
        <span className="unseen">{frame.settings}</span>
      </button>
      <div
        id="settings"
        popover="auto"
        className={styles.settings}
        role="group"
        aria-label={frame.settings}
      >
        <Choices name="theme" legend={settings.theme} choices={settings.themes} chosen={chosen} />
        <Choices
          name="density"
          legend={settings.density}
          choices={settings.densities}
          chosen={chosen}
        />
        <Choices name="keys" legend={settings.keys} choices={settings.keyChoices} chosen={chosen} />
        <Choices name="clock" legend={settings.clock} choices={settings.clocks} chosen={chosen} />
        <p className="quiet">
          {frame.signedInAs(session.user, session.station)}
          <br />
          {frame.version(session.version)}
        </p>
      </div>
    </>
  )
}

type ChoicesProps = {
  name: keyof Preferences
  legend: string
  choices: Readonly<Record<string, string>>
  chosen: Preferences
}

function Choices({ name, legend, choices, chosen }: ChoicesProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Object.entries(choices).map(([value, label]) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen[name] === value}
            onChange={() => setPreferences({ [name]: value })}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
