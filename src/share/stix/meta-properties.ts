// STIX 2.1 sections 5, 7 and 8: relationships, meta objects and the bundle.

import type { Properties } from './property-kinds.ts'

export const META_PROPERTIES: Readonly<Record<string, Properties>> = {
  relationship: {
    relationship_type: 'string!',
    description: 'string',
    source_ref: 'ref!',
    target_ref: 'ref!',
    start_time: 'timestamp',
    stop_time: 'timestamp',
  },
  sighting: {
    description: 'string',
    first_seen: 'timestamp',
    last_seen: 'timestamp',
    count: 'integer',
    sighting_of_ref: 'ref!',
    observed_data_refs: 'list ref:observed-data',
    where_sighted_refs: 'list ref:identity|location',
    summary: 'boolean',
  },
  'language-content': {
    object_ref: 'ref!',
    object_modified: 'timestamp',
    contents: 'dictionary!',
  },
  'marking-definition': {
    name: 'string',
    definition_type: 'string',
    definition: 'dictionary',
  },
  'extension-definition': {
    name: 'string!',
    description: 'string',
    schema: 'string!',
    version: 'string!',
    extension_types: 'list enum:extension-type-enum!',
    extension_properties: 'list string',
  },
  bundle: {
    id: 'ref!',
    objects: 'list object',
  },
}
