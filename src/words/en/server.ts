// English of the HTTP server: what it refuses, and the page it shows when the console is not built.

type Issue = { readonly place: string; readonly issue: string }

export const server = {
  problems: {
    BODY_INVALID: ({ place, issue }: Issue) =>
      place === ''
        ? `The request cannot be read: ${issue}`
        : `“${place}” in the request cannot be used: ${issue}`,
    BODY_NOT_JSON: () =>
      'The request is not JSON. Send a JSON body with content-type application/json.',
    BODY_TOO_LARGE: ({ most }: { readonly most: string }) =>
      `The request is longer than ${most}. Send less at once.`,
    INTERNAL: ({ id }: { readonly id: string }) =>
      `The station met trouble that it did not expect. Its log has the details under ${id}.`,
    NO_SUCH_ADDRESS: ({ path }: { readonly path: string }) =>
      `Nothing answers at ${path}. The list of addresses is at /api/openapi.json.`,
    SIGN_IN_REFUSED: () =>
      'This sign-in token is unknown, used or too old. Restart the station, or ask it for a new one, and use that.',
    TOO_MANY_REQUESTS: ({ seconds }: { readonly seconds: number }) =>
      `Too many tries. Wait ${seconds} seconds and try again.`,
    TOO_MANY_WATCHERS: () => 'Too many windows follow this station live. Close one.',
    WRONG_HOST: ({ host }: { readonly host: string }) =>
      `This station does not answer to the name “${host}”. Use the address it printed, or allow the name in its settings.`,
    WRONG_ORIGIN: () => 'The request comes from another site and is not taken.',
  },
  notBuilt: {
    title: 'The console is not built',
    sentence:
      'The station runs, but its console was not built. Run “npm run build” in the folder of Vigie, then load this page again.',
    api: 'The HTTP API answers meanwhile; its description is at',
  },
}
