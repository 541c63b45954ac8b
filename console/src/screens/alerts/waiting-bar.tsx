// "12 new alerts: show". The place is always in the page, so that its words are read out when they come.

import { useWords } from '../../language.ts'

export function WaitingBar({ count, show }: { count: number; show: () => void }) {
  const words = useWords().alerts
  return (
    <div role="status">
      {count > 0 && (
        <button type="button" className="main" onClick={show}>
          {words.waiting(count)}
        </button>
      )}
    </div>
  )
}
