// Where people and machines go outside, by name and address.

import { addressIn, networksOf } from '../country/address-plan.ts'
import { randomOf } from '../random.ts'

export const OUTSIDE_NAMES: readonly [string, ...string[]] = [
  'www.news.example',
  'mail.cloud.example',
  'files.cloud.example',
  'meet.cloud.example',
  'updates.vendor.example',
  'weather.example',
  'bank.example',
  'suppliers.example',
  'maps.example',
  'forms.ministry.example',
  'video.example',
  'shop.example',
]

/** Each name of the world outside has one address. */
export function outsideAddress(name: string): string {
  const random = randomOf(0, 'outside', name)
  const hosting = networksOf('hosting')[0] ?? networksOf('business')[0]
  return hosting === undefined ? '198.18.0.1' : addressIn(hosting, random)
}
