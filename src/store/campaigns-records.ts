// Records of campaigns at a hub: what single organisations met, which campaign each belongs to and why, and what analysts did.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>

export const CAMPAIGN_STATEMENTS: readonly string[] = [
  `CREATE TABLE campaigns (
    id text PRIMARY KEY, name text NOT NULL, state text NOT NULL, made timestamptz NOT NULL, changed timestamptz NOT NULL,
    changed_by text NOT NULL)`,
  `CREATE TABLE campaign_reports (
    id text PRIMARY KEY, organisation text NOT NULL, source text NOT NULL, first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL, known timestamptz NOT NULL, features jsonb NOT NULL, note text NOT NULL,
    campaign text REFERENCES campaigns (id), why jsonb NOT NULL, by_whom text NOT NULL)`,
  `CREATE INDEX campaign_reports_campaign ON campaign_reports (campaign)`,
  `CREATE TABLE campaign_acts (
    id text PRIMARY KEY, at timestamptz NOT NULL, who text NOT NULL, act text NOT NULL, campaigns jsonb NOT NULL,
    before jsonb NOT NULL, after jsonb NOT NULL, undone timestamptz)`,
]

export type CampaignTables = {
  campaigns: {
    id: string
    name: string
    state: string
    made: Instant
    changed: Instant
    changed_by: string
  }
  campaign_reports: {
    id: string
    organisation: string
    source: string
    first_seen: Instant
    last_seen: Instant
    /** When the hub knew of it. */
    known: Instant
    features: Json
    note: string
    campaign: string | null
    /** What it shares with others there, with weights. */
    why: Json
    by_whom: string
  }
  campaign_acts: {
    id: string
    at: Instant
    who: string
    act: string
    campaigns: Json
    before: Json
    after: Json
    undone: OptionalInstant
  }
}
