// For tests: what NIST's schema of assessment results asks (OSCAL 1.1.3), in own words: which members an object must and may have,
// which of its texts are ids, tokens, instants or one line, and that no list is empty.

import { z } from 'zod'

const Uuid = z
  .string()
  .regex(/^[\dA-Fa-f]{8}-[\dA-Fa-f]{4}-[45][\dA-Fa-f]{3}-[89ABab][\dA-Fa-f]{3}-[\dA-Fa-f]{12}$/u)
const Token = z.string().regex(/^(?:\p{L}|_)(?:\p{L}|\p{N}|[.\-_])*$/u)
/** One line without blanks at its ends. */
const Line = z.string().regex(/^\S(?:.*\S)?$/u)
/** RFC 3339 with its zone. */
const Instant = z.iso.datetime({ offset: true })
const Prose = z.string().min(1)
const some = <T extends z.ZodType>(of: T) => z.array(of).min(1)

const Property = z.strictObject({
  name: Token,
  uuid: Uuid.optional(),
  ns: z.url().optional(),
  value: Line,
  class: Token.optional(),
  remarks: Prose.optional(),
})
const Observation = z.strictObject({
  uuid: Uuid,
  title: Prose.optional(),
  description: Prose,
  props: some(Property).optional(),
  methods: some(z.union([z.enum(['EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN']), Line])),
  types: some(Token).optional(),
  collected: Instant,
  expires: Instant.optional(),
  remarks: Prose.optional(),
})
const Finding = z.strictObject({
  uuid: Uuid,
  title: Prose,
  description: Prose,
  props: some(Property).optional(),
  target: z.strictObject({
    type: z.enum(['statement-id', 'objective-id']),
    'target-id': Token,
    title: Prose.optional(),
    status: z.strictObject({
      state: z.enum(['satisfied', 'not-satisfied']),
      reason: Token.optional(),
    }),
  }),
  'related-observations': some(z.strictObject({ 'observation-uuid': Uuid })).optional(),
  remarks: Prose.optional(),
})
const Selection = z
  .strictObject({
    description: Prose.optional(),
    'include-all': z.strictObject({}).optional(),
    'include-controls': some(z.strictObject({ 'control-id': Token })).optional(),
  })
  .refine((one) => 'include-all' in one !== 'include-controls' in one, 'one of the two')
const Result = z.strictObject({
  uuid: Uuid,
  title: Prose,
  description: Prose,
  start: Instant,
  end: Instant.optional(),
  props: some(Property).optional(),
  'reviewed-controls': z.strictObject({ 'control-selections': some(Selection) }),
  observations: some(Observation).optional(),
  findings: some(Finding).optional(),
  remarks: Prose.optional(),
})

export const AssessmentResultsRules = z.strictObject({
  'assessment-results': z.strictObject({
    uuid: Uuid,
    metadata: z.strictObject({
      title: Prose,
      published: Instant.optional(),
      'last-modified': Instant,
      version: Line,
      'oscal-version': z.string().regex(/^1\.\d+\.\d+$/u),
      props: some(Property).optional(),
    }),
    'import-ap': z.strictObject({ href: z.string().min(1), remarks: Prose.optional() }),
    results: some(Result),
    'back-matter': z
      .strictObject({
        resources: some(
          z.strictObject({ uuid: Uuid, title: Prose.optional(), description: Prose.optional() }),
        ).optional(),
      })
      .optional(),
  }),
})
