// CISA's catalogue of known exploited vulnerabilities. Fields that are not known are passed over; an entry that cannot be used is counted.

import { z } from 'zod'
import { Said } from '../imports/scanned.ts'
import type { Loaded, Told } from './knowledge.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}/)
const EntrySchema = z.object({
  cveID: z.string().regex(/^CVE-\d{4}-\d{4,19}$/i),
  vendorProject: Said,
  product: Said,
  vulnerabilityName: Said,
  dateAdded: Day,
  dueDate: Day.optional().catch(undefined),
  requiredAction: Said,
  knownRansomwareCampaignUse: Said,
})
const IdSchema = z.object({ cveID: z.string().regex(/^CVE-\d{4}-\d{4,19}$/i) })
const CatalogueSchema = z.object({
  catalogVersion: Said,
  dateReleased: z.string().optional().catch(undefined),
  count: z.number().int().nonnegative().optional().catch(undefined),
  vulnerabilities: z.array(z.unknown()),
})

export function isKev(document: unknown): boolean {
  const read = CatalogueSchema.safeParse(document)
  if (!read.success) return false
  const { catalogVersion, dateReleased, vulnerabilities } = read.data
  return (
    catalogVersion !== undefined ||
    dateReleased !== undefined ||
    IdSchema.safeParse(vulnerabilities[0]).success
  )
}

export function readKev(document: unknown): Loaded {
  const {
    dateReleased,
    catalogVersion = '',
    count,
    vulnerabilities,
  } = CatalogueSchema.parse(document)
  const read = vulnerabilities.map((entry) => EntrySchema.safeParse(entry))
  const entries = read.flatMap((one) => (one.success ? [one.data] : []))
  const newest = entries
    .map(({ dateAdded }) => dateAdded)
    .toSorted()
    .at(-1)
  const dated = dateReleased ?? (catalogVersion.replaceAll('.', '-') || newest)
  return {
    name: 'CISA KEV',
    kind: 'kev',
    dated: instantOf(dated) ?? instantOf(newest) ?? new Date(0).toISOString(),
    isWhole: true,
    told: entries.map(told),
    said: count,
    unread: vulnerabilities.flatMap((entry, index) => {
      const id = read[index]?.success === true ? undefined : IdSchema.safeParse(entry).data?.cveID
      return id === undefined ? [] : [id.toUpperCase()]
    }),
    support: [],
    refused: vulnerabilities.length - entries.length,
    problems: read
      .flatMap((one, index) =>
        one.success ? [] : [{ kind: 'entry' as const, detail: placeOf(index, one.error) }],
      )
      .slice(0, 20),
  }
}

/** `vulnerabilities[7].dateAdded`: which entry, and which of its fields. */
function placeOf(index: number, { issues }: z.ZodError): string {
  return ['vulnerabilities', ...(issues[0]?.path ?? [])]
    .map((part, at) => (at === 0 ? `${String(part)}[${index}]` : String(part)))
    .join('.')
}

function told(entry: z.infer<typeof EntrySchema>): Told {
  const { vendorProject = '', product = '' } = entry
  return {
    id: entry.cveID.toUpperCase(),
    title: entry.vulnerabilityName,
    kev: {
      added: instantOf(entry.dateAdded) ?? entry.dateAdded,
      due: endOf(entry.dueDate),
      ransomware: /^known$/i.test(entry.knownRansomwareCampaignUse ?? ''),
      action: entry.requiredAction ?? '',
    },
    criteria: { source: 'kev', list: [{ kind: 'listed', vendor: vendorProject, product }] },
  }
}

export function instantOf(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

/** A due date is met until its day ends. */
function endOf(day: string | undefined): string | undefined {
  const start = instantOf(day)
  return start === undefined
    ? undefined
    : new Date(Date.parse(start) + 24 * 3_600_000 - 1000).toISOString()
}
