// In: files and folders, packed or not, in any layout logs are kept in; an inbox folder; files that grow.
// Out: lines in the Intake, and what could not be read and why.
// Never: reads what a line says, writes what an archive names, or follows a link out of a folder.

export { SCAN_LIMITS } from './budget.ts'
export type { UnpackLimits } from './budget.ts'
export { startFollow } from './follow.ts'
export type { FollowOptions, Following } from './follow.ts'
export { startInbox } from './inbox.ts'
export type { Claim, Inbox, InboxEvent, InboxOptions } from './inbox.ts'
export type { Positions } from './positions.ts'
export { describeProblem } from './problem.ts'
export type { FileProblem, ProblemCode } from './problem.ts'
export { readFileInto } from './read-file.ts'
export type { Checkpoint, FileProgress, FileResult, ReadFileOptions } from './read-file.ts'
export { walkPaths } from './walk.ts'
export type { WalkedFile } from './walk.ts'
