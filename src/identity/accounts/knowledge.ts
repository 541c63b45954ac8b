// What content knows of roles and factors: tiers by role, classes by vendor's name.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../../core/index.ts'

/** From weak to strong; `recovery` never counts. */
export const CLASSES = ['bypass', 'none', 'unknown', 'weak', 'strong', 'synced', 'device'] as const
export type FactorClass = (typeof CLASSES)[number]

export type Knowledge = {
  /** Tier of a role, by its name or template; 2 for what is not listed. */
  readonly tierOf: (role: string, template: string | undefined) => number
  readonly roleName: (role: string, template: string | undefined) => string
  readonly classOf: (vendor: string, type: string) => FactorClass | 'recovery'
}

const Names = z.array(z.string().or(z.number()).transform(String)).default([])
const FactorsSchema = z.array(
  z.strictObject({
    vendor: z.string(),
    device: Names,
    synced: Names,
    strong: Names,
    weak: Names,
    recovery: Names,
    unknown: Names,
    bypass: Names,
  }),
)
const RolesSchema = z.array(
  z.strictObject({
    tier: z.number().int().min(0).max(2),
    roles: z.array(z.strictObject({ name: z.string(), template: z.string().optional() })),
  }),
)
const ORDINARY = 2

/** Throws CONTENT_INVALID. */
export function readKnowledge(folder: string): Knowledge {
  const factors = readContent(join(folder, 'factors.yml'), FactorsSchema)
  const roles = readContent(join(folder, 'roles.yml'), RolesSchema)
  const classes = new Map<string, FactorClass | 'recovery'>()
  for (const { vendor, ...byClass } of factors)
    for (const [name, types] of Object.entries(byClass))
      for (const type of types) classes.set(`${vendor}/${type.toLowerCase()}`, classNamed(name))
  const tiers = new Map<string, number>()
  const names = new Map<string, string>()
  for (const { tier, roles: listed } of roles)
    for (const { name, template } of listed) {
      const key = name.toLowerCase()
      tiers.set(key, Math.min(tier, tiers.get(key) ?? ORDINARY))
      if (template === undefined) continue
      tiers.set(template, tier)
      names.set(template, name)
    }
  const templateIn = (role: string, template: string | undefined) =>
    (template ?? role).toLowerCase()
  return {
    tierOf: (role, template) =>
      tiers.get(templateIn(role, template)) ?? tiers.get(role.toLowerCase()) ?? ORDINARY,
    roleName: (role, template) => names.get(templateIn(role, template)) ?? role,
    classOf: (vendor, type) => classes.get(`${vendor}/${type.toLowerCase()}`) ?? 'unknown',
  }
}

function classNamed(name: string): FactorClass | 'recovery' {
  return name === 'recovery' ? name : (CLASSES.find((one) => one === name) ?? 'unknown')
}

/** A file of content as its schema says. Throws CONTENT_INVALID. */
export function readContent<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(yamlValue(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}
