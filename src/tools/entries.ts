// One entry of each list, in the forms its makers publish: LOLBAS (YAML, JSON, CSV), GTFOBins (Markdown, JSON), LOLRMM (YAML, JSON, CSV), LOLDrivers
// (YAML, JSON, CSV). What is not of these forms gives nothing.

import { z } from 'zod'
import type { ToolList } from '../model/index.ts'
import {
  certificateOf,
  domainOf,
  hashesOf,
  programsOf,
  registryOf,
  serviceOf,
  signerOf,
} from './known-by.ts'
import type { KnownBy } from './known-by.ts'

export type Tool = {
  readonly name: string
  /** What it is abused for, in its list's words. */
  readonly does: readonly string[]
  readonly known: readonly KnownBy[]
}

type Read = (entry: unknown, file: string) => readonly Tool[]

const Text = z.string().max(20_000).catch('')
const Texts = z
  .array(z.unknown())
  .catch([])
  .transform((some) => some.filter((one) => typeof one === 'string'))
const listOf = <S extends z.ZodType>(schema: S) =>
  z.union([z.array(schema), schema.transform((one) => [one])]).catch([])

const LolbasSchema = z.object({
  Name: Text,
  Filename: Text,
  Commands: listOf(z.object({ Category: Text })),
  'Command Category': Text,
})

const GtfobinSchema = z.object({ name: Text, functions: z.record(z.string(), z.unknown()) })
const GtfobinsSchema = z.object({
  executables: z.record(z.string(), z.object({ functions: z.record(z.string(), z.unknown()) })),
})

const LolrmmSchema = z.object({
  Name: Text,
  Details: z
    .object({
      PEMetadata: listOf(z.object({ Filename: Text, OriginalFileName: Text })),
      InstallationPaths: Texts,
    })
    .catch({ PEMetadata: [], InstallationPaths: [] }),
  // CSV has them as JSON in one cell.
  Artifacts: z.preprocess(
    fromJson,
    z
      .object({
        Network: listOf(z.object({ Domains: Texts })),
        Registry: listOf(z.object({ Path: Text })),
        EventLog: listOf(z.object({ ServiceName: Text })),
      })
      .catch({ Network: [], Registry: [], EventLog: [] }),
  ),
  CodeSigning: z.preprocess(
    fromJson,
    z
      .object({
        signer_names: Texts,
        company_names: Texts,
        certificates: listOf(z.object({ signer_name: Text, certificate_thumbprint: Text })),
      })
      .catch({ signer_names: [], company_names: [], certificates: [] }),
  ),
  Filename: Text,
  OriginalFileName: Text,
  InstallationPaths: Text,
})

const SampleSchema = z.object({ MD5: Text, SHA1: Text, SHA256: Text })
const LoldriverSchema = z.object({
  Id: Text,
  Category: Text,
  Tags: z.union([z.string(), Texts]),
  KnownVulnerableSamples: listOf(SampleSchema),
  KnownVulnerableSamples_MD5: Text,
  KnownVulnerableSamples_SHA1: Text,
  KnownVulnerableSamples_SHA256: Text,
})

export const ENTRIES: Readonly<Record<ToolList, Read>> = {
  lolbas: (entry) =>
    ofSchema(LolbasSchema, entry, (read) => ({
      name: read.Name || read.Filename,
      does: [...read.Commands.map(({ Category }) => Category), read['Command Category']],
      known: programsOf([read.Name || read.Filename]),
    })),
  gtfobins: (entry, file) => {
    const all = GtfobinsSchema.safeParse(entry).data
    if (all !== undefined)
      return Object.entries(all.executables).map(([name, { functions }]) =>
        gtfobin(name, functions),
      )
    return ofSchema(GtfobinSchema, entry, ({ name, functions }) =>
      gtfobin(name || file.replace(/^.*[/\\]/, '').replace(/\.md$/, ''), functions),
    )
  },
  lolrmm: (entry) =>
    ofSchema(LolrmmSchema, entry, (read) => ({
      name: read.Name,
      does: ['remote management'],
      known: [
        ...programsOf([
          ...read.Details.PEMetadata.flatMap((one) => [one.Filename, one.OriginalFileName]),
          ...read.Details.InstallationPaths,
          ...[read.Filename, read.OriginalFileName, read.InstallationPaths].flatMap(separated),
        ]),
        ...read.Artifacts.Network.flatMap(({ Domains }) => Domains).flatMap(domainOf),
        ...read.Artifacts.Registry.flatMap(({ Path }) => registryOf(Path)),
        ...read.Artifacts.EventLog.flatMap(({ ServiceName }) => serviceOf(ServiceName)),
        ...signersOf(read.CodeSigning),
      ],
    })),
  loldrivers: (entry) =>
    ofSchema(LoldriverSchema, entry, (read) => ({
      name: separated(read.Tags)[0] ?? read.Id,
      does: [read.Category],
      known: hashesOf([
        ...read.KnownVulnerableSamples.flatMap(({ MD5, SHA1, SHA256 }) => [MD5, SHA1, SHA256]),
        read.KnownVulnerableSamples_MD5,
        read.KnownVulnerableSamples_SHA1,
        read.KnownVulnerableSamples_SHA256,
      ]),
    })),
}

type CodeSigning = z.infer<typeof LolrmmSchema>['CodeSigning']

/** A certificate of a maker whose signature says nothing is left out as well. */
function signersOf({ signer_names, company_names, certificates }: CodeSigning) {
  const isOwn = ({ signer_name }: { readonly signer_name: string }) =>
    signer_name === '' || signerOf(signer_name).length > 0
  return [
    ...[...signer_names, ...company_names].flatMap(signerOf),
    ...certificates.flatMap(({ signer_name }) => signerOf(signer_name)),
    ...certificates
      .filter(isOwn)
      .flatMap(({ certificate_thumbprint }) => certificateOf(certificate_thumbprint)),
  ]
}

/** What is text is taken for JSON; what is neither gives nothing. */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function gtfobin(name: string, functions: Readonly<Record<string, unknown>>): Tool {
  return cleaned({ name, does: Object.keys(functions), known: programsOf([name]) })
}

function ofSchema<S extends z.ZodType>(
  schema: S,
  entry: unknown,
  toTool: (read: z.infer<S>) => Tool,
): readonly Tool[] {
  const read = schema.safeParse(entry).data
  return read === undefined ? [] : [cleaned(toTool(read))]
}

const MOST_DOES = 20

function cleaned({ name, does, known }: Tool): Tool {
  const named = name.trim().slice(0, 200)
  return {
    name: named,
    does: [
      ...new Set(does.map((one) => one.trim().slice(0, 60)).filter((one) => one !== '')),
    ].slice(0, MOST_DOES),
    known: named === '' ? [] : known,
  }
}

function separated(texts: string | readonly string[]): readonly string[] {
  const text = typeof texts === 'string' ? texts.split(',') : texts
  return text.map((one) => one.trim()).filter((one) => one !== '')
}
