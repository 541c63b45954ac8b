// What a deadline rests on, gathered from the asset, the vulnerability and what is known of support.

import { HUMAN_IMPACTS } from '../../model/index.ts'
import type { Facing } from '../../model/index.ts'
import type { DeadlineInput } from '../deadlines/deadline.ts'
import { isEdgeProduct } from '../deadlines/edge-products.ts'
import { estimate } from '../deadlines/estimate.ts'
import { foldName } from '../knowledge/criterion.ts'
import type { Estate, EstateAsset } from './estate.ts'
import type { KnownVulnerability } from './known.ts'
import type { Pair } from './pairs.ts'

/** How a product stands on its asset: all that a deadline takes from the two. */
export type Standing = Pick<
  DeadlineInput,
  'facing' | 'isEdge' | 'humanImpact' | 'guardsIdentityOrOt' | 'supportEnded'
>
export type Named = Pick<Pair, 'vendor' | 'product' | 'version'>
type AsOf = { readonly support: Estate['support']; readonly nowMs: number }

export function standingOf(asset: EstateAsset, named: Named, asOf: AsOf): Standing {
  return {
    facing: facingOf(asset),
    isEdge: isEdgeProduct(named.vendor, named.product) || isEdgeProduct(asset.vendor, asset.system),
    humanImpact: HUMAN_IMPACTS.find((level) => level === asset.criticality),
    guardsIdentityOrOt: asset.zone === 'ot' || asset.zone === 'management',
    supportEnded: hasEnded(asset, named, asOf),
  }
}

export function deadlineInput(
  standing: Standing,
  vulnerability: KnownVulnerability | undefined,
  detectedMs: number,
): DeadlineInput {
  const listed = listsOf(vulnerability)
  const { automatable, impact } = estimate(
    vulnerability?.ssvc ?? {},
    vulnerability?.vector,
    listed.length > 0,
  )
  return { ...standing, listed, automatable, impact, detectedMs, directiveDueMs: undefined }
}

/** CISA's list and the others that an operator trusts; exploitation that CISA's SSVC calls active is not a list. */
function listsOf(vulnerability: KnownVulnerability | undefined): DeadlineInput['listed'] {
  const kev = vulnerability?.kev
  const own =
    kev === undefined
      ? []
      : [
          {
            list: 'CISA KEV',
            addedMs: Date.parse(kev.added),
            dueMs: kev.due === undefined ? undefined : Date.parse(kev.due),
            ransomware: kev.ransomware,
          },
        ]
  return [
    ...own,
    ...(vulnerability?.otherLists ?? []).map((list) => ({
      list,
      addedMs: undefined,
      dueMs: undefined,
      ransomware: false,
    })),
  ]
}

/** What a person decided goes before the evidence. */
export function facingOf({
  facing,
  facingBy,
  reached,
}: Pick<EstateAsset, 'facing' | 'facingBy' | 'reached'>): Facing {
  if (facingBy !== '') return facing
  return reached > 0 ? 'internet' : 'unknown'
}

function hasEnded(
  { supportEndsMs }: EstateAsset,
  { product, version }: Named,
  { support, nowMs }: AsOf,
): boolean {
  if (supportEndsMs !== undefined && supportEndsMs < nowMs) return true
  if (support.size === 0 || version === '') return false
  const cycles = support.get(foldName(product)) ?? []
  // The cycle whose number begins the version; the longest goes first.
  const cycle = cycles.find(
    ({ name }) =>
      version === name || version.startsWith(`${name}.`) || version.startsWith(`${name}-`),
  )
  return cycle?.endsMs !== undefined && cycle.endsMs < nowMs
}
