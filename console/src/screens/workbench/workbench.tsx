// The text being written, with all that can be done with it.

import { useRef } from 'react'
import { useRoomWords } from '../../language.ts'
import { Problem } from '../../parts/problem.tsx'
import { SpanForm } from '../../parts/span-form.tsx'
import { Check } from './check.tsx'
import { Keep } from './keep.tsx'
import { Trial } from './trial.tsx'
import { useWorkbench } from './use-workbench.ts'
import styles from './workbench.module.css'

type Props = {
  /** What stands there when it opens. */
  first: string
  /** The station's own file that is being changed; null for a new one. */
  file: string | null
}

export function Workbench({ first, file }: Props) {
  const words = useRoomWords().workbench
  const bench = useWorkbench(first)
  const box = useRef<HTMLTextAreaElement>(null)
  const goTo = (line: number): void => {
    const at = bench.text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length
    box.current?.focus()
    box.current?.setSelectionRange(at + (line > 1 ? 1 : 0), at + (line > 1 ? 1 : 0))
  }
  return (
    <div className={styles.bench}>
      <section className={styles.write} aria-label={words.text}>
        <textarea
          ref={box}
          aria-label={words.text}
          className="mono"
          spellCheck={false}
          rows={28}
          maxLength={200_000}
          value={bench.text}
          onChange={({ target }) => bench.type(target.value)}
        />
        <Check check={bench.check} error={bench.checkError} goTo={goTo} />
        <Keep bench={bench} file={file} />
      </section>
      <section className={styles.tried} aria-label={words.trial.title}>
        <h2>{words.trial.title}</h2>
        <p className="quiet">{words.trial.how}</p>
        <SpanForm
          action={words.trial.start}
          isBusy={bench.isStarting || bench.text.trim() === ''}
          start={bench.start}
        />
        {bench.trialError !== null && <Problem error={bench.trialError} />}
        {bench.trial && <Trial trial={bench.trial} stop={bench.stop} isOld={bench.isOld} />}
      </section>
    </div>
  )
}
