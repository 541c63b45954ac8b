// A report of a station, to standard output or to a file.

import { createWriteStream, writeFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { VigieError } from '../core/index.ts'
import type { Context } from './context.ts'
import type { StationClient } from './station-client.ts'

export const OUT_FLAG = {
  kind: 'parsed',
  parse: String,
  brief: 'File to write (standard output)',
  placeholder: 'file',
  optional: true,
} as const

const PDF_FLAG = {
  kind: 'boolean',
  brief: 'As PDF with tags (PDF/UA-1)',
  default: false,
} as const

export const PAGE_FLAGS = { out: OUT_FLAG, pdf: PDF_FLAG } as const
export type PageFlags = { readonly out?: string; readonly pdf: boolean }

/** A page of the station: as it is, or as PDF. `path` has a query. */
export async function writePage(
  context: Context,
  client: StationClient,
  path: string,
  { out, pdf }: PageFlags,
): Promise<void> {
  if (pdf) await writePdf(context, client, `${path}&as=pdf`, out)
  else writeReport(context, await client.text(path), out)
}

/** Text that is there already. */
export function writeReport(context: Context, text: string, out: string | undefined): void {
  if (out === undefined) context.process.stdout.write(`${text.trimEnd()}\n`)
  else {
    writeFileSync(out, text)
    context.process.stdout.write(`${context.words.cli.scan.wrote(out)}\n`)
  }
}

/** A PDF is for a file. Throws SETTING_INVALID without one. */
export async function writePdf(
  context: Context,
  client: StationClient,
  path: string,
  out: string | undefined,
): Promise<void> {
  if (out === undefined)
    throw new VigieError('SETTING_INVALID', {
      name: '--out',
      met: '',
      expected: context.words.cli.outForPdf,
    })
  await pipeline(await client.bytes(path), createWriteStream(out))
  context.process.stdout.write(`${context.words.cli.scan.wrote(out)}\n`)
}
