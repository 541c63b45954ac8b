// What every report is: one self-contained page in the console's colours, on paper too. No script, nothing fetched.

import type { Language } from '../words/index.ts'
import { escape } from './escape.ts'

/** `content`: HTML in which everything that others wrote is escaped. */
export function reportPage(title: string, content: string, language: Language): string {
  return `<!doctype html>
<html lang="${language}-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`
}

const REPORT_STYLE = `
:root { color-scheme: light dark; --line: light-dark(#bfbfbf, #3a4a5c); --quiet: light-dark(#595959, #bfbfbf); --panel: light-dark(#f2f2f2, #0f253d); }
body { margin: 0; font: 0.9375rem/1.5 'Noto Sans', system-ui, sans-serif; background: light-dark(#fff, #0a1829); color: light-dark(#333, #f2f2f2); }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.125rem; margin-top: 2rem; border-bottom: 1px solid var(--line); } h3 { font-size: 1rem; margin: 0; }
.quiet { color: var(--quiet); margin-bottom: 0; }
article { margin: 1rem 0; padding: 0.75rem 1rem; border-left: 4px solid var(--mark); background: var(--panel); break-inside: avoid; }
.critical { --mark: light-dark(#861322, #ec7988); } .high { --mark: light-dark(#b3192e, #ef8f9c); } .medium { --mark: light-dark(#795706, #f6c655); }
.low { --mark: light-dark(#1f497a, #85afe0); } .informational { --mark: light-dark(#595959, #b3b3b3); }
.severity { color: var(--mark); font-weight: 700; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0.5rem 0; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0.25rem 0; padding: 0.5rem; font: 0.8125rem/1.4 'Noto Sans Mono', ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; } caption { text-align: left; color: var(--quiet); }
th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; } .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print { :root { color-scheme: light; } main { max-width: none; padding: 0; } article { background: none; } }
`
