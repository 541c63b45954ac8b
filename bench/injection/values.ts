// `{{outside}}`, `{{n:10-99}}`, `{{word:2}}`: values that are drawn, the same for the same text within one configuration or
// one change. Addresses outside are from the documentation ranges, addresses inside are private.

import type { Random } from '../random.ts'

const WORDS = [
  'library',
  'harbour',
  'clinic',
  'arena',
  'annex',
  'depot',
  'school',
  'council',
  'garage',
  'works',
  'museum',
  'studio',
  'tower',
  'lakeside',
  'records',
  'finance',
] as const
const PEOPLE = [
  'marie',
  'achen',
  'jtremblay',
  'lcote',
  'dsingh',
  'pbouchard',
  'kwilson',
  'mroy',
] as const
const LETTERS = 'abcdefghijkmnpqrstuvwxyz'
const SIGNS = `${LETTERS}ABCDEFGHJKLMNPQRSTUVWXYZ23456789`

export type Values = { readonly fill: (text: string) => string }

/** `base`: what the configuration before has drawn, as `{{base:…}}`. */
export function valuesOf(random: Random, base?: Values): Values {
  const drawn = new Map<string, string>()
  const fill = (text: string): string =>
    text.replaceAll(/\{\{([^{}]+)\}\}/g, (_, token: string) => {
      if (token.startsWith('base:')) return base?.fill(`{{${token.slice(5)}}}`) ?? ''
      const known = drawn.get(token) ?? draw(token, random)
      drawn.set(token, known)
      return known
    })
  return { fill }
}

function draw(token: string, random: Random): string {
  const [kind = '', detail = ''] = token.split(':')
  if (kind === 'n') return String(number(detail, random))
  if (kind === 'pick') return choice(detail.split(','), random)
  if (kind === 'word' || kind === 'site') return `${random.pick(WORDS)}${random.int(90) + 10}`
  if (kind === 'name') return `${random.pick(PEOPLE)}${choice(['', '.ext', 'svc'], random)}`
  if (kind === 'inside')
    return `10.${random.int(200) + 20}.${random.int(250)}.${random.int(200) + 20}`
  if (kind === 'outside')
    return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.int(130) + 100}`
  if (kind === 'hex') return signs('0123456789abcdef', 16, random)
  if (kind === 'salt' || kind === 'secret')
    return signs(LETTERS, 1, random) + signs(SIGNS, 15, random)
  throw new Error(`{{${token}}} is no value this benchmark draws`)
}

function number(detail: string, random: Random): number {
  const [low = 1, high = 9999] = detail.split('-').map(Number)
  return Number.isNaN(low) ? random.int(9999) + 1 : low + random.int(high - low + 1)
}

function choice(from: readonly string[], random: Random): string {
  return from[random.int(from.length)] ?? ''
}

function signs(from: string, count: number, random: Random): string {
  return Array.from({ length: count }, () => from[random.int(from.length)]).join('')
}
