// Runs the library of the embedded engine as a ClickHouse server (HTTP and native protocol), until it is killed.
// Arguments: library, data folder, config file, HTTP port, TCP port. A test tool, no production server.
//
// The engine checks its stack, and a foreign function call runs on a stack of the caller's making. So the server is not
// called: it is registered with glibc's `on_exit`, which calls `f(status, argument)` on the process's own stack.

import koffi from 'koffi'

const [library = '', path = '', config = '', httpPort = '', tcpPort = ''] = process.argv.slice(2)
const LISTEN = [
  'SYSTEM START LISTEN HTTP',
  'SYSTEM START LISTEN TCP',
  // Keeps the statement, and with it the server, running.
  'SELECT sleepEachRow(1) FROM numbers(100000) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0 FORMAT Null',
].join('; ')
const words = [
  'clickhouse',
  `--path=${path}`,
  `--config-file=${config}`,
  '--listen_host=127.0.0.1',
  `--http_port=${httpPort}`,
  `--tcp_port=${tcpPort}`,
  '--query',
  LISTEN,
]

const libc = koffi.load('libc.so.6')
const open = libc.func('void* dlopen(const char* file, int flags)')
const find = libc.func('void* dlsym(void* handle, const char* name)')
const copy = libc.func('void* strdup(const char* text)')
const onExit = libc.func('int on_exit(void* callback, void* argument)')
const RTLD_NOW_GLOBAL = 0x102

const argumentList: unknown = koffi.alloc('void*', words.length + 1)
koffi.encode(argumentList, koffi.array('void*', words.length + 1), [
  ...words.map((word) => copy(word)),
  null,
])
onExit(find(open(library, RTLD_NOW_GLOBAL), 'query_stable_v2'), argumentList)
// The exit code becomes the first argument: how many words there are.
process.exit(words.length)
