// Buttons of which one, or several, are pressed.

import layout from './layout.module.css'

type Props<T extends string> = {
  label: string
  choices: readonly { readonly value: T; readonly label: string }[]
  isChosen: (value: T) => boolean
  choose: (value: T) => void
}

export function Choices<T extends string>({ label, choices, isChosen, choose }: Props<T>) {
  return (
    <div role="group" aria-label={label} className={layout.choices}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={isChosen(choice.value)}
          onClick={() => choose(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
