// In: requests. Out: answers of the station's functions as JSON, the console's files, live changes.
// Who asks is known, what they send is checked by the schemas of the model, what goes wrong is said in both languages.
// Never: holds domain logic.

export { createApp } from './create-app.ts'
export type { AppOptions } from './create-app.ts'
export { createSessions } from './sessions.ts'
export type { Sessions } from './sessions.ts'
export { startServer } from './start-server.ts'
export type { RunningServer, ServerOptions } from './start-server.ts'
export type { CaseService } from './case-service.ts'
export type { Auth, Identity, Live, Station } from './station.ts'
