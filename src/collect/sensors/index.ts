// In: pieces of sensors' spools over mutual TLS. Out: their lines in this station's intake, each piece once.
// Who may send is decided here: invited by a code, known by a certificate, revoked at once.
// Never: trusts what a sensor says of its name or of another's lines.

export { openAuthority } from './authority.ts'
export type { Authority } from './authority.ts'
export { openDoor } from './door.ts'
export type { Door, DoorContent } from './door.ts'
export { encodeInvitation } from './invitation.ts'
export { readPriorities } from './priority-content.ts'
export { packIndicators } from './token-hash.ts'
export { sensorRegistry } from './registry.ts'
export type { SensorRegistry } from './registry.ts'
export type { SensorIntake } from './take-piece.ts'
