// Every sign of the catalogue is carried by a check, answered elsewhere in this project, or refused with a reason; and a sign that holds
// for any make has a pattern with its golden examples for each make, or a reason why not. The catalogue lies beside the project; where
// it is not, what it says is not compared.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import { readChecks } from './read-checks.ts'

const ROOT = join(import.meta.dirname, '../../..')
const CATALOGUE = join(ROOT, '../shared/facts/edge-checks.json')
const REASONS = ['fleet', 'other-system'] as const

/** Makes whose configurations people change: not clouds and Linux, which have filters and nothing else. */
const MAKES = [
  'cisco-ios',
  'cisco-xr',
  'cisco-nxos',
  'cisco-asa',
  'arista-eos',
  'junos',
  'fortios',
  'panos',
  'checkpoint-gaia',
  'pfsense',
  'opnsense',
  'routeros',
  'vyos',
  'f5-bigip',
  'aruba-os',
  'aruba-aoscx',
  'hp-comware',
  'ubiquiti-edgeswitch',
  'ubiquiti-unifi',
  'ivanti-connect-secure',
  'asus-nvram',
] as const
/** Makes that the numbers of a make stand for. */
const MAKES_OF: Readonly<Record<string, readonly string[]>> = {
  X: MAKES,
  IOS: ['cisco-ios'],
  NX: ['cisco-nxos'],
  XR: ['cisco-xr'],
  ASA: ['cisco-asa'],
  FGT: ['fortios'],
  PAN: ['panos'],
  JUN: ['junos'],
  MT: ['routeros'],
  VY: ['vyos'],
  PF: ['pfsense', 'opnsense'],
  CP: ['checkpoint-gaia'],
  F5: ['f5-bigip'],
  EOS: ['arista-eos'],
  SOHO: ['asus-nvram'],
}

const ByMake = z.array(
  z.strictObject({ id: z.string(), makes: z.array(z.enum(MAKES)), note: z.string() }),
)
const { elsewhere, refused, nowhere, open } = z
  .strictObject({
    elsewhere: z.array(z.strictObject({ id: z.string(), by: z.string(), note: z.string() })),
    refused: z.array(z.strictObject({ id: z.string(), reason: z.enum(REASONS), note: z.string() })),
    nowhere: ByMake,
    open: ByMake,
  })
  .parse(yamlValue(readFileSync(join(ROOT, 'content/checks-elsewhere.yml'), 'utf8')))
const checks = readChecks(join(ROOT, 'content/checks'))
const covered = checks.flatMap(({ covers }) => covers)
const others = [...elsewhere, ...refused].map(({ id }) => id)

const Golden = z.array(z.object({ dialect: z.string() }))
const shown = new Map(
  checks.map(({ id }) => {
    const text = readFileSync(join(ROOT, 'content/checks', `${id}.golden.yml`), 'utf8')
    return [id, new Set(Golden.parse(yamlValue(text)).map(({ dialect }) => dialect))] as const
  }),
)

/** `own`: a pattern for the make with its hit and its miss; `any`: one for all makes; `none`. */
function carriedAs(sign: string, make: string): 'own' | 'any' | 'none' {
  const carrying = checks.filter(({ covers }) => covers.includes(sign))
  const named = (name: string) =>
    carrying.filter(({ when }) => when.some(({ dialects }) => dialects.has(name)))
  if (named(make).some(({ id }) => shown.get(id)?.has(make) === true)) return 'own'
  return named('any').length > 0 ? 'any' : 'none'
}

const signs = [...new Set(covered)]
const pairs = signs.flatMap((sign) =>
  (MAKES_OF[sign.replace(/-\d+$/, '')] ?? []).map((make) => ({
    sign,
    make,
    as: carriedAs(sign, make),
  })),
)
const said = (list: z.infer<typeof ByMake>) =>
  list.flatMap(({ id, makes }) => makes.map((make) => `${id} ${make}`))

test('what answers elsewhere is there', () => {
  expect(elsewhere.filter(({ by }) => !existsSync(join(ROOT, by)))).toEqual([])
})

test('no sign is both carried by a check and said to be elsewhere or refused', () => {
  expect(others.filter((id) => covered.includes(id))).toEqual([])
  expect(new Set(others).size).toBe(others.length)
})

test('a sign has a pattern for each make it holds for, or it is said why not', () => {
  const none = pairs.filter(({ as }) => as === 'none').map(({ sign, make }) => `${sign} ${make}`)
  const reasons = [...said(nowhere), ...said(open)]
  expect(reasons.toSorted()).toEqual(none.toSorted())
})

/** The count that docs/add-a-check.md publishes. */
test('of 693 pairs of sign and make 526 have a pattern and examples of their own', () => {
  const count = (as: string) => pairs.filter((pair) => pair.as === as).length
  expect({
    pairs: pairs.length,
    own: count('own'),
    any: count('any'),
    nowhere: said(nowhere).length,
    open: said(open).length,
  }).toEqual({ pairs: 693, own: 526, any: 74, nowhere: 85, open: 8 })
})

test.skipIf(!existsSync(CATALOGUE))('every sign of ../shared/facts is answered or refused', () => {
  const { checks: signsKnown } = z
    .object({ checks: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse(readFileSync(CATALOGUE, 'utf8')))
  const known = signsKnown.map(({ id }) => id)
  const answered = new Set([...covered, ...others])
  expect(known.filter((id) => !answered.has(id))).toEqual([])
  expect([...answered].filter((id) => !known.includes(id))).toEqual([])
})
