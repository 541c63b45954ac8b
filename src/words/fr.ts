// Toutes les phrases en français. Une phrase absente ne compile pas.

import type { Words } from './en.ts'
import { cli } from './fr/cli.ts'
import { collect } from './fr/collect.ts'
import { consoleWords } from './fr/console.ts'
import { detect } from './fr/detect.ts'
import { errors } from './fr/errors.ts'
import { evidence } from './fr/evidence.ts'
import { hunt } from './fr/hunt.ts'
import { indicators } from './fr/indicators.ts'
import { report } from './fr/report.ts'
import { sensors } from './fr/sensors.ts'
import { server } from './fr/server.ts'

export const fr: Words = {
  cli,
  collect,
  console: consoleWords,
  detect,
  errors,
  evidence,
  hunt,
  indicators,
  report,
  sensors,
  server,
}
