// What a source says is affected, as it is kept: a name with bounds, a package with bounds, or a maker's product with versions.

import { z } from 'zod'

const Bound = z.string().max(500).optional()
const RangeSchema = z.object({
  startIncluding: Bound,
  startExcluding: Bound,
  endIncluding: Bound,
  endExcluding: Bound,
})

/** One entry of `versions` of a CVE record (CVE JSON 5, “Version status”). */
export const VersionEntrySchema = z.object({
  version: z.string().max(1000),
  lessThan: Bound,
  lessThanOrEqual: Bound,
  status: z.enum(['affected', 'unaffected', 'unknown']),
  versionType: z.string().max(100).optional(),
  changes: z
    .array(
      z.object({ at: z.string().max(500), status: z.enum(['affected', 'unaffected', 'unknown']) }),
    )
    .max(2000)
    .optional(),
})
export type VersionEntry = z.infer<typeof VersionEntrySchema>

export const CriterionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cpe'),
    cpe: z.string(),
    range: RangeSchema,
    onPlatform: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('purl'), purl: z.string(), range: RangeSchema }),
  z.object({
    kind: z.literal('named'),
    vendor: z.string(),
    product: z.string(),
    defaultStatus: z.enum(['affected', 'unaffected', 'unknown']),
    versions: z.array(VersionEntrySchema),
  }),
  /** A list that names maker and product and no version: CISA KEV. */
  z.object({ kind: z.literal('listed'), vendor: z.string(), product: z.string() }),
  /** A supplier says that it is not affected, or fixed from here on: CSAF and VEX. */
  z.object({
    kind: z.literal('cleared'),
    cpe: z.string().optional(),
    purl: z.string().optional(),
    vendor: z.string(),
    product: z.string(),
    version: z.string(),
  }),
])
export type Criterion = z.infer<typeof CriterionSchema>

/** Names as they are compared: letters and digits alone. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z\d]/g, '')
}

const LEGAL =
  /(?:inc|incorporated|corp|corporation|ltd|llc|gmbh|foundation|project|technologies|technology|networks|systems|software|softwarefoundation)$/

/** Makers write their own names in many ways: one may begin the other once legal forms are gone. */
export function isSameVendor(one: string, other: string): boolean {
  const [a, b] = [foldVendor(one), foldVendor(other)]
  return a === b || (a.length > 2 && b.startsWith(a)) || (b.length > 2 && a.startsWith(b))
}

function foldVendor(name: string): string {
  let folded = foldName(name)
  for (
    let shorter = folded.replace(LEGAL, '');
    shorter !== folded && shorter.length > 2;
    shorter = folded.replace(LEGAL, '')
  )
    folded = shorter
  return MAKERS[folded] ?? folded
}

/** Makers that were bought or renamed: records and inventories go on with either name. */
const MAKERS: Readonly<Record<string, string>> = {
  netscaler: 'citrix',
  cloudsoftwaregroup: 'citrix',
  pulsesecure: 'ivanti',
  mobileiron: 'ivanti',
  broadcom: 'vmware',
  helpsystems: 'fortra',
  ipswitch: 'progress',
  aruba: 'hewlettpackardenterprise',
  hpe: 'hewlettpackardenterprise',
}

/** Short names that lists use, and the names of dictionaries. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  netscaleradc: [
    // NetScaler names itself as the maker, and the product `ADC`.
    'adc',
    'netscalerapplicationdeliverycontroller',
    'applicationdeliverycontroller',
    'applicationdeliverycontrollerfirmware',
  ],
  netscalergateway: ['gateway', 'gatewayfirmware'],
  applicationdeliverycontroller: ['netscalerapplicationdeliverycontroller', 'netscaleradc'],
  iosxesoftware: ['iosxe'],
  iosxewebui: ['iosxe'],
  iossoftware: ['ios'],
  adaptivesecurityappliance: ['adaptivesecurityappliancesoftware', 'asa'],
  adaptivesecurityapplianceasa: ['adaptivesecurityappliancesoftware', 'asa'],
  asa: ['adaptivesecurityappliancesoftware', 'adaptivesecurityappliance'],
  ftd: [
    'firepowerthreatdefensesoftware',
    'firepowerthreatdefense',
    'securefirewallthreatdefensesoftware',
    'securefirewallthreatdefense',
  ],
  firepowerthreatdefense: ['firepowerthreatdefensesoftware', 'ftd', 'securefirewallthreatdefense'],
  junosos: ['junos'],
  moveittransfer: ['moveit', 'moveitcloud'],
  exchangeserver: ['exchange'],
  sharepointserver: ['sharepoint'],
  chromiumv8: ['chrome'],
  httpserver: ['apachehttpserver', 'httpd'],
  vcenterserver: ['vcenter'],
  endpointmanagermobileepmm: ['endpointmanagermobile', 'epmm'],
  endpointmanagerepm: ['endpointmanager', 'epm'],
  kernel: ['linuxkernel'],
}

/** Every name under which a product of a list may stand in an inventory: `ADC and Gateway` are two. */
export function productKeys(vendor: string, product: string): readonly string[] {
  const maker = foldName(vendor)
  const parts = product
    .replaceAll(/\([^)]*\)/g, ' ')
    .split(/,|\/|;|\band\b|\bet\b|\bor\b/i)
    .concat(product)
  const folded = parts
    .map(foldName)
    .filter((name) => name.length > 1 && name !== 'multipleproducts')
  const bare = folded.flatMap((name) =>
    name.startsWith(maker) && name.length > maker.length + 1
      ? [name, name.slice(maker.length)]
      : [name],
  )
  return [...new Set(bare.flatMap((name) => [name, ...(ALSO[name] ?? [])]))]
}
