// Who is told: the most specific holder, nobody by a claim that nobody confirmed, and never another.

import { describe, expect, test } from 'vitest'
import { addressBits, isPublicAddress, readHolding } from './holding.ts'
import { indexClaims, match } from './match.ts'
import type { Claim, Seen } from './match.ts'

const claim = (
  organisation: string,
  kind: Claim['kind'],
  value: string,
  change: Partial<Claim> = {},
): Claim => ({
  organisation,
  kind,
  value,
  shared: false,
  isConfirmed: true,
  ...change,
})
const told = (claims: readonly Claim[], seen: Seen) => {
  const found = match(indexClaims(claims), seen)
  return found.kind === 'told' ? found.organisations.map(({ id }) => id) : found.kind
}

describe('holdings', () => {
  test.each([
    ['range', '192.0.2.77/24', '192.0.2.0/24'],
    ['range', '198.51.100.3', '198.51.100.3/32'],
    ['range', '2001:DB8:0:0::/48', '2001:db8::/48'],
    ['domain', '*.Ville.Example.', 'ville.example'],
    ['domain', 'Hôtel-de-ville.example', 'xn--htel-de-ville-plb.example'],
    ['asn', 'as64500', '64500'],
    ['certificate', Array(32).fill('AB').join(':'), 'ab'.repeat(32)],
  ] as const)('%s %s is kept as %s', (kind, value, kept) => {
    expect(readHolding({ kind, value })).toEqual({ ok: true, value: kept })
  })
  test.each([
    ['range', '10.1.0.0/16', 'private range'],
    ['range', '64.0.0.0/4', 'range too wide'],
    ['range', '::ffff:10.0.0.1', 'private range'],
    ['range', '192.0.2.0/33', 'not a range'],
    ['domain', 'ca', 'not a domain'],
    ['asn', '0', 'not a number'],
    ['certificate', 'abc', 'not a fingerprint'],
  ] as const)('%s %s is refused: %s', (kind, value, problem) => {
    expect(readHolding({ kind, value })).toEqual({ ok: false, problem })
  })
  test.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '::1',
    'fe80::1',
    '::ffff:192.168.1.1',
    'fd00::1',
    '0.0.0.0',
    'town',
  ])('%s is no public address', (address) => expect(isPublicAddress(address)).toBe(false))
  test('one address has one number, however it is written', () => {
    expect(addressBits('::ffff:192.0.2.1')).toEqual(addressBits('0:0:0:0:0:ffff:c000:0201'))
    expect(addressBits('2001:db8::')).toEqual(addressBits('2001:db8:0:0:0:0:0:0'))
  })
})

describe('the most specific wins', () => {
  const province = claim('province', 'range', '192.0.0.0/8')
  const town = claim('town', 'range', '192.0.2.0/24')
  test('a longer prefix', () =>
    expect(told([province, town], { address: '192.0.2.9' })).toEqual(['town']))
  test('the wide one where the long one does not reach', () =>
    expect(told([province, town], { address: '192.0.3.9' })).toEqual(['province']))
  test('a range before a name, which may be the provider’s', () =>
    expect(
      told([town, claim('isp', 'domain', 'isp.example')], {
        address: '192.0.2.9',
        host: 'c9.isp.example',
      }),
    ).toEqual(['town']))
  test('a name of more labels', () =>
    expect(
      told([claim('a', 'domain', 'gov.example'), claim('b', 'domain', 'town.gov.example')], {
        host: 'vpn.town.gov.example',
      }),
    ).toEqual(['b']))
  test('not a name that only ends alike', () =>
    expect(told([claim('a', 'domain', 'town.example')], { host: 'notmytown.example' })).toBe(
      'nobody',
    ))
  test('a shared range tells its holder and the tenant', () =>
    expect(
      told([{ ...town, shared: true }, claim('tenant', 'domain', 'tenant.example')], {
        address: '192.0.2.9',
        host: 'www.tenant.example',
      }),
    ).toEqual(['town', 'tenant']))
  test('a provider tells all who use it, last of all', () =>
    expect(
      told([claim('a', 'provider', 'acme'), claim('b', 'provider', 'acme')], { provider: 'ACME' }),
    ).toEqual(['a', 'b']))
})

describe('a person decides', () => {
  const town = claim('town', 'range', '192.0.2.0/24')
  test('where two hold the same', () =>
    expect(told([town, claim('rival', 'range', '192.0.2.0/24')], { address: '192.0.2.9' })).toBe(
      'disputed',
    ))
  test('where nobody confirmed the claim', () =>
    expect(told([{ ...town, isConfirmed: false }], { address: '192.0.2.9' })).toBe('unconfirmed'))
  test('a narrower claim that nobody confirmed takes nothing from who holds it', () =>
    expect(
      told([town, claim('thief', 'range', '192.0.2.9/32', { isConfirmed: false })], {
        address: '192.0.2.9',
      }),
    ).toEqual(['town']))
})

/** Repeatable chance. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test('whoever is told holds what was seen, and nobody confirmed holds it more closely (2,000 federations)', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const draw = chance(seed)
    const claims = Array.from({ length: 1 + draw(12) }, (_, at) => {
      const prefix = 8 + draw(25)
      const value = readHolding({
        kind: 'range',
        value: `203.${draw(2)}.${draw(4)}.${draw(256)}/${prefix}`,
      })
      return claim(`org-${at}`, 'range', value.ok ? value.value : '', { isConfirmed: draw(4) > 0 })
    })
    const address = `203.${draw(2)}.${draw(4)}.${draw(256)}`
    const holds = ({ value }: Claim) => {
      const [network = '', prefix = ''] = value.split('/')
      const rest = BigInt(32 - Number(prefix))
      return (
        (addressBits(network)?.value ?? 0n) >> rest === (addressBits(address)?.value ?? 0n) >> rest
      )
    }
    const confirmed = claims.filter((one) => one.isConfirmed && holds(one))
    const longest = Math.max(0, ...confirmed.map(({ value }) => Number(value.split('/')[1])))
    const closest = confirmed.filter(({ value }) => Number(value.split('/')[1]) === longest)
    const expected =
      closest.length === 1
        ? closest.map(({ organisation }) => organisation)
        : closest.length > 1
          ? 'disputed'
          : claims.some(holds)
            ? 'unconfirmed'
            : 'nobody'
    expect(told(claims, { address })).toEqual(expected)
  }
})
