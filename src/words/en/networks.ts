// Networks: what an address belongs to, and packs of such knowledge.

import type { NetworksProblem } from '../../core/index.ts'

const problems: { readonly [P in NetworksProblem]: (met: string) => string } = {
  not_a_pack: () =>
    'it does not begin as a pack of networks does. Expected: a file that “vigie enrich pack” made.',
  not_a_key: () =>
    'this is no private Ed25519 key in PEM. Name another file; where there is none, one is made.',
  bad_signature: () => 'its signature does not fit what it says. Fetch it again.',
  unknown_key: (met) =>
    `it is signed by a key that is not known here, ${met}. Compare the key with whoever made the pack, then load it with --key.`,
  damaged: () => 'its ranges are not those that were signed. Fetch it again.',
  older: (met) => `it is older than what is here (${met}). Load it with --older if that is meant.`,
  bad_range: (met) =>
    `line ${met} is no range that follows the one before. Expected: addresses in rising order, a number, a country of two letters.`,
  too_large: (met) => `it is larger than ${met}.`,
  too_many: (met) => `it has more than ${met} ranges.`,
  nothing: () => 'it has no range.',
}

/** Why a pack is not taken; the name itself where a page lists what there is. */
export function networksProblem(problem: NetworksProblem, met: string): string {
  return Object.hasOwn(problems, problem) ? problems[problem](met) : problem
}

export const networks = {
  none: 'Nothing is known of networks yet: install the optional packages, or load a pack with “vigie enrich load”.',
  installed: 'came with Vigie',
  data: (dated: string, days: number, ranges: string) =>
    `Networks as of ${dated} (${days} days old), ${ranges} ranges`,
  stale: 'Older than 90 days: networks may have changed hands. Load a newer pack.',
  by: (who: string) => `Loaded by: ${who}`,
  key: (key: string) => `Signed by: ${key}`,
  source: (name: string, version: string, licence: string, address: string) =>
    `  ${name} ${version} · ${licence} · ${address}`,
  packed: (file: string, ranges: string, dated: string) =>
    `${file}: ${ranges} ranges as of ${dated}`,
  give: (key: string) => `Stations take it with --key ${key}`,
  columns: {
    address: 'address',
    asn: 'network',
    organisation: 'operator',
    kind: 'kind',
    country: 'country',
  },
  unknown: 'unknown',
  kinds: {
    access: 'homes and small offices',
    mobile: 'mobile',
    satellite: 'satellite',
    hosting: 'hosting',
    vpn: 'VPN',
    tor: 'Tor',
    proxy: 'proxy',
    education: 'education',
    government: 'government',
  },
}
