// Small line drawings beside words; never the only name of anything.

const PATHS = {
  overview:
    'M2 8c2-3.5 4-5 6-5s4 1.5 6 5c-2 3.5-4 5-6 5S4 11.5 2 8Zm6 2a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  alerts: 'M8 2 14 13H2L8 2Zm0 4v3.5m0 1.7v.3',
  cases: 'M2 5h12v8H2V5Zm4 0V3h4v2M2 8.5h12',
  hunt: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  devices: 'M2 3h12v4H2V3Zm0 6h12v4H2V9Zm2.5-4v.01M4.5 11v.01M8 5h4M8 11h4',
  exposure: 'M2 8a6 6 0 0 1 12 0M4.5 8a3.5 3.5 0 0 1 7 0M8 8v6m-3 0h6',
  identity: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 6a5 5 0 0 1 10 0',
  readiness: 'M8 1.5 13.5 4v4c0 3-2.5 5.5-5.5 6.5C5 13.5 2.5 11 2.5 8V4L8 1.5ZM5.5 8l2 2 3-3.5',
  sharing:
    'M4 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm8-4a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm0 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM5.8 7.1l4.4-2.2M5.8 8.9l4.4 2.2',
  evidence: 'M3 7h10v7H3V7Zm2 0V5a3 3 0 0 1 6 0v2M8 9.5v2',
  sources: 'M2 4h12M2 8h12M2 12h12M4 4v.01M4 8v.01M4 12v.01',
  rules: 'M3 2h7l3 3v9H3V2Zm2.5 6h5m-5 3h5m-5-6h2',
  indicators: 'M8 2v3m0 6v3M2 8h3m6 0h3M8 12.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  keyboard: 'M1.5 4h13v8h-13V4ZM4 6.5v.01M6.5 6.5v.01M9 6.5v.01M11.5 6.5v.01M5 9.5h6',
  settings:
    'M2 4.5h7m3 0h2M2 11.5h2m3 0h7M10.5 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm-5 7a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z',
  earlier: 'M10 3 5 8l5 5',
  later: 'm6 3 5 5-5 5',
  zoomOut: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14M5 7h4',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  open: 'm6 3 5 5-5 5',
  opened: 'm3 6 5 5 5-5',
  previous: 'm3 10 5-5 5 5',
  next: 'm3 6 5 5 5-5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  page: 'M9 2h5v5M14 2 8 8M12 9v5H2V4h5',
  copy: 'M6 6h8v8H6V6ZM3 10H2V2h8v1',
  column: 'M2 3h12v10H2V3Zm6 0v10',
  out: 'M6 2H2v12h4M6 8h8m-3-3 3 3-3 3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
