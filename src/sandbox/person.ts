// Sends requests as a person's browser does. Node's fetch cannot, because it adds its own `Sec-Fetch-Mode`.

import { type IncomingHttpHeaders, request } from 'node:http'

/** The headers of an ordinary browser when a person opens a link. */
export const NAVIGATION = {
  'user-agent':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'none',
  'sec-fetch-user': '?1',
}

export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  location: string
  body: string
}

/** Sends one request and does not follow redirects. `headers` replace those of a navigation. */
export const visit = (
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = NAVIGATION, body } = options
    const sent = request(url, { method, headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          location: response.headers.location ?? '',
          body: text,
        }),
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** Presses the Continue button. @param page the HTML that the link answered. */
export const press = (
  url: string,
  page: string,
  headers: Record<string, string> = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' },
): Promise<Answer> => {
  const nonce = /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? ''
  return visit(url, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ nonce }).toString(),
  })
}
