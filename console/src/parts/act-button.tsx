// A button that does one thing at once, and says how that went.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useWords } from '../language.ts'
import { Problem } from './problem.tsx'

type Props = {
  label: string
  act: () => Promise<unknown>
  /** First part of the keys of what is asked again afterwards. */
  refreshes: string
}

export function ActButton({ label, act, refreshes }: Props) {
  const words = useWords().frame
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: [refreshes] }),
  })
  return (
    <div className="row">
      <button type="button" onClick={() => mutation.mutate()} disabled={mutation.isPending}>
        {label}
      </button>
      <span role="status" className="quiet">
        {mutation.isSuccess && words.done}
      </span>
      {mutation.error && <Problem error={mutation.error} />}
    </div>
  )
}
