// A dialog over the page, for help and the palette only: details are never modal.

import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal'
import { useWords } from '../language.ts'
import { Icon } from './icon.tsx'
import styles from './modal.module.css'

type Props = { title: string; onClose: () => void; children: ReactNode }

export function Modal({ title, onClose, children }: Props) {
  const words = useWords().frame
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={styles.overlay ?? ''}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <AriaModal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''}>
          <div className="row spread">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <button type="button" className="bare" onClick={onClose}>
              <Icon name="close" />
              <span className="unseen">{words.close}</span>
            </button>
          </div>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  )
}
