// A process of its own that reads one page and sets it: what breaks it, or fills memory, ends here. HTML in by standard input,
// PDF out by standard output.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { pageTree } from './page-tree.ts'

const TEMPLATE = join(import.meta.dirname, 'page.typ')
/** Each round names what was found missing; a page of many scripts takes several. */
const MAX_ROUNDS = 6

/** Signs that no page shows: controls, and those that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex
const UNSHOWABLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g

const html = (await buffer(process.stdin)).toString('utf8')
process.stdout.write(set(JSON.stringify(pageTree(html), showable)))

function showable(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll(UNSHOWABLE, '\uFFFD') : value
}

function set(page: string): Buffer {
  const fonts = dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')))
  const compiler = NodeCompiler.create({
    workspace: import.meta.dirname,
    fontArgs: [{ fontPaths: [fonts] }],
  })
  const mainFileContent = readFileSync(TEMPLATE, 'utf8')
  let shown = page
  for (let round = 1; ; round += 1) {
    try {
      const compiled = compiler.compile({ mainFileContent, inputs: { page: shown } })
      const failure = compiled.takeError()
      if (failure !== null) throw new TypeError(JSON.stringify(compiler.fetchDiagnostics(failure)))
      if (compiled.result === null) throw new TypeError('no document')
      return compiler.pdf(compiled.result, { pdfStandard: 'ua-1' })
    } catch (cause) {
      const missing = missingIn(String(cause))
      if (missing.length === 0 || round === MAX_ROUNDS) throw cause
      shown = missing.reduce((text, sign) => text.replaceAll(sign, written(sign)), shown)
    }
  }
}

/** Signs that no font at hand can show, as the typesetter names them. */
function missingIn(message: string): readonly string[] {
  const quoted = message.matchAll(/the text `\\*"((?:[^"\\]|\\+[^"]|\\+")*?)\\*"` could not be/g)
  const texts = [...quoted].map(([, text = '']) =>
    text.replaceAll(/\\+u\{([\da-f]+)\}/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    ),
  )
  return [...new Set(texts.flatMap((text) => Array.from(text)))].filter(
    (sign) => sign > '\u007f' || sign < ' ',
  )
}

/** `⟨U+4E2D⟩`: what stood there can still be told. */
function written(sign: string): string {
  return `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
