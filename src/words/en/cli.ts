// What the command line says.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const cli = {
  brief: 'The lookout: collect logs, find intruders, tell each other.',
  up: {
    brief: 'Receive logs, watch them, and serve the console',
    ready: (seconds: string) => `Vigie is watching (ready in ${seconds} s).`,
    console: (url: string) => `  Console        ${url}`,
    consoleHint:
      '                 The address signs you in once. A new one is printed at each start.',
    syslog: (address: string) => `  Send syslog    ${address}  (UDP and TCP)`,
    syslogTls: (address: string) => `                 ${address}  (TLS)`,
    http: (url: string) => `  Send by HTTP   ${url}  (token in data/keys/intake-token)`,
    flows: (address: string) => `  Send flows     ${address}  (NetFlow, IPFIX, sFlow over UDP)`,
    inbox: (folder: string) => `  Drop files     ${folder}`,
    configurations: (folder: string) => `  Configurations ${folder}  (a file for each device)`,
    sensors: (address: string) => `  Sensors        ${address}  (vigie sensors invite NAME)`,
    rules: (active: number, refused: number) =>
      `  Rules          ${n(active, 'rule watches', 'rules watch')}${refused === 0 ? '' : `, ${refused} cannot be used (see the Rules screen)`}`,
    rulesRead: (
      { added, changed, removed }: Readonly<Record<'added' | 'changed' | 'removed', number>>,
      active: number,
      refused: number,
    ) =>
      `Rule files changed (${added} new, ${changed} changed, ${removed} gone): ${n(active, 'rule watches', 'rules watch')}${refused === 0 ? '' : `, ${refused} cannot be used`}.`,
    next: '  Next           Point a firewall at the syslog address, or drop a log file into the folder, then open the console.',
    stop: 'Ctrl-C stops it. What was received is kept.',
    stopping: 'Stopping: putting what was received on disk…',
    stopped: 'Stopped.',
    recovered: (lines: number) =>
      `${n(lines, 'line', 'lines')} left by the last run are being stored.`,
    quarantined: (bytes: number, file: string) =>
      `${bytes} bytes of the spool could not be trusted and are kept in ${file}.`,
    trouble: (sentence: string) => `Intake waits: ${sentence}`,
    troubleOver: 'Intake goes on.',
  },
  outForPdf: 'A PDF is written to a file: name one.',
  scan: {
    brief: 'Read logs from files and folders, and report what they show',
    nothing: 'Give at least one file or folder: vigie scan PATH…',
    progress: (done: string, total: string, rate: string, left: string) =>
      `${done} of ${total}, ${rate} events/s, ${left} left`,
    read: (lines: number, files: number, size: string, seconds: string) =>
      `Read ${n(lines, 'event', 'events')} from ${n(files, 'file', 'files')} (${size}) in ${seconds} s.`,
    noFindings: 'No rule found anything. That is not proof of absence: see what was read, below.',
    findings: (alerts: number, events: number) =>
      `${n(alerts, 'alert', 'alerts')} on ${n(events, 'event', 'events')}:`,
    entities: 'Most concerned:',
    timeline: 'First and last:',
    formats: 'Read as:',
    unknown: 'not recognised (kept, searchable)',
    problems: 'Could not be read:',
    wrote: (file: string) => `Wrote ${file}`,
    kept: (folder: string) =>
      `Kept the store in ${folder}. Open it with: vigie up --data ${folder}`,
  },
  hunt: {
    brief: 'Search the events of a running station',
    none: (from: string, to: string) =>
      `No event fits from ${from} to ${to}. Another time range: --from, --to.`,
    more: (shown: number) => `There are more than these ${shown}; --limit shows more.`,
    stopped: (at: string) =>
      `The time for one question was over: searched as far as ${at}. Narrow it with --from and --to.`,
  },
  alerts: { brief: 'List or change alerts of a running station', none: 'No alerts.' },
  sources: {
    brief: 'List the sources of a running station',
    none: 'No source has sent anything yet.',
  },
  cloud: {
    brief: 'Which providers’ logs can be read, and what an account at one of them needs',
    provider: 'the provider, for a file to fill in',
    how: 'vigie cloud PROVIDER > data/cloud/NAME.yml gives a file to fill in; a running station reads it within seconds.',
    save: (file: string) =>
      `Fill this in and save it as ${file}, readable by you alone (chmod 600). A running station or sensor reads it within seconds.`,
  },
  rules: {
    brief: 'List the rules of a running station, and run them over stored events',
    list: 'List the rules with state, hits and cost',
    lint: 'Say what is wrong with rule files, without a station',
    severities: { error: 'error', remark: 'remark' },
    linted: (
      {
        files,
        rules,
        filters,
        correlations,
      }: { files: number; rules: number; filters: number; correlations: number },
      errors: number,
      remarks: number,
    ) =>
      `${n(files, 'file', 'files')} with ${n(rules, 'rule', 'rules')}, ${n(correlations, 'correlation', 'correlations')} and ${n(filters, 'filter', 'filters')} that can be read: ${n(errors, 'error', 'errors')}, ${n(remarks, 'remark', 'remarks')}.`,
    test: 'Say what a rule or an exception would have done over stored events; nothing is raised',
    tried: (hits: string, alerts: string) =>
      `${hits} hits, which would gather in ${alerts} alerts.`,
    accepted: (accepted: string, hits: string) =>
      `The exception would accept ${accepted} of ${hits} hits.`,
    onEntities: 'Most hits on:',
    wouldFlood: (most: string) =>
      `It would have stopped itself: ${most} hits in one hour. Narrow it before it is put to use.`,
    leftOutOfTest: (rules: string) =>
      `It floods and was left out of the rest of the test: ${rules}. The counts are of the time judged up to there.`,
    untried: (titles: string) => `Correlations are not part of a test: ${titles}.`,
    nothingKept: 'This was a test: no finding was stored and no alert raised.',
    run: 'Run rules over the events stored from one time to another',
    stop: 'Stop a run; what it found stays',
    resume: 'Go on with a run that was stopped or interrupted',
    columns: {
      severity: 'severity',
      state: 'state',
      hits24h: 'hits 24 h',
      hits: 'hits',
      cost: 'ms/million',
      id: 'id',
      title: 'rule',
    },
    progress: (judged: string, events: string, reached: string, left: string) =>
      `${judged} of ${events} events judged, back to ${reached}, ${left} left`,
    waits: 'New lines are behind and go first; the run waits.',
    ended: {
      running: (id: string) => `Run ${id} is under way.`,
      done: (id: string) => `Run ${id} is done.`,
      stopped: (id: string) => `Run ${id} was stopped. To go on: vigie rules resume ${id}`,
      interrupted: (id: string) =>
        `Run ${id} was interrupted: the station ended before it did. To go on: vigie rules resume ${id}`,
      failed: (id: string) => `Run ${id} failed. To go on: vigie rules resume ${id}`,
    },
    judged: (events: string, from: string, to: string, time: string) =>
      `${events} events judged, from ${to} back to ${from}, in ${time}.`,
    found: (findings: number, known: number, raised: number, reopened: number) =>
      `${n(findings, 'new finding', 'new findings')} (${known} known before), ${n(raised, 'alert raised', 'alerts raised')}, ${reopened} opened again.`,
    unread: (events: number) => `${n(events, 'event', 'events')} could not be judged.`,
    leftOut: (rules: string) =>
      `Left out of the rest of the run because they flood: ${rules}. Their findings up to there are kept.`,
  },
  enrich: {
    brief: 'What addresses belong to: networks, their operators, kinds and countries',
    state: 'From when, from whom and under what terms what is known comes',
    show: 'What an address belongs to',
    load: 'Load a signed pack into a running station',
    pack: 'Make a signed pack of lists, for stations without the Internet too',
    tools: {
      brief: 'Lists of tools that intruders use as they are: LOLBAS, GTFOBins, LOLRMM, LOLDrivers',
      state: 'Which are loaded, from when and under what terms; which tools are allowed',
      load: 'Load a list as its makers publish it: a file, or a folder of files',
      allow: 'Allow a remote-management tool',
      disallow: 'Allow it no more',
      dated: 'When its makers published it (now)',
      source: 'Where it is from',
      because: 'Who said so, and what it is for',
    },
  },
  exposure: {
    brief: 'What is exposed, and what to fix first',
    list: 'Advisories across the estate, what is due first on top',
    week: 'What to patch this week, product by product, what is due first on top',
    export: 'Open exposures as CSV for a spreadsheet',
    asset: 'What one asset is exposed to, and why by when',
    assets: 'Assets, with what is open and overdue',
    import: 'Read reports of scanners and inventories',
    knowledge: 'What is known of vulnerabilities, with its dates',
    load: 'Load knowledge: CISA KEV, CVE records, NVD, EPSS, CSAF, VEX, ends of support; files, folders or https:// addresses',
  },
  intel: {
    brief: 'Indicators of a running station: lists, values, what they met',
    import: 'Import lists (STIX, MISP, CSV, one value a line) and search stored events for them',
    add: 'Add values, and search stored events for them',
    list: 'List the lists',
    remove: 'Remove a list; its indicators no longer match',
    search: 'Look a value up, or those that hold a text',
  },
  identity: {
    brief: 'Identities of a running station: exports in, verdicts of checks out',
    import: 'Import exports of directories and providers, and check them',
    show: 'What the checks found, and what could not be assessed',
    next: 'What to hand in next, and what it would make assessable',
    critical: 'Who and what is watched first, and why',
    called: 'Say that somebody whom the escalation ladder names was called',
    calledNote: 'What was said',
    state: 'State what no export holds (service desk, logs shipped, break-glass tested)',
    stated: 'The statement is kept; it ends within a year.',
  },
  readiness: {
    brief: 'The 36 readiness goals of a running station, from evidence',
    show: 'Goals with their state, and what closes most risk next',
    report: 'The report as a page (or OSCAL, or the sheet of contacts)',
    plan: 'Plans that are kept ready, and what each lacks',
    keepPlan: 'Hand in a plan as a JSON file',
    planFile: 'A plan as a JSON file: the one that is kept, or one to fill in',
  },
  severity: {
    critical: 'critical',
    high: 'high',
    medium: 'medium',
    low: 'low',
    informational: 'informational',
  },
}
