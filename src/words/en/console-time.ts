// Time ranges, in English.

export const consoleTime = {
  label: 'Time range',
  spans: {
    '15m': 'Last 15 minutes',
    '1h': 'Last hour',
    '4h': 'Last 4 hours',
    '24h': 'Last 24 hours',
    '7d': 'Last 7 days',
    '30d': 'Last 30 days',
    '90d': 'Last 90 days',
  },
  all: 'All time',
  between: (from: string, to: string) => `${from} to ${to}`,
  custom: 'Between two times',
  from: (zone: string) => `From (${zone})`,
  to: (zone: string) => `To (${zone})`,
  apply: 'Apply',
  wrong: 'The end has to be after the start.',
  earlier: 'Earlier',
  later: 'Later',
  zoomOut: 'Zoom out',
}
