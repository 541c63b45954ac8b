// What people of a federation do and see, through the API of their station or hub.

import { VigieError } from '../../core/index.ts'
import {
  JoinAnswerSchema,
  PeerInvitedSchema,
  ReceivedListSchema,
  SeenSchema,
  ToldListSchema,
} from '../../model/index.ts'
import type { Site } from './site.ts'

export type Member = {
  readonly site: Site
  readonly hub: Site
  /** Its name there. */
  readonly peer: string
  readonly code: string
  readonly identity: string
  readonly range: string
  /** Has met what the indicator names. */
  readonly isHit: boolean
}

export function given<T>(value: T | undefined): T {
  if (value === undefined)
    throw new VigieError('EXERCISE_FAILED', {
      organisation: '',
      reason: 'too few stations',
    })
  return value
}

export async function all<T>(
  some: readonly T[],
  isSo: (one: T) => Promise<boolean>,
): Promise<boolean> {
  for (const one of some) if (!(await isSo(one))) return false
  return true
}

export async function joinSite(
  hub: Site,
  site: Site,
  { address, onward }: { readonly address: string; readonly onward: boolean },
): Promise<string> {
  const invited = await hub.post(
    '/api/peers',
    { name: site.name, address, onward },
    PeerInvitedSchema,
  )
  const code = { code: invited.code }
  const { digest } = await site.post('/api/share/joins', code, JoinAnswerSchema)
  await site.post('/api/share/joins', { ...code, accept: digest, by: 'Ann' }, JoinAnswerSchema)
  return invited.code
}

export function registrationOf(name: string, range: string) {
  return {
    name,
    sector: 'municipality',
    region: 'NT',
    holdings: [{ kind: 'range', value: range }],
    contacts: [{ name: 'Ann', phone: '+1 867 555 0100', always: true }],
  }
}

export async function hasAnswered(site: Site, value: string): Promise<boolean> {
  const { received } = await site.get('/api/share/received', ReceivedListSchema)
  return received.some(({ name, state }) => name === value && state === 'answered')
}

export async function countsOf(hub: Site, indicator: string) {
  const { seen } = await hub.get('/api/share/seen', SeenSchema)
  const one = seen.find((each) => each.indicator === indicator)
  return { met: one?.members ?? 0, looked: one?.looked ?? 0 }
}

export async function toldTo(site: Site) {
  const { told } = await site.get('/api/notices/told', ToldListSchema)
  return told.filter(({ state }) => state === 'told')
}
