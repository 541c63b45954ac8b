// The campaigns that are played.

import type { Campaign } from './campaign.ts'
import { edgeDevice } from './edge-device.ts'
import { homeRouter } from './home-router.ts'
import { itToOt } from './it-to-ot.ts'
import { provider } from './provider.ts'
import { records } from './records.ts'

export const CAMPAIGNS: readonly Campaign[] = [homeRouter, provider, edgeDevice, records, itToOt]
