// How well an account is guarded: by the weakest factor that still lets in. A registered key beside a text message is
// worth the text message, unless policy refuses the text message.

import type { Json } from '../read/row.ts'
import { CLASSES } from './knowledge.ts'
import type { FactorClass, Knowledge } from './knowledge.ts'

export type Factor = { readonly vendor: string; readonly type: string }
export type Assurance = { readonly weakest: FactorClass; readonly strongest: FactorClass }

export type Guard = {
  /** A policy lets only phishing-resistant factors in. */
  readonly onlyResistant: boolean
  /** Factors of this kind are switched off for everybody. */
  readonly isOff: (factor: Factor) => boolean
  /** The directory says that there is a factor without saying which, or nothing at all. */
  readonly isUnknown: boolean
}

export function assuranceOf(
  factors: readonly Factor[],
  guard: Guard,
  knowledge: Knowledge,
): Assurance {
  const classes = factors
    .filter((factor) => !guard.isOff(factor))
    .map(({ vendor, type }) => knowledge.classOf(vendor, type))
    .filter((one) => one !== 'recovery')
  if (classes.includes('bypass')) return { weakest: 'bypass', strongest: strongest(classes) }
  const usable = guard.onlyResistant ? classes.filter(isResistant) : classes
  if (usable.length > 0) return { weakest: weakest(usable), strongest: strongest(usable) }
  // Nobody gets in below what policy asks for, whatever is registered.
  if (guard.onlyResistant && classes.length > 0)
    return { weakest: 'synced', strongest: strongest(classes) }
  const bare = guard.isUnknown && factors.length === 0 ? 'unknown' : 'none'
  return { weakest: bare, strongest: bare }
}

export function isResistant(one: FactorClass): boolean {
  return one === 'synced' || one === 'device'
}

const rank = (one: FactorClass): number => CLASSES.indexOf(one)

function weakest(classes: readonly FactorClass[]): FactorClass {
  return classes.reduce((low, one) => (rank(one) < rank(low) ? one : low))
}

function strongest(classes: readonly FactorClass[]): FactorClass {
  return classes.reduce((high, one) => (rank(one) > rank(high) ? one : high))
}

type Body = { readonly [key: string]: Json }

/** A conditional access policy that lets nothing but phishing-resistant factors into everything (B3 of the facts). */
export function demandsResistant(policy: Body): boolean {
  const has = (key: string) => texts(policy[key]).length > 0
  const clients = texts(policy['clients'])
  const isEveryClient =
    clients.length === 0 ||
    clients.includes('all') ||
    (clients.includes('browser') && clients.includes('mobileAppsAndDesktopClients'))
  const isAlone = !has('controls') || policy['operator'] === 'AND'
  const isEverywhere =
    texts(policy['includeApps']).includes('All') &&
    !has('excludeApps') &&
    policy['narrowed'] !== true
  const isAlways =
    !has('userRisk') && !has('signInRisk') && !has('userActions') && !has('transfers')
  return (
    policy['state'] === 'enabled' &&
    policy['resistant'] === true &&
    isAlone &&
    isEveryClient &&
    isEverywhere &&
    isAlways
  )
}

export function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** Methods by the names that registrations use for them. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  mobilephone: ['sms', 'voice'],
  alternatemobilephone: ['voice'],
  officephone: ['voice'],
  softwareonetimepasscode: ['softwareoath'],
  hardwareonetimepasscode: ['hardwareoath'],
  microsoftauthenticatorpush: ['microsoftauthenticator'],
  microsoftauthenticatorpasswordless: ['microsoftauthenticator'],
  qrcode: ['qrcodepin'],
}

/** States of methods as the tenant's policy says; a method that it does not name is not known to be off. */
export function offMethods(settings: ReadonlyMap<string, Body>): (factor: Factor) => boolean {
  return ({ vendor, type }) => {
    const methods = vendor === 'entra' ? (METHODS[type.toLowerCase()] ?? []) : []
    return (
      methods.length > 0 &&
      methods.every((one) => settings.get(`method/${one}`)?.['state'] === 'disabled')
    )
  }
}
