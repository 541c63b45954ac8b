// From a page of ours to PDF, one at a time, each in a process of its own.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { VigieError } from '../core/index.ts'

/** A report of ten thousand rows has a few. */
const MAX_PAGE_BYTES = 16 * 1024 * 1024
const MAX_MS = 120_000
const CHILD = join(import.meta.dirname, 'print-child.ts')

let last: Promise<unknown> = Promise.resolve()

/**
 * The page as PDF/UA-1. Throws NOT_PRINTED with the reason: the page is larger than 16 MiB, or the typesetter is not installed (an optional
 * package), fails, or takes longer than two minutes.
 */
export function pdfOf(html: string): Promise<Uint8Array> {
  const bytes = Buffer.byteLength(html)
  if (bytes > MAX_PAGE_BYTES)
    return Promise.reject(
      new VigieError('NOT_PRINTED', { reason: `${bytes} > ${MAX_PAGE_BYTES} bytes` }),
    )
  const printed = last.then(() => print(html))
  last = printed.catch(() => undefined)
  return printed
}

async function print(html: string): Promise<Uint8Array> {
  const child = spawn(process.execPath, [CHILD], { timeout: MAX_MS, killSignal: 'SIGKILL' })
  // A child that ends early leaves nobody to write to; why it ended is told below.
  child.stdin.on('error', () => undefined)
  child.stdin.end(html)
  const [pdf, complaint, [code, signal]] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ])
  if (code === 0) return pdf
  const reason = signal === null ? reasonIn(complaint) : signal
  throw new VigieError('NOT_PRINTED', { reason })
}

/** The line of a stack that says what happened. */
function reasonIn(complaint: string): string {
  const said = complaint.split('\n').find((line) => /^\w*Error\b/.test(line))
  return (said ?? complaint).trim().slice(0, 300)
}
