// What is said of sharing.

import { plural } from '../plural.ts'

export const share = {
  brief: 'Share with others, and check what is to be shared',
  check: {
    brief: 'Check a STIX 2.1 bundle: what breaks the standard, and what others will stumble over',
    usable: (count: number) => `${plural('en', count, 'object', 'objects')} can be used.`,
    error: 'error',
    advice: 'advice',
  },
  pattern: {
    brief: 'Show the statement that a STIX pattern is over events, or why it cannot be asked',
  },
}
