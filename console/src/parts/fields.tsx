// Fields of a form with the label above.

import type { ComponentProps } from 'react'

type Labelled<P> = P & { label: string; name: string }

export function TextField({ label, ...input }: Labelled<ComponentProps<'input'>>) {
  return (
    <label className="field">
      {label}
      <input {...input} />
    </label>
  )
}

export function AreaField({ label, ...area }: Labelled<ComponentProps<'textarea'>>) {
  return (
    <label className="field">
      {label}
      <textarea rows={3} {...area} />
    </label>
  )
}

export type Option = { readonly value: string; readonly label: string }
type SelectProps = Labelled<ComponentProps<'select'>> & { options: readonly Option[] }

export function SelectField({ label, options, ...select }: SelectProps) {
  return (
    <label className="field">
      {label}
      <select {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

export function CheckField({ label, ...input }: Labelled<ComponentProps<'input'>>) {
  return (
    <label className="choice">
      <input type="checkbox" {...input} />
      {label}
    </label>
  )
}

/** The words of a table as options, in its order. */
export function optionsOf(words: Readonly<Record<string, string>>): readonly Option[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}
