// Said, not spun: a word that waits its turn so that quick answers do not flash.

import { useWords } from '../language.ts'
import styles from './loading.module.css'

export function Loading() {
  return (
    <p role="status" className={`quiet ${styles.loading}`}>
      {useWords().frame.loading}
    </p>
  )
}
