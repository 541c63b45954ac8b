// In: a seed, an organisation, how long, how hidden. Out: lines as devices write them, hour by hour, labels of those that
// belong to a campaign, and a score card of what a station made of them.
// Never: reads a clock, a file or a socket, or tells a detector what is labelled.

export { NETWORKS, addressPlanCsv } from './country/address-plan.ts'
export { LEAST_DAYS, MOST_DAYS } from '../model/index.ts'
export { START_MS } from './country/calendar.ts'
export { ORGANISATION_KINDS } from './country/organisation.ts'
export type { OrganisationKind } from './country/organisation.ts'
export { NOISE_LEVELS } from './country/world.ts'
export type { Noise } from './country/world.ts'
export { CAMPAIGN_NAMES, STEALTH_LEVELS } from './campaigns/campaign.ts'
export type { CampaignName, StepName, Stealth } from './campaigns/campaign.ts'
export { simulate } from './simulate.ts'
export type { Hour, Label, Simulation, SimulationOptions } from './simulate.ts'
export { STEP_STATES, scoreOf, totalsOf } from './score.ts'
export type { Alert, CampaignScore, Found, Score, StepState, Totals } from './score.ts'
export { timelineOf } from './timeline.ts'
export type { Said } from './timeline.ts'
