// How configurations come in by themselves: repositories that are followed, devices that are asked over SSH.

import type { PullProblem, RepositoryProblem } from '../../core/index.ts'
import { reasonText } from '../reason-text.ts'

type Repository = {
  readonly place: string
  readonly problem: RepositoryProblem
  readonly reason: string
}
type Pull = { readonly device: string; readonly problem: PullProblem; readonly met: string }

const REPOSITORY: Readonly<Record<RepositoryProblem, (reason: string) => string>> = {
  no_git: () => 'the program “git” is not on this machine. Install it; nothing else is needed.',
  bad_place: () =>
    'that is no place of a repository. Give a folder of the station’s machine, or an address that begins with https:// or ssh://.',
  with_password: () =>
    'the address holds a name or password, which would be kept in the clear. Use SSH with a key of the station’s account, or a clone in a folder.',
  unreadable: (reason) => `git cannot read it: ${reason}`,
  too_large: () =>
    'it is larger than 2 GiB. What was fetched of it is gone again. Follow a repository that holds configurations alone.',
  file_too_large: () => 'a file in it is larger than a configuration may be.',
  too_many_commits: (reason) =>
    `it has more commits than are taken in at once (${reason}). Follow a branch with less history.`,
  too_slow: () => 'it did not answer in time. It is tried again.',
}

const PULL: Readonly<Record<PullProblem, (met: string) => string>> = {
  bad_login: (met) =>
    `the way to log in cannot be used (${met}). Give a password or an OpenSSH key.`,
  unreachable: (met) =>
    `it does not answer (${met}). See whether it listens for SSH, and whether the station may reach it.`,
  key_unknown: (met) =>
    `its host key ${met} was met for the first time. Compare it with what the device itself says, then confirm it; nothing was sent to it before.`,
  key_changed: (met) =>
    `its host key is another one than the confirmed one: ${met}. Somebody may stand in between, or the device was replaced. Nothing was sent to it, and nothing is until somebody confirms the new key.`,
  refused: (met) =>
    `it refused the login of this account (${met}). See the account and its password or key.`,
  asks_more: (met) =>
    `it asked for what was not given: ${met}. An account for reading alone should need no second factor.`,
  no_prompt: (met) =>
    `no prompt of this platform came; its last line was “${met}”. See whether the platform is the right one.`,
  stalled: (met) => `it stopped in the middle of its answer (${met}). Nothing of it was kept.`,
  closed: (met) =>
    `it closed the connection in the middle of its answer (${met}). Nothing of it was kept.`,
  too_large: () =>
    'its answer is longer than a configuration may be (64 MiB). Nothing of it was kept.',
  no_end: (met) => `its answer has no end: the last line is “${met}”. Nothing of it was kept.`,
  command_refused: (met) => `it refused the command: “${met}”. See what this account may read.`,
  not_taken: (met) => `its answer is no configuration: ${met}.`,
  needs_enable: (met) =>
    `this account sees only a part (${met}). Give it the right to read the configuration, or say that it may use “enable”.`,
}

export const collection = {
  repository: ({ place, problem, reason }: Repository) =>
    `${place}: ${reasonText(REPOSITORY, problem, reason)}`,
  pull: ({ device, problem, met }: Pull) => `${device}: ${reasonText(PULL, problem, met)}`,
  rewritten: {
    title: 'The history of a configuration repository was rewritten',
    why: (place: string, lost: string) =>
      `The history of ${place} is another one than it was: commit ${lost.slice(0, 12)} is not in it any more. Whoever rewrites it can hide a change; what was taken in stays.`,
  },
  keyChanged: {
    title: 'A device shows another host key',
    why: (device: string, met: string) =>
      `${device} showed another SSH host key than the confirmed one: ${met}. Nothing was sent to it.`,
  },
  git: {
    brief: 'Follow a git repository of configurations (Oxidized, RANCID), its history too',
    none: 'No repository is followed. Name one: vigie devices git PATH|URL',
    followed: (place: string) => `${place} is followed; its history is being taken in.`,
    gone: (place: string) => `${place} is followed no more; what was taken in stays.`,
    counts: (commits: string, versions: string) =>
      `${commits} commits taken in, ${versions} versions`,
    waiting: 'not looked at yet',
    rewritten: (when: string, lost: string) =>
      `Its history was rewritten, seen ${when}: commit ${lost} is not in it any more.`,
    refused: (file: string, commit: string) => `not taken: ${file} in ${commit}`,
  },
  ssh: {
    brief: 'Fetch configurations over SSH: which devices, their host keys, how it goes',
    setBrief:
      'Fetch the configuration of a device; the password or key is read from a file or typed in',
    confirmBrief: 'Confirm the host key that a device showed',
    removeBrief: 'Fetch it no more',
    nowBrief: 'Fetch it now',
    none: 'No device is asked over SSH. Name one: vigie devices ssh set DEVICE --host HOST --account NAME --platform PLATFORM --password-file FILE',
    set: (device: string) =>
      `${device} is asked from now on. Its host key is shown here once it was met: vigie devices ssh`,
    confirmed: (device: string, key: string) => `${device}: ${key} is confirmed.`,
    gone: (device: string) => `${device} is asked no more; what was taken in stays.`,
    asked: (device: string) => `${device} is asked now.`,
    columns: {
      device: 'DEVICE',
      host: 'ADDRESS',
      platform: 'PLATFORM',
      taken: 'FETCHED',
      next: 'NEXT',
      state: 'STATE',
    },
    states: {
      new: 'not asked yet',
      ok: 'fetched',
      failing: 'fails',
      key_unknown: 'host key to confirm',
      key_changed: 'host key changed',
    },
    key: (key: string) => `host key ${key}`,
    keyMet: (key: string) =>
      `it shows host key ${key}; confirm it: vigie devices ssh confirm DEVICE KEY`,
  },
  screen: {
    view: 'Collection',
    about:
      'Configurations come in by themselves: from repositories that Oxidized or RANCID keep, and from devices over SSH, every night and as soon as their logs say that they were configured. The station only reads; what it may send to a device is listed in “content/pulls”.',
    folder: 'Files in the folder that were not taken in',
    folderRefused: (file: string, when: string, why: string) => `${file}, ${when}: ${why}.`,
    repositories: 'Repositories that are followed',
    noRepositories: 'None. Follow one here, or with “vigie devices git”.',
    follow: 'Follow a repository',
    place: 'Folder or address',
    branch: 'Branch (empty: the one it names)',
    go: 'Follow',
    remove: 'Remove',
    looked: 'Looked at',
    counts: 'Commits, versions',
    pulls: 'Devices that are asked over SSH',
    noPulls: 'None. Add one here, or with “vigie devices ssh set”.',
    add: 'Ask a device over SSH',
    device: 'Device, by its name here',
    host: 'Address or host name',
    port: 'Port',
    account: 'Account (one that may only read)',
    platform: 'Platform',
    password: 'Password',
    key: 'Private key (OpenSSH), instead of a password',
    passphrase: 'Passphrase of the key',
    enable: 'Password of “enable” (empty: never used)',
    hostKey: 'Host key, where you know it (SHA256:…)',
    addGo: 'Add',
    state: 'State',
    taken: 'Last fetched',
    next: 'Next',
    met: 'Host key it shows',
    confirmed: (who: string) => `confirmed by ${who}`,
    confirm: 'Confirm this key',
    confirmHow: 'Compare it with what the device itself says, by another way than the network.',
    now: 'Fetch now',
    never: 'never',
    reports: 'Report for auditors',
    report: { en: 'EN', fr: 'FR' },
  },
}
