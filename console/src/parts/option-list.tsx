// The list that belongs to a text box with suggestions (ARIA combobox pattern): the focus stays in the box.

type Option = { readonly id: string; readonly label: string }

type Props<O extends Option> = {
  id: string
  label: string
  options: readonly O[]
  at: number
  take: (option: O) => void
  className: string | undefined
  isHidden?: boolean
}

export function OptionList<O extends Option>(props: Props<O>) {
  const { id, label, options, at, take, className, isHidden = false } = props
  return (
    <ul id={id} role="listbox" aria-label={label} className={className} hidden={isHidden}>
      {options.map((option, index) => (
        <li
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          onPointerDown={(event) => {
            event.preventDefault()
            take(option)
          }}
        >
          {option.label}
        </li>
      ))}
    </ul>
  )
}
