// Toutes les phrases en français. Une phrase absente ne compile pas.

import type { Words } from './en.ts'
import { audit } from './fr/audit.ts'
import { blind } from './fr/blind.ts'
import { campaigns } from './fr/campaigns.ts'
import { cases } from './fr/cases.ts'
import { cli } from './fr/cli.ts'
import { collect } from './fr/collect.ts'
import { collection } from './fr/collection.ts'
import { consoleWords } from './fr/console.ts'
import { detect } from './fr/detect.ts'
import { devices } from './fr/devices.ts'
import { errors } from './fr/errors.ts'
import { evidence } from './fr/evidence.ts'
import { exercise } from './fr/exercise.ts'
import { exposure } from './fr/exposure.ts'
import { fleetReport } from './fr/fleet-report.ts'
import { hunt } from './fr/hunt.ts'
import { identity } from './fr/identity.ts'
import { indicators } from './fr/indicators.ts'
import { networks } from './fr/networks.ts'
import { notices } from './fr/notices.ts'
import { readiness } from './fr/readiness.ts'
import { reportUp } from './fr/report-up.ts'
import { report } from './fr/report.ts'
import { segment } from './fr/segment.ts'
import { sensors } from './fr/sensors.ts'
import { server } from './fr/server.ts'
import { shareContent } from './fr/share-content.ts'
import { share } from './fr/share.ts'
import { sharing } from './fr/sharing.ts'
import { threshold } from './fr/threshold.ts'
import { tools } from './fr/tools.ts'
import { traces } from './fr/traces.ts'

export const fr: Words = {
  audit,
  blind,
  campaigns,
  cases,
  cli,
  collect,
  collection,
  console: consoleWords,
  detect,
  devices,
  errors,
  exposure,
  evidence,
  exercise,
  fleetReport,
  hunt,
  identity,
  indicators,
  networks,
  notices,
  readiness,
  report,
  segment,
  sensors,
  server,
  share,
  shareContent,
  sharing,
  reportUp,
  threshold,
  tools,
  traces,
}
