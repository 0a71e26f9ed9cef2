// A preview whose template throws is a page that says why.

import { Hono } from 'hono'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createBrand } from '../../emails/index.ts'
import type { ConsoleEnv } from '../../src/console/access.ts'
import type { Frame } from '../../src/console/frame.ts'
import { previewsSection } from '../../src/console/pages/previews/section.tsx'
import { createPreviews } from '../../src/operator/previews.ts'

const frame: Frame = {
  show: async (c, { title, body }, status = 200) =>
    c.html(`${title} ${renderToStaticMarkup(body)}`, status),
  goOn: async (c, path) => c.redirect(path, 303),
}

const subject = () => {
  throw new TypeError('no product for buyer@example.com')
}

const brand = createBrand({
  name: 'Larkspur Audio',
  kinds: { order_refunded: { template: { Template: () => null, subject } } },
})

const unused = () => {
  throw new Error('it is not asked')
}

const app = new Hono<ConsoleEnv>().route(
  '/',
  previewsSection({
    ...{ frame, language: 'en', isKindOff: () => false, sendMode: 'live' },
    previews: createPreviews({
      ...{ brandOf: async () => ({ brand }), portalUrl: 'https://example.com/portal' },
      ...{ sender: { from: 'shop@example.com', replyTo: null }, isAllowed: () => true },
      suppressions: { isSuppressed: async () => null },
      resend: { send: unused },
      rateLimiter: { acquire: unused, departed: unused, backOff: unused },
      ...{ note: { result: unused, perform: unused }, sendMode: 'live' },
    }),
    ofCustomers: { messagesOf: unused, compose: unused },
  }),
)

test.each(['', '?view=text', '/email.html'])(
  'an email that cannot be rendered is a page that says why: %j',
  async (end) => {
    const answer = await app.request(`/console/previews/order_refunded/en${end}`)
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('This email cannot be rendered')
    expect(text).toContain('order_refunded cannot be rendered: no product for')
    expect(text).not.toContain('buyer@example.com')
  },
)
