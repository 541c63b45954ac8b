// Les périodes, en français.

import type { Words } from '../en.ts'

export const consoleTime: Words['console']['time'] = {
  label: 'Période',
  spans: {
    '15m': '15 dernières minutes',
    '1h': 'Dernière heure',
    '4h': '4 dernières heures',
    '24h': '24 dernières heures',
    '7d': '7 derniers jours',
    '30d': '30 derniers jours',
    '90d': '90 derniers jours',
  },
  all: 'Toute la période',
  between: (from, to) => `${from} au ${to}`,
  custom: 'Entre deux moments',
  from: (zone) => `Du (${zone})`,
  to: (zone) => `Au (${zone})`,
  apply: 'Appliquer',
  wrong: 'La fin doit venir après le début.',
  earlier: 'Plus tôt',
  later: 'Plus tard',
  zoomOut: 'Élargir',
}
