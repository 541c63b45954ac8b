// Where a repository is: a folder of this machine, or an address over HTTPS or SSH.

import { isAbsolute } from 'node:path'
import type { RepositoryProblem } from '../../core/index.ts'

/** Null for a place that may be asked. */
export function placeProblem(place: string): RepositoryProblem | null {
  if (/[\0-\x1F\x7F]/.test(place) || place.startsWith('-')) return 'bad_place'
  if (isAbsolute(place)) return null
  if (/^[A-Za-z0-9_.-]+@[A-Za-z0-9][A-Za-z0-9.-]*:[^:-][^:]*$/.test(place)) return null
  const url = URL.parse(place)
  if (url === null || !['https:', 'ssh:', 'file:'].includes(url.protocol)) return 'bad_place'
  if (url.hostname.startsWith('-') || url.username.startsWith('-')) return 'bad_place'
  // It would stand in the records, and in the list of processes.
  return url.password === '' && !(url.protocol === 'https:' && url.username !== '')
    ? null
    : 'with_password'
}
