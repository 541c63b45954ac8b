// A key shown as a hint, where the person wants hints. Assistive technology gets it by aria-keyshortcuts instead.

import { useHint } from '../keys.ts'

export function Kbd({ keys }: { keys: string }) {
  const shown = useHint(keys)
  return shown === null ? null : <kbd aria-hidden="true">{shown}</kbd>
}
