// The form of a report as the station takes it.

import type { StatedReport } from '../../api-types.ts'
import { formText } from '../../parts/form-text.ts'
import { oneOf } from './one-of.ts'

const CATEGORIES = [
  'unauthorized_access',
  'denial_of_service',
  'social_engineering',
  'improper_usage',
  'identified_vulnerability',
  'information_breach',
  'malicious_code',
] as const
const KINDS = [
  'municipality',
  'province',
  'territory',
  'first_nation',
  'inuit',
  'metis',
  'other',
] as const
const ESTATES = ['unknown', 'it', 'ot', 'both'] as const
const MARKINGS = ['amber', 'clear', 'green', 'amber+strict', 'red'] as const

export function statedOf(form: HTMLFormElement): StatedReport {
  const text = (name: string): string => formText(form, name).trim()
  const count = (name: string): number | null => (text(name) === '' ? null : Number(text(name)))
  const lines = (name: string): string[] =>
    text(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  return {
    reporter: {
      name: text('name'),
      role: text('role'),
      phone: text('phone'),
      email: text('email'),
      always: text('always') !== '',
    },
    organization: {
      name: text('organization'),
      kind: oneOf(KINDS, text('government')),
      sector: text('sector'),
      size: text('size'),
      provider: text('provider'),
    },
    consent: {
      onBehalfOf: text('onBehalfOf'),
      sharing: oneOf(MARKINGS, text('sharing')),
      anonymise: text('anonymise') !== '',
      terms: text('terms'),
      priorApproval: text('priorApproval'),
    },
    category: oneOf(CATEGORIES, text('category')),
    found: text('found'),
    impact: {
      services: text('services'),
      systems: count('systems'),
      estate: oneOf(ESTATES, text('estate')),
      data: text('dataKinds'),
      persons: count('persons'),
      safety: text('safety'),
    },
    vector: { entry: text('entry'), means: text('means') },
    helpWanted: text('helpWanted'),
    indicators: lines('indicators').map(indicatorOf),
    leftOut: lines('leftOut'),
  }
}

/** A value, a space, and what is known of it. */
function indicatorOf(line: string): StatedReport['indicators'][number] {
  const [value = '', ...context] = line.split(' ')
  return { value, context: context.join(' ') }
}
