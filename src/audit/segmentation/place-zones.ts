// Zones on the given devices: their addresses where they are declared, and the interfaces behind which they lie.

import type { Device } from '../network/device.ts'
import { blockOf } from '../network/pf/blocks.ts'
import { edgesOf, everyPlace, placesOf } from '../network/places.ts'
import type { Place } from '../network/places.ts'
import { SPECIAL } from '../network/public-addresses.ts'
import type { End } from '../network/question.ts'
import { ANY_ADDRESS, addressUnion, bothAddresses, otherThan } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import type { Plan, Zone } from './zones-file.ts'

export type PlacedZone = Zone & { readonly end: End; readonly missing: readonly string[] }

export function placeZones({ zones }: Plan, devices: readonly Device[]): readonly PlacedZone[] {
  const inside = bothAddresses(
    zones.filter((zone) => zone.addresses !== ANY_ADDRESS).map(({ addresses }) => addresses),
  )
  return zones.map((zone) => {
    const named = zone.interfaces.map((text) => ({ text, places: placesNamed(text, devices) }))
    const missing = named.filter(({ places }) => places.length === 0).map(({ text }) => text)
    const places = named.flatMap((one) => one.places)
    const addresses = addressesOf(zone, inside, places)
    const found =
      places.length > 0
        ? places
        : zone.kind === 'internet'
          ? edgesOf(devices)
          : placesOf(devices, addresses)
    return { ...zone, addresses, missing, end: { addresses, places: found } }
  })
}

/** `device/interface`, by its name, its zone or what people call it. */
function placesNamed(text: string, devices: readonly Device[]): readonly Place[] {
  const slash = text.indexOf('/')
  const [device, name] = [text.slice(0, slash), text.slice(slash + 1)]
  return everyPlace(devices).filter(
    (place) =>
      [place.device.name, place.device.source].includes(device) &&
      [place.interface.name, place.interface.zone, place.interface.alias].includes(name),
  )
}

/** The Internet is what is in no zone; a zone of interfaces alone is what their networks hold. */
function addressesOf(
  { addresses, kind }: Zone,
  inside: Addresses,
  places: readonly Place[],
): Addresses {
  if (addresses !== ANY_ADDRESS) return addresses
  if (kind === 'internet')
    return otherThan(addressUnion({ v4: inside.v4, v6: [] }, SPECIAL)) ?? ANY_ADDRESS
  const own = places.flatMap((place) => place.interface.prefixes.map((one) => blockOf(one, false)))
  return own.length === 0 ? ANY_ADDRESS : bothAddresses(own)
}
