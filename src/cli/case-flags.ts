// What the commands about cases share.

import { CLIENT_FLAGS } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export type CaseFlags = ClientFlags & { readonly json: boolean }

export const CASE_FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const

/** The number of a case as the only argument. */
export const numbered = () =>
  ({
    kind: 'tuple',
    parameters: [{ brief: 'case', parse: Number, placeholder: 'case' }],
  }) as const

/** A number and one more word. */
export const numberedWith = (placeholder: string) =>
  ({
    kind: 'tuple',
    parameters: [
      { brief: 'case', parse: Number, placeholder: 'case' },
      { brief: placeholder, parse: String, placeholder },
    ],
  }) as const

export function casePath(number: number): string {
  return `/api/cases/${encodeURIComponent(number)}`
}

/** A number and one word or more. */
export const numberedWithMany = (placeholder: string) =>
  ({
    kind: 'array',
    parameter: { brief: `case, then ${placeholder}`, parse: String, placeholder },
    minimum: 2,
  }) as const
