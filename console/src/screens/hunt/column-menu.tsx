// A column's heading: opens what can be done with the column.

import { useRef, useState } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { useFormat } from '../../format.ts'
import { useLanguage, useWords } from '../../language.ts'
import { movedColumn } from './hunt-columns.ts'
import styles from './menu.module.css'
import type { HuntProps } from './use-hunt.ts'

type Props = HuntProps & { name: string }

export function ColumnMenu({ name, state }: Props) {
  const words = useWords().hunt
  const { zone } = useFormat()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`bare small ${styles.heading}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        title={words.columnMenu(name)}
        onClick={() => setOpen(true)}
      >
        {name === 'time' ? words.time(zone) : name}
      </button>
      {isOpen && <Opened name={name} state={state} button={button} close={() => setOpen(false)} />}
    </>
  )
}

type OpenedProps = HuntProps & {
  name: string
  button: React.RefObject<HTMLButtonElement | null>
  close: () => void
}

function Opened({ name, state, button, close }: OpenedProps) {
  const words = useWords().hunt
  const language = useLanguage()
  const { columns, setColumns, open } = state
  const actions = [
    { id: 'left', label: words.moveLeft, run: () => setColumns(movedColumn(columns, name, -1)) },
    { id: 'right', label: words.moveRight, run: () => setColumns(movedColumn(columns, name, 1)) },
    {
      id: 'remove',
      label: words.removeColumn,
      run: () => setColumns(columns.filter((one) => one !== name)),
    },
    {
      id: 'top',
      label: words.top,
      run: () => state.set({ open: [...new Set([name, ...open])].join(','), fields: 'on' }),
    },
  ]
  return (
    <I18nProvider locale={`${language}-CA`}>
      <Popover
        isOpen
        aria-label={words.columnMenu(name)}
        triggerRef={button}
        placement="bottom start"
        className={styles.popover ?? ''}
        onOpenChange={(isOpen) => !isOpen && close()}
      >
        <Menu
          aria-label={words.columnMenu(name)}
          autoFocus="first"
          className={styles.menu ?? ''}
          onAction={(id) => actions.find((action) => action.id === id)?.run()}
          onClose={close}
        >
          {actions.map(({ id, label }) => (
            <MenuItem key={id} id={id} className={styles.item ?? ''}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </I18nProvider>
  )
}
