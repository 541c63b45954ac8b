import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkBundle } from './check-bundle.ts'
import { checkObject } from './check-object.ts'
import type { StixProblem } from './problem.ts'
import type { Strictness } from './strictness.ts'

const CASES = join(import.meta.dirname, '../../../../shared/data/sharing/stix_objects_v21.json')

type Case = {
  n: number
  options: {
    strict?: boolean
    disabled?: string[]
    enabled?: string[]
    strict_properties?: boolean
    strict_types?: boolean
    interop?: boolean
  }
  valid: boolean
  errors: string[]
  instance: unknown
  unreliable?: string
}

/** Checks of values, as one: the name that validators give the group. */
const OF_VALUES =
  /-types?$|-ov$|attack-|identity-class|industry|region|roles?$|sophistication|environment|hash-algo|account|capabilities|languages|result|architecture/

/** The verdict of a validator that is set as the case says. */
function isRefused({ options, instance }: Case): boolean {
  const strictness = {
    closedProperties: options.strict_properties === true,
    closedTypes: options.strict_types === true,
    needsCreator: options.interop === true,
  }
  const problems = (Array.isArray(instance) ? instance : [instance]).flatMap((one) =>
    checkAny(one, strictness),
  )
  return problems.some(({ severity, code }) => {
    if (severity === 'error') return true
    const isCustom = ['extensions-use', 'custom-prefix', 'custom-prefix-lax'].includes(code)
    if (options.strict_properties === true && isCustom) return true
    if (options.strict !== true) return false
    if (options.enabled !== undefined) return options.enabled.includes(code)
    const disabled = options.disabled ?? []
    if (disabled.includes('approved-values') && OF_VALUES.test(code)) return false
    return !disabled.includes(code)
  })
}

function checkAny(value: unknown, strictness: Strictness = {}): readonly StixProblem[] {
  const isBundle =
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'bundle'
  return isBundle ? checkBundle(value).problems : checkObject(value, strictness)
}

test.each(['__proto__', 'constructor', 'valueOf'])(
  'a type or a property of a name that every object of the language has is one like any other: %s',
  (name) => {
    const object: unknown = JSON.parse(
      `{"type":"${name}","id":"${name}--00000000-0000-4000-8000-000000000001","${name}":1}`,
    )
    expect(checkObject(object).some(({ severity }) => severity === 'error')).toBe(true)
    const relation: unknown = JSON.parse(
      `{"type":"relationship","relationship_type":"${name}","source_ref":"malware--00000000-0000-4000-8000-000000000001","target_ref":"tool--00000000-0000-4000-8000-000000000001"}`,
    )
    expect(checkObject(relation).map(({ code }) => code)).toContain('relationship-types')
  },
)

describe.skipIf(!existsSync(CASES))('reference objects', () => {
  const all = existsSync(CASES) ? (JSON.parse(readFileSync(CASES, 'utf8')) as Case[]) : []
  const cases = all.filter(({ unreliable }) => unreliable === undefined)

  test('none that breaks a rule is taken', () => {
    const broken = cases.filter(
      ({ valid, errors }) => !valid && errors.some((text) => !/\{\d+\}/.test(text)),
    )
    const taken = broken
      .filter(
        (one) =>
          !isRefused(one) && one.options.disabled === undefined && !('schema_dir' in one.options),
      )
      .map(({ n, errors }) => [n, errors[0]])
    expect(taken).toEqual([])
  })

  test('at most one in a hundred verdicts differs from the reference, and none is a rule of the standard', () => {
    const differing = cases.filter((one) => isRefused(one) === one.valid).map(({ n }) => n)
    // 70: a prefix is not asked of a type that an extension brings. 108: asks for the schema of one's own extension.
    expect(differing).toEqual([70, 108])
    expect(cases.length).toBe(266)
  })
})
