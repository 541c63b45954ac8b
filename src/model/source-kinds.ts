// The ways a line comes in.

export const SOURCE_KINDS = ['syslog', 'http', 'flow', 'cloud', 'queue', 'file', 'inbox'] as const
