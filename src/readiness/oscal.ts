// The assessment as OSCAL assessment results (NIST OSCAL 1.1.3, JSON): a finding for each goal, an observation for each
// criterion. Ids are made from what they name, so that the same state gives the same document.

import { createHash } from 'node:crypto'
import type { CriterionState, GoalAssessment, Readiness } from '../model/index.ts'

const OSCAL_VERSION = '1.1.3'
const NAMESPACE = 'https://vigie.invalid/ns/oscal'

export function oscalResults({ asOf, organization, goals, score }: Readiness): unknown {
  const counted = goals.filter(({ state }) => state !== 'not_applicable')
  return {
    'assessment-results': {
      uuid: uuidOf('results', organization, asOf),
      metadata: {
        title: `Cyber Security Readiness Goals: ${organization.trim()}`,
        'last-modified': asOf,
        version: asOf,
        'oscal-version': OSCAL_VERSION,
      },
      // There is no assessment plan as OSCAL: the reference leads to a resource of this document that says what was assessed.
      'import-ap': { href: `#${uuidOf('basis')}` },
      results: [
        {
          uuid: uuidOf('result', organization, asOf),
          title: 'Readiness',
          description: `Score ${score} of 100`,
          start: asOf,
          'reviewed-controls': {
            'control-selections': [
              counted.length === 0
                ? { 'include-all': {} }
                : { 'include-controls': counted.map(({ goal }) => ({ 'control-id': goal.key })) },
            ],
          },
          // A list of none is not allowed: it is left out.
          ...(counted.length === 0
            ? {}
            : {
                observations: counted.flatMap((goal) =>
                  goal.criteria.map((criterion) => observation(goal, criterion, asOf)),
                ),
                findings: counted.map((goal) => finding(goal)),
              }),
        },
      ],
      'back-matter': {
        resources: [
          {
            uuid: uuidOf('basis'),
            title: 'Cyber Security Readiness Goals, Canadian Centre for Cyber Security',
            description:
              'The goals by the keys of content/goals; only titles that its texts confirm are official.',
          },
        ],
      },
    },
  }
}

function observation(
  { goal }: GoalAssessment,
  { key, title, state, basis, proof, attestation }: CriterionState,
  asOf: string,
) {
  return {
    uuid: uuidOf('observation', goal.key, key),
    title: title.en,
    description: [proof?.said.en, attestation?.statement].find(Boolean) ?? 'Nothing is known yet.',
    methods: [basis === 'evidence' ? 'TEST' : basis === 'attestation' ? 'INTERVIEW' : 'UNKNOWN'],
    props: [{ name: 'criterion-state', ns: NAMESPACE, value: state }],
    collected: asOf,
    ...(attestation === null ? {} : { expires: attestation.expires }),
  }
}

function finding({ goal, state, criteria, share }: GoalAssessment) {
  return {
    uuid: uuidOf('finding', goal.key),
    title: goal.title.en,
    description: goal.outcome.en,
    props: [
      { name: 'goal-state', ns: NAMESPACE, value: state },
      { name: 'share', ns: NAMESPACE, value: share.toFixed(2) },
      { name: 'title-official', ns: NAMESPACE, value: String(goal.title.en_official) },
    ],
    target: {
      type: 'objective-id',
      'target-id': goal.key,
      status: { state: state === 'met' ? 'satisfied' : 'not-satisfied' },
    },
    'related-observations': criteria.map(({ key }) => ({
      'observation-uuid': uuidOf('observation', goal.key, key),
    })),
  }
}

/** A name-based UUID of version 5's form (RFC 9562 section 5.5), over SHA-256. */
function uuidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\u0000')).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) % 4) + 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
