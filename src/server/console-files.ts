// The built console: files of one folder, compressed once, with the caching that hashed names allow.

import { readFile, stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'
import { wordsOf } from '../words/index.ts'
import type { Language } from '../words/index.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}
const COMPRESSED = /^(?:text\/|application\/(?:json|manifest)|image\/svg)/u
const MOST_BYTES = 8 * 1024 * 1024

type Kept = {
  readonly modifiedMs: number
  readonly etag: string
  readonly plain: Buffer
  readonly br?: Buffer
  readonly gzip?: Buffer
}

/** Serves files of `folder`; any other path gives index.html, which knows the screens. */
export function consoleFiles(folder: string): MiddlewareHandler {
  const root = resolve(folder)
  const kept = new Map<string, Kept>()
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    const path = insideRoot(root, c.req.path)
    const asked = path === undefined ? undefined : await load(kept, path)
    if (asked !== undefined && path !== undefined) return send(c, asked, path)
    // A file that is not there must not come back as the page.
    if (extname(c.req.path) !== '') return c.notFound()
    const index = join(root, 'index.html')
    const page = await load(kept, index)
    return page === undefined ? notBuilt(c) : send(c, page, index)
  }
}

/** The file a path means, or undefined when it leaves the folder or is none. */
function insideRoot(root: string, urlPath: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined
  const path = resolve(root, `.${decoded}`)
  return path.startsWith(root + sep) && TYPES[extname(path)] !== undefined ? path : undefined
}

async function load(kept: Map<string, Kept>, path: string): Promise<Kept | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || !found.isFile() || found.size > MOST_BYTES) return undefined
  const before = kept.get(path)
  if (before !== undefined && before.modifiedMs === found.mtimeMs) return before
  const plain = await readFile(path)
  const etag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`
  const file: Kept = { modifiedMs: found.mtimeMs, etag, plain, ...(await compressed(path, plain)) }
  kept.set(path, file)
  return file
}

async function compressed(path: string, plain: Buffer): Promise<Pick<Kept, 'br' | 'gzip'>> {
  if (!COMPRESSED.test(TYPES[extname(path)] ?? '') || plain.length < 1024) return {}
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, quality),
    promisify(gzip)(plain),
  ])
  return { br, gzip: gz }
}

function send(c: Context, file: Kept, path: string): Response {
  c.header('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
  c.header('etag', file.etag)
  c.header('vary', 'accept-encoding')
  // Names under assets carry a digest of their content, so they never change.
  const isHashed = path.includes(`${sep}assets${sep}`)
  c.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304)
  const accepted = c.req.header('accept-encoding') ?? ''
  for (const encoding of ['br', 'gzip'] as const) {
    const body = file[encoding]
    if (
      body === undefined ||
      !new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`, 'u').test(accepted)
    )
      continue
    c.header('content-encoding', encoding)
    return c.body(new Uint8Array(body))
  }
  return c.body(new Uint8Array(file.plain))
}

/** Says what to do, in both languages, without a style: the policy allows none inline. */
function notBuilt(c: Context): Response {
  const body = notBuiltPart('en') + notBuiltPart('fr')
  return c.html(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Vigie</title></head><body>${body}</body></html>`,
    503,
  )
}

function notBuiltPart(language: Language): string {
  const { title, sentence, api } = wordsOf(language).server.notBuilt
  return `<section lang="${language}"><h1>${title}</h1><p>${sentence}</p><p>${api} <a href="/api/openapi.json">/api/openapi.json</a>.</p></section>`
}
