// In: lists of address ranges by network, country and kind. Out: one table of networks, packs that carry it, what an address belongs to.
// A pack is signed by whoever made it and carries its date and its sources' terms.
// Never: asks the Internet about an address.

export { readKinds } from './kinds.ts'
export { installedSources } from './installed.ts'
export { makeKey, writePack } from './write-pack.ts'
export { openNetworks } from './networks.ts'
export type { Networks } from './networks.ts'
export { readSources } from './sources.ts'
export type { Sources } from './sources.ts'
