// The screens, in the order evidence travels towards a decision, with the letter that follows `g`.

export const PLACES = [
  { name: 'overview', to: '/', letter: 'o' },
  { name: 'alerts', to: '/alerts', letter: 'a' },
  { name: 'cases', to: '/cases', letter: 'c' },
  { name: 'hunt', to: '/hunt', letter: 'h' },
  { name: 'devices', to: '/devices', letter: 'd' },
  { name: 'exposure', to: '/exposure', letter: 'v' },
  { name: 'identity', to: '/identity', letter: 'p' },
  { name: 'readiness', to: '/readiness', letter: 'r' },
  { name: 'sharing', to: '/sharing', letter: 's' },
  { name: 'evidence', to: '/evidence', letter: 'e' },
  { name: 'sources', to: '/sources', letter: 'l' },
  { name: 'rules', to: '/rules', letter: 'u' },
  { name: 'indicators', to: '/indicators', letter: 'i' },
] as const

export type PlaceName = (typeof PLACES)[number]['name']
