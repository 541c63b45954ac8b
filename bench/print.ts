// How long a table of so many rows takes as PDF with tags, the typesetter's start included. Prints JSON. Argument: rows.

import { pdfOf } from '../src/print/index.ts'

const count = Number(process.argv[2] ?? 3000)
const rows = Array.from(
  { length: count },
  (_, at) => `<tr><td>device-${at}</td><td>192.0.2.${at % 256}</td><td>no answer yet</td></tr>`,
)
const page = `<!doctype html><html lang="en-CA"><head><title>Devices</title></head><body><h1>Devices</h1>
<table><thead><tr><th>device</th><th>address</th><th>state</th></tr></thead><tbody>${rows.join('')}</tbody></table></body></html>`
const startMs = performance.now()
const pdf = await pdfOf(page)
process.stdout.write(
  `${JSON.stringify({ rows: count, ms: Math.round(performance.now() - startMs), bytes: pdf.length })}\n`,
)
