// Other alerts on the same entity.

import type { Alert } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { AlertLinks } from './alert-links.tsx'

export function Related({ alerts }: { alerts: readonly Alert[] }) {
  const words = useWords().alert
  return (
    <section className={layout.section}>
      <h3>{words.related}</h3>
      <AlertLinks alerts={alerts} none={words.noRelated} />
    </section>
  )
}
