// The Traffic Light Protocol: the marking definitions of version 1 (STIX 2.1 section 7.2.1.4) and of version 2 (an extension
// that FIRST and OASIS published), and what each means here.

import type { Marking } from '../../model/index.ts'
import { isObject } from './problem.ts'
import type { JsonObject } from './problem.ts'

export const TLP2_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'

type Label = Exclude<Marking, ''>

/** Version 1: no other instance may be made. */
const VERSION_1: Readonly<Record<string, { readonly id: string; readonly label: Label }>> = {
  white: { id: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', label: 'clear' },
  green: { id: 'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', label: 'green' },
  amber: { id: 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', label: 'amber' },
  red: { id: 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', label: 'red' },
}
const VERSION_2: Readonly<Record<Label, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

const LABELS: ReadonlyMap<string, Label> = new Map([
  ...Object.values(VERSION_1).map(({ id, label }): [string, Label] => [id, label]),
  ...(Object.entries(VERSION_2) as [Label, string][]).map(([label, id]): [string, Label] => [
    id,
    label,
  ]),
])

/** The label that a marking definition's id stands for; undefined when it is no TLP marking. */
export function labelOfMarking(id: string): Label | undefined {
  return LABELS.get(id)
}

/** The id of the version 2 marking for a label. */
export function markingOfLabel(label: Label): string {
  return VERSION_2[label]
}

/** The version 2 marking definition itself, as published. */
export function tlpDefinition(label: Label): JsonObject {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: VERSION_2[label],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${label.toUpperCase()}`,
    extensions: { [TLP2_EXTENSION]: { extension_type: 'property-extension', tlp_2_0: label } },
  }
}

const CREATED_1 = '2017-01-20T00:00:00.000Z'
const MEMBERS_1 = new Set([
  'type',
  'spec_version',
  'id',
  'created',
  'name',
  'definition_type',
  'definition',
])

/** Whether a definition of type `tlp` is one of the four of version 1, to the letter. */
export function isTlp1(definition: JsonObject): boolean {
  const { id, created, definition: said, name } = definition
  const colour = isObject(said) ? said['tlp'] : undefined
  if (typeof colour !== 'string' || !isObject(said) || Object.keys(said).length !== 1) return false
  return (
    VERSION_1[colour]?.id === id &&
    created === CREATED_1 &&
    (name === undefined || name === `TLP:${colour.toUpperCase()}`) &&
    Object.keys(definition).every((key) => MEMBERS_1.has(key))
  )
}

/** A version 2 extension must be one of the five, under its own id. */
export function isTlp2(id: unknown, extension: JsonObject): boolean {
  const label = extension['tlp_2_0']
  const isLabel = Object.entries(VERSION_2).some(([name, own]) => name === label && own === id)
  return isLabel && extension['extension_type'] === 'property-extension'
}
