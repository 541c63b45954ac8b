// What collecting says: trouble with files, what the listeners report, what an HTTP sender is answered.

export const collect = {
  /** Trouble with one file; the rest of it and the other files were read. */
  problems: {
    not_found: () => 'The file is no longer there.',
    unreadable: ({ reason }: { readonly reason: string }) =>
      `The file cannot be read: ${reason}. Check its permissions and the disk.`,
    not_a_file: () => 'This is a device, pipe or socket, not a file of logs. It is left alone.',
    symbolic_link: () =>
      'This is a symbolic link. Links are not followed, so that nothing outside the folder is read.',
    truncated: ({ format }: { readonly format: string }) =>
      `The ${format} data end too early: the file was cut off. Everything up to the cut was read. Copy the file again if you can.`,
    damaged: ({ format, reason }: { readonly format: string; readonly reason: string }) =>
      `The ${format} data are damaged (${reason}). Everything up to the damage was read.`,
    ratio_exceeded: ({ ratio }: { readonly ratio: number }) =>
      `This grows to more than ${ratio} times its size when unpacked, as no log does. It may be a decompression bomb; reading stopped here.`,
    total_exceeded: ({ limitBytes }: { readonly limitBytes: number }) =>
      `Unpacked, this is larger than the limit of ${limitBytes} bytes. Reading stopped there. Unpack it yourself and read the parts you need.`,
    nested_too_deep: () =>
      'This is an archive inside an archive inside an archive. One level is read; unpack it once and read it again.',
    encrypted: () =>
      'This archive member is encrypted. Unpack it with its password and read the result.',
    unsupported: ({ format }: { readonly format: string }) =>
      `This is ${format}, which holds no log lines that Vigie can read.`,
    evtx_damaged: ({ reason }: { readonly reason: string }) =>
      `Part of this Windows event log is damaged: ${reason}. The other parts were read.`,
    lines_cut: ({ count, limitBytes }: { readonly count: number; readonly limitBytes: number }) =>
      `Lines longer than ${limitBytes} bytes were cut: ${count} pieces. Nothing was left out.`,
    unended: () => 'The last event of the file has no end; it was kept as it is.',
    stopped: () => 'Reading was stopped before the end of the file.',
    /** Another room says why. */
    refused: ({ sentence }: { readonly sentence: string }) => sentence,
    not_stored: ({ reason }: { readonly reason: string }) =>
      `What was read could not be stored: ${reason}. The file is tried again.`,
  },
  /** First line of the note beside a file in the inbox's problem folder. */
  inboxNote: ({ file, lines }: { readonly file: string; readonly lines: number }) =>
    `${file}: ${lines} lines were stored. What could not be read:`,
  /** What the syslog listeners report. */
  syslog: {
    runaway: ({ source }: { readonly source: string }) =>
      `${source} sent 16 MiB without ending a line. Its connection was closed; what it sent is kept in pieces. Check that it sends syslog.`,
    connection_failed: ({ source, reason }: { readonly source: string; readonly reason: string }) =>
      `The connection of ${source} broke: ${reason}. Messages under way may be lost; syslog has no acknowledgement.`,
    handshake_failed: ({ source, reason }: { readonly source: string; readonly reason: string }) =>
      `${source} could not agree on TLS: ${reason}. Check its certificate settings, and that it sends TLS to this port.`,
    too_many_connections: ({ limit }: { readonly limit: number }) =>
      `There are already ${limit} syslog connections. A new one was refused.`,
    datagrams_dropped: ({ source }: { readonly source: string }) =>
      `UDP messages arrive faster than the disk takes them, and some are dropped, first from ${source}. Use TCP where the device can.`,
    listener_failed: ({ reason }: { readonly reason: string }) =>
      `A syslog listener stopped: ${reason}. Restart Vigie.`,
  },
  /** What the listener for flows reports. */
  flows: {
    unreadable: ({ source }: { readonly source: string }) =>
      `${source} sends to the port for flows what is not whole NetFlow (v5, v7, v9), IPFIX or sFlow (v5). That part is left out. Check what it sends, and that its datagrams are not cut.`,
    withoutTemplate: ({ source }: { readonly source: string }) =>
      `${source} sends flows whose template did not come within 35 minutes or a megabyte; they are lost. Have it send its templates every few minutes.`,
    missed: ({ source }: { readonly source: string }) =>
      `The numbers of ${source} skip: some of its flows were lost on the way. Look for a full link between it and here.`,
    dropped: ({ source }: { readonly source: string }) =>
      `Flows arrive faster than the disk takes them, and some are dropped, first from ${source}. Have it sample, or send part of them to a sensor.`,
    failed: ({ reason }: { readonly reason: string }) =>
      `The listener for flows stopped: ${reason}. Restart Vigie.`,
  },
  /** What reading from providers reports. */
  cloud: {
    account: ({ file, problem }: { readonly file: string; readonly problem: string }) =>
      `${file}: ${problem}`,
    open_to_others: () =>
      'Others on this machine may read this file, and it holds secrets. Take their permission away (chmod 600), and it is read.',
    bad_name: () =>
      'The file’s name becomes part of its sources: use lower-case letters, digits and hyphens, at most 40.',
    account_unreadable: ({ reason }: { readonly reason: string }) =>
      `This is no account description: ${reason}.`,
    unknown_collector: ({ met, known }: { readonly met: string; readonly known: string }) =>
      `There is no collector “${met}”. There are: ${known}.`,
    unknown_stream: ({ met, known }: { readonly met: string; readonly known: string }) =>
      `There is no stream “${met}”. There are: ${known}.`,
    missing: ({ name }: { readonly name: string }) => `“${name}” is missing.`,
    unknown: ({ name, known }: { readonly name: string; readonly known: string }) =>
      `“${name}” is not asked for here. Asked for: ${known}.`,
    not_fitting: ({ name, expected }: { readonly name: string; readonly expected: string }) =>
      `“${name}” does not look like ${expected}.`,
    started: ({ source }: { readonly source: string }) => `${source} is being read.`,
    recovered: ({ source }: { readonly source: string }) => `${source} is read again.`,
    trouble: ({ source, sentence }: { readonly source: string; readonly sentence: string }) =>
      `${source}: ${sentence}`,
    refused: ({ status, said }: { readonly status: number; readonly said: string }) =>
      `The provider refuses (${status}): ${said}. Check the secret and what it is allowed to read.`,
    throttled: () => 'The provider asks to slow down. Reading waits and goes on by itself.',
    unreachable: ({ reason }: { readonly reason: string }) =>
      `The provider cannot be reached: ${reason}. Reading goes on where it was once it can.`,
    answered: ({ status, said }: { readonly status: number; readonly said: string }) =>
      `The provider answers ${status}: ${said}. Reading is tried again.`,
    unreadable: ({ reason }: { readonly reason: string }) =>
      `The provider’s answer is not what was expected: ${reason}. Reading is tried again.`,
    too_large: ({ limitBytes }: { readonly limitBytes: number }) =>
      `An answer is larger than ${limitBytes} bytes and is not taken.`,
    leads_elsewhere: ({ host }: { readonly host: string }) =>
      `The provider leads to ${host}, where the secret must not go. Check the address in the account.`,
    repeats: () =>
      'The provider repeats a page reference. What lies behind it cannot be read; it is tried again.',
    gap: ({ from, to }: { readonly from: string; readonly to: string }) =>
      `Events from ${from} to ${to} are lost: the provider no longer keeps them, and they were not read in time.`,
    object: ({ key, reason }: { readonly key: string; readonly reason: string }) =>
      `${key} could not be read whole (${reason}). What could be is kept.`,
  },
  /** What reading from Redis and Kafka reports. */
  queues: {
    started: ({ source }: { readonly source: string }) => `${source} is being read.`,
    recovered: ({ source }: { readonly source: string }) => `${source} is read again.`,
    open_line: ({ source }: { readonly source: string }) =>
      `${source}: its password travels unencrypted. Use rediss:// or kafkas:// where the server has TLS.`,
    trouble: ({ source, sentence }: { readonly source: string; readonly sentence: string }) =>
      `${source}: ${sentence}`,
    unreachable: ({ reason }: { readonly reason: string }) =>
      `The server cannot be reached: ${reason}. Reading goes on where it was once it can.`,
    refused: ({ reason }: { readonly reason: string }) =>
      `The server refuses: ${reason}. Check the account, the key or topic, and what the account may do.`,
    too_large: ({ limitBytes }: { readonly limitBytes: number }) =>
      `An event is larger than ${limitBytes} bytes and is left out.`,
  },
  /** What an HTTP sender reads when something is wrong. */
  http: {
    tokenRequired: () =>
      'A token is required. Send it as “Authorization: Splunk TOKEN” or “Authorization: Bearer TOKEN”.',
    tokenWrong: () => 'This token is not known here. Check it, or make one for this source.',
    methodWrong: ({ expected }: { readonly expected: string }) =>
      `This address takes ${expected} only.`,
    noData: () => 'The request has no events in it.',
    invalidData: ({ number }: { readonly number: number }) =>
      `Event ${number} is not a JSON object with an “event” member. The events before it were stored.`,
    eventRequired: ({ number }: { readonly number: number }) =>
      `Event ${number} has no “event” member. The events before it were stored.`,
    eventBlank: ({ number }: { readonly number: number }) =>
      `The “event” member of event ${number} is empty. The events before it were stored.`,
    encodingUnknown: ({ met }: { readonly met: string }) =>
      `The content encoding “${met}” is not known. Send gzip, deflate, zstd, or none.`,
    bodyDamaged: ({ reason }: { readonly reason: string }) =>
      `The compressed body is damaged or cut off: ${reason}. Send it again.`,
    tooLarge: ({ limitBytes }: { readonly limitBytes: number }) =>
      `The request is larger than ${limitBytes} bytes unpacked. Send smaller requests.`,
    tooSlow: () => 'The request came too slowly and was given up. Send it again.',
    notStored: () =>
      'The events could not be written to disk and are not acknowledged. Send them again later.',
    healthy: () => 'HEC is healthy',
  },
}
