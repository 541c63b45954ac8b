// What kind an account is, and whose, told from what the directory says and from how people name accounts. Both are
// proposals: what a person confirmed goes first.

import type { Json } from '../read/row.ts'

export const KINDS = [
  'daily',
  'privileged',
  'service',
  'break_glass',
  'vendor',
  'guest',
  'shared',
] as const
export type AccountKind = (typeof KINDS)[number]

export type Named = {
  readonly login: string
  readonly name: string
  readonly body: { readonly [key: string]: Json }
  readonly tier: number
}

const BREAK_GLASS =
  /break.?glass|emergency.?(?:access|admin|account)|(?:acces|compte|admin).?(?:d.?)?(?:urgence|secours)|^bg[-_.]?\d|bris.?de.?glace/iu
const SERVICE =
  /^(?:svc|srv|service|sa|sql|app|task|batch)[-_.]|[-_.](?:svc|service|srv)$|\$$|^(?:krbtgt|msol_|aad_|sync_)/iu
const VENDOR =
  /^(?:vendor|ext|msp|contractor|partner|fourn|fournisseur|presta)[-_.]|[-_.](?:vendor|ext|msp|contractor|fourn)$|#ext#/iu
const SHARED =
  /^(?:shared|reception|kiosk|frontdesk|scanner|generic|partage|accueil|comptoir)(?:[-_.]|\d|$)|[-_.](?:shared|partage)$/iu
const ADMIN =
  /^(?:adm|admin|da|ga|ea|t0|t1|priv|su|a)[-_.]|[-_.](?:adm|admin|da|ga|t0|t1|priv|su|a)$|^(?:administrator|administrateur|admin|root)$/iu

export function kindOf({ login, name, body, tier }: Named): AccountKind {
  const said = KINDS.find((kind) => kind === body['kind'])
  if (said !== undefined) return said
  const local = localPart(login)
  if (BREAK_GLASS.test(local) || BREAK_GLASS.test(name)) return 'break_glass'
  if (body['managed'] === true || SERVICE.test(local)) return 'service'
  if (body['guest'] === true) return 'guest'
  if (VENDOR.test(local)) return 'vendor'
  if (SHARED.test(local)) return 'shared'
  return ADMIN.test(local) || (tier <= 1 && body['mailbox'] === false) ? 'privileged' : 'daily'
}

/** Kinds that stand for one person. */
export function isPersonal(kind: AccountKind): boolean {
  return kind === 'daily' || kind === 'privileged'
}

/** Key of the person an account probably belongs to: staff number, else the login without what marks an administrator. */
export function personOf({ login, body }: Named, kind: AccountKind): string | undefined {
  if (typeof body['employee'] === 'string') return `staff:${body['employee'].toLowerCase()}`
  if (!isPersonal(kind)) return undefined
  const bare = localPart(login).toLowerCase().replace(ADMIN, '')
  return bare === '' ? undefined : `name:${bare.replaceAll(/[-_.]/gu, '')}`
}

function localPart(login: string): string {
  return (login.split('\\').at(-1) ?? login).split('@')[0] ?? login
}
