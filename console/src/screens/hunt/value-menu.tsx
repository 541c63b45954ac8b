// What can be done with one value: include, exclude, only, copy, its field's top values, the whole event.

import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { useLanguage, useWords } from '../../language.ts'
import styles from './menu.module.css'
import type { HuntProps } from './use-hunt.ts'

export type Chosen = {
  readonly field: string
  readonly value: string
  readonly element: HTMLElement
  /** Of its event. */
  readonly key: string
}

type Props = HuntProps & { chosen: Chosen; unfold: (key: string) => void; close: () => void }

export function ValueMenu({ chosen, state, unfold, close }: Props) {
  const words = useWords().hunt
  const language = useLanguage()
  const { field, value, element, key } = chosen
  const actions = state.isSql
    ? [{ id: 'copy', label: words.copy, run: () => void navigator.clipboard.writeText(value) }]
    : [
        { id: 'include', label: words.include, run: () => state.condition(field, value, false) },
        { id: 'exclude', label: words.exclude, run: () => state.condition(field, value, true) },
        { id: 'only', label: words.only, run: () => state.only(field, value) },
        { id: 'copy', label: words.copy, run: () => void navigator.clipboard.writeText(value) },
        { id: 'top', label: words.top, run: () => showTop(field, state) },
        { id: 'event', label: words.openEvent, run: () => unfold(key) },
      ]
  return (
    <I18nProvider locale={`${language}-CA`}>
      <Popover
        isOpen
        aria-label={words.cellMenu(field, value)}
        triggerRef={{ current: element }}
        placement="bottom start"
        className={styles.popover ?? ''}
        onOpenChange={(isOpen) => !isOpen && close()}
      >
        <div className={styles.of} aria-hidden="true">
          {words.cellMenu(field, value)}
        </div>
        <Menu
          aria-label={words.cellMenu(field, value)}
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

function showTop(field: string, state: HuntProps['state']): void {
  const open = [field, ...state.open.filter((one) => one !== field)].join(',')
  state.set({ open, fields: 'on' })
}
