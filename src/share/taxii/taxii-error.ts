// What a TAXII server answers when it cannot (TAXII 2.1 section 3.6.1), and where it is thrown.

export type TaxiiStatus = 400 | 401 | 403 | 404 | 405 | 406 | 413 | 415 | 422 | 500

const TITLES: Readonly<Record<TaxiiStatus, string>> = {
  400: 'The request cannot be read',
  401: 'Say who you are',
  403: 'You may not do this',
  404: 'There is no such thing, or not for you',
  405: 'This is not done here',
  406: 'No such form can be given',
  413: 'Too large',
  415: 'Not a form that is taken',
  422: 'What was sent cannot be used',
  500: 'The server failed',
}

export class TaxiiError extends Error {
  readonly status: TaxiiStatus

  constructor(status: TaxiiStatus, description: string) {
    super(description)
    this.status = status
  }

  body(id: string): string {
    const { status, message } = this
    return JSON.stringify({
      title: TITLES[status],
      description: message,
      error_id: id,
      http_status: String(status),
    })
  }
}
