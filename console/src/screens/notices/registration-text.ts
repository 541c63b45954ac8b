// A registration as lines that people type, and back.

import type { Registered } from '../../api-types.ts'

type Holding = Pick<Registered['holdings'][number], 'kind' | 'value' | 'shared'>
type Contact = Registered['contacts'][number]
type Asked<T> = { readonly [K in keyof T]?: T[K] | string }

/** What kind it is shows in how it is written; the station says what is wrong with it. */
export function holdingOf(line: string): Asked<Holding> {
  const value = line.trim()
  const provider = /^provider\s+(.+)$/i.exec(value)?.[1]
  if (provider !== undefined) return { kind: 'provider', value: provider }
  if (/^AS\d+$/i.test(value)) return { kind: 'asn', value }
  if (/^[0-9a-f]{64}$/i.test(value.replaceAll(':', ''))) return { kind: 'certificate', value }
  return { kind: /^[\d.]+(?:\/\d+)?$|:/.test(value) ? 'range' : 'domain', value }
}

export function holdingLine({ kind, value }: Pick<Holding, 'kind' | 'value'>): string {
  return kind === 'provider' ? `provider ${value}` : kind === 'asn' ? `AS${value}` : value
}

/** `name; role; e-mail; telephone; en or fr; 24/7`, in this order, those at the end as needed. */
export function contactOf(line: string): Asked<Contact> {
  const [name = '', role = '', email = '', phone = '', language = 'en', always = ''] = line
    .split(';')
    .map((cell) => cell.trim())
  return {
    name,
    role,
    email,
    phone,
    language: language === '' ? 'en' : language,
    always: always !== '',
  }
}

export function contactLine({ name, role, email, phone, language, always }: Contact): string {
  return [name, role, email, phone, language, ...(always ? ['24/7'] : [])].join('; ')
}

export function linesIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
