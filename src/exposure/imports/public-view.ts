// What the public network sees: Shodan and Censys. Each answer is evidence that a service was reached from outside.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import {
  cvesIn,
  hostOf,
  instantIn,
  listOf,
  Said,
  serviceOf,
  severityOfScore,
  Text,
} from './scanned.ts'
import type { Product, Scanned, ScannedFinding, Tls } from './scanned.ts'
import { certificateEnd, weakVersions } from './tls-seen.ts'

const VulnSchema = z
  .object({
    cvss: z.coerce.number().min(0).max(10).optional().catch(undefined),
    verified: z.boolean().optional().catch(undefined),
  })
  .catch({})
type Vuln = z.infer<typeof VulnSchema>
const ShodanSchema = z.object({
  ip_str: z.string(),
  hostnames: listOf(Text),
  os: Said,
  port: Said,
  transport: Said,
  product: Said,
  version: Said,
  timestamp: Said,
  ssl: z
    .object({
      versions: listOf(Text),
      cert: z
        .object({
          expires: Said,
          subject: z.object({ CN: Said }).optional().catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  cpe: z.union([listOf(Text), Text.transform((one) => [one])]).catch([]),
  cpe23: listOf(Text),
  vulns: z
    .union([
      z.record(z.string(), VulnSchema),
      listOf(Text).transform((ids) =>
        Object.fromEntries(ids.map((id): [string, Vuln] => [id, {}])),
      ),
    ])
    .catch({}),
})
const ShodanHostSchema = z.object({
  ip_str: z.string(),
  hostnames: listOf(Text),
  os: Said,
  data: listOf(z.record(z.string(), z.unknown())),
})

/** Shodan: banners on lines or in `matches`, or a host with its banners in `data`. */
export async function* readShodan(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source))
    for (const banner of banners(document)) yield* shodanBanner(banner)
}

function banners(document: unknown): readonly z.infer<typeof ShodanSchema>[] {
  const list = z.object({ matches: z.array(z.unknown()) }).safeParse(document)
  if (list.success) return list.data.matches.flatMap(banners)
  const host = ShodanHostSchema.safeParse(document)
  if (host.success && host.data.data.length > 0)
    return host.data.data.flatMap((banner) =>
      banners({
        ip_str: host.data.ip_str,
        hostnames: host.data.hostnames,
        os: host.data.os,
        ...banner,
      }),
    )
  const read = ShodanSchema.safeParse(document)
  return read.success ? [read.data] : []
}

/** A version with a hyphen before it was asked for and refused. */
function shodanTls(
  service: string,
  { versions, cert }: NonNullable<z.infer<typeof ShodanSchema>['ssl']>,
): Tls {
  return {
    service,
    weak: weakVersions(versions),
    subject: cert?.subject?.CN,
    notAfterMs: certificateEnd(cert?.expires),
  }
}

function* shodanBanner(met: z.infer<typeof ShodanSchema>): Generator<Scanned> {
  const host = hostOf([...met.hostnames.slice(0, 20), met.ip_str], { system: met.os })
  const service = serviceOf(met.port, met.transport)
  const cpes = [...met.cpe23, ...met.cpe]
  const named: Product[] = cpes
    .slice(0, 20)
    .map((cpe) => ({ name: met.product ?? '', version: met.version, cpe, service, confidence: 60 }))
  const products =
    named.length === 0 && met.product !== undefined
      ? [{ name: met.product, version: met.version, service, confidence: 60 }]
      : named
  yield {
    kind: 'asset',
    host,
    products,
    reachable: `Shodan: ${service} (${met.timestamp ?? '-'})`,
    tls: met.ssl && [shodanTls(service, met.ssl)],
  }
  yield {
    kind: 'finding',
    host,
    service,
    check: 'open-port',
    about: 'service',
    vulnerabilities: [],
    title: service,
    severity: 'informational',
    state: 'open',
    seenMs: instantIn(met.timestamp),
    confidence: 100,
    group: `port ${met.ip_str} ${service}`,
  }
  yield* shodanVulnerabilities(met, { host, service })
}

function* shodanVulnerabilities(
  met: z.infer<typeof ShodanSchema>,
  { host, service }: Pick<ScannedFinding, 'host' | 'service'>,
): Generator<Scanned> {
  for (const [id, said] of Object.entries(met.vulns)) {
    const [cve] = cvesIn(id)
    if (cve === undefined) continue
    yield {
      kind: 'finding',
      host,
      service,
      check: cve,
      about: 'vulnerability',
      vulnerabilities: [cve],
      title: cve,
      severity: severityOfScore(said.cvss),
      score: said.cvss,
      state: 'open',
      seenMs: instantIn(met.timestamp),
      // By the version in a banner, or tried by Shodan itself.
      confidence: said.verified === true ? 90 : 30,
      group: `${cve} ${met.ip_str} ${service}`,
    }
  }
}

const SoftwareSchema = z.object({
  vendor: Said,
  product: Said,
  version: Said,
  cpe: Said,
  uniform_resource_identifier: Said,
})
/** The platform gives the certificate beside `tls`, the older search its leaf within. */
const CensysCertificateSchema = z.object({
  parsed: z
    .object({
      subject_dn: Said,
      validity_period: z.object({ not_after: Said }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
})
const CensysTlsSchema = z.object({
  version_selected: Said,
  versions: listOf(z.object({ version: Said, tls_version: Said })),
  certificates: z
    .object({
      leaf_data: z.object({ subject_dn: Said, not_after: Said }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
})
const CensysSchema = z.object({
  ip: z.string(),
  name: Said,
  last_updated_at: Said,
  dns: z
    .object({ names: listOf(Text) })
    .optional()
    .catch(undefined),
  operating_system: SoftwareSchema.optional().catch(undefined),
  services: listOf(
    z.object({
      port: Said,
      transport_protocol: Said,
      transport: Said,
      service_name: Said,
      software: listOf(SoftwareSchema),
      observed_at: Said,
      tls: CensysTlsSchema.optional().catch(undefined),
      cert: CensysCertificateSchema.optional().catch(undefined),
    }),
  ),
})

/** Censys hosts: as the search API gives them (`result.hits`, `result`), as its lines, or `resource` of the platform API. */
export async function* readCensys(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source))
    for (const host of censysHosts(document)) yield* censysHost(host)
}

function censysHosts(document: unknown): readonly z.infer<typeof CensysSchema>[] {
  const read = CensysSchema.safeParse(document)
  if (read.success) return [read.data]
  const around = z.record(z.string(), z.unknown()).safeParse(document)
  const inner = ['result', 'hits', 'resource', 'resources', 'host', 'host_v1', 'hosts']
    .flatMap((key) => (around.success ? [around.data[key]] : []))
    .filter((value) => value !== undefined)
  return inner.flatMap((value) =>
    Array.isArray(value) ? value.flatMap(censysHosts) : censysHosts(value),
  )
}

function* censysHost(met: z.infer<typeof CensysSchema>): Generator<Scanned> {
  const system = met.operating_system
  const host = hostOf([met.name, ...(met.dns?.names.slice(0, 20) ?? []), met.ip], {
    system: system?.product,
  })
  for (const {
    port,
    transport_protocol,
    transport,
    software,
    observed_at,
    tls,
    cert,
  } of met.services) {
    const service = serviceOf(port, transport_protocol ?? transport)
    const products = software.map(
      ({ vendor, product = '', version, cpe, uniform_resource_identifier }): Product => ({
        vendor,
        name: product,
        version,
        cpe: cpe ?? uniform_resource_identifier,
        service,
        confidence: 60,
      }),
    )
    yield {
      kind: 'asset',
      host,
      products: products.filter(({ name, cpe }) => name !== '' || cpe !== undefined),
      reachable: `Censys: ${service} (${observed_at ?? met.last_updated_at ?? '-'})`,
      tls: tls && [censysTls(service, tls, cert)],
    }
    yield {
      kind: 'finding',
      host,
      service,
      check: 'open-port',
      about: 'service',
      vulnerabilities: [],
      title: service,
      severity: 'informational',
      state: 'open',
      seenMs: instantIn(observed_at),
      confidence: 100,
      group: `port ${met.ip} ${service}`,
    }
  }
}

function censysTls(
  service: string,
  { version_selected, versions, certificates }: z.infer<typeof CensysTlsSchema>,
  cert: z.infer<typeof CensysCertificateSchema> | undefined,
): Tls {
  const named = versions.flatMap(({ version, tls_version }) => version ?? tls_version ?? [])
  const leaf = certificates?.leaf_data
  return {
    service,
    weak: weakVersions([...named, ...(version_selected === undefined ? [] : [version_selected])]),
    subject: cert?.parsed?.subject_dn ?? leaf?.subject_dn,
    notAfterMs: certificateEnd(cert?.parsed?.validity_period?.not_after ?? leaf?.not_after),
  }
}
