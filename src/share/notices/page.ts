// A self-contained page: no script, nothing from elsewhere. What others wrote becomes text.

import type { Language } from '../../words/index.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

const STYLE = `
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; font: 1rem/1.5 'Noto Sans', system-ui, sans-serif; color: #333; background: #fff; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.125rem; margin: 1.25rem 0 0.25rem; border-bottom: 1px solid #bfbfbf; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #bfbfbf; vertical-align: top; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; } .large { font-size: 2rem; font-weight: 700; } .quiet { color: #595959; }
.fill { margin-top: 2rem; border-top: 1px solid #333; padding-top: 0.75rem; } li { margin: 0.25rem 0; }
.tiles { display: grid; grid-template-columns: repeat(9, 3.4rem); gap: 0.2rem; } .tiles > div { border: 1px solid #bfbfbf; padding: 0.25rem; text-align: center; min-height: 2.6rem; } .tiles > .hit { background: #1f497a; color: #fff; }
@media print { body { max-width: none; padding: 0; } h2, tr, li { break-inside: avoid; } }
`

export function page(language: Language, title: string, body: string): string {
  return `<!doctype html>\n<html lang="${language}-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>\n<body><main>\n${body}\n</main></body></html>\n`
}
