/** @jsxImportSource hono/jsx */
// The routes of the customer portal. They are Polar's own paths, so a link that works here works there too.

import { type Context, Hono } from 'hono'
import type { Clock } from '../../../runtime/clock.ts'
import { INSUFFICIENT_FUNDS, isRetryable } from '../cards.ts'
import type { Scenarios } from '../scenarios.ts'
import type { Sessions } from '../sessions.ts'
import type { Order } from '../shapes/rows.ts'
import type { World } from '../world.ts'
import { OrderPage, Orders } from './order.tsx'
import { Overview } from './overview.tsx'
import { AuthenticatePage, NotFoundPage, RequestPage } from './sign-in.tsx'
import { Settings, SubscriptionPage } from './subscription.tsx'
import { type Visit, visitOf } from './visit.ts'

type PortalOptions = {
  clock: Clock
  world: World
  sessions: Sessions
  scenario: Scenarios
}

type Answer = Response | Promise<Response>

export const createPortal = ({ clock, world, sessions, scenario }: PortalOptions) => {
  const root = `/${world.organization.slug}/portal`
  const portal = new Hono()

  portal.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
  })

  const notFound = (c: Context) => c.html(<NotFoundPage organization={world.organization} />, 404)

  /** Redirects a visitor without a valid session to the sign-in page, with the address filled in. */
  const signedIn = (answer: (c: Context, visit: Visit) => Answer) => (c: Context) => {
    const visit = visitOf(c, clock, world, sessions)
    if (visit !== undefined) return answer(c, visit)
    const email = c.req.query('email')
    const query = email === undefined ? '' : `?${new URLSearchParams({ email })}`
    return c.redirect(`${root}/request${query}`)
  }

  /** Only owners and billing managers see orders. Other members are redirected without their token, as at Polar. */
  const billing = (answer: (c: Context, visit: Visit) => Answer) =>
    signedIn((c, visit) => (visit.mayBill ? answer(c, visit) : c.redirect(root)))

  const orderOf = (c: Context, visit: Visit): Order | undefined => {
    const found = world.orders.get(c.req.param('id') ?? '')
    return found?.customer_id === visit.customer.id ? found : undefined
  }

  portal.get('/', (c) => c.redirect(`${root}/overview${new URL(c.req.url).search}`))
  portal.get(
    '/overview',
    signedIn((c, visit) => c.html(<Overview visit={visit} world={world} />)),
  )
  portal.get(
    '/orders',
    billing((c, visit) => c.html(<Orders visit={visit} world={world} />)),
  )
  portal.get(
    '/orders/:id',
    billing((c, visit) => {
      const order = orderOf(c, visit)
      if (order === undefined) return notFound(c)
      return c.html(<OrderPage visit={visit} world={world} order={order} />)
    }),
  )
  portal.get(
    '/subscriptions/:id',
    signedIn((c, visit) => {
      const of = world.subscriptions.get(c.req.param('id') ?? '')
      if (of === undefined || of.customer_id !== visit.customer.id) return notFound(c)
      return c.html(<SubscriptionPage visit={visit} world={world} of={of} />)
    }),
  )
  portal.get(
    '/settings',
    signedIn((c, visit) => c.html(<Settings visit={visit} world={world} />)),
  )

  portal.post(
    '/orders/:id/retry',
    billing(async (c, visit) => {
      const order = orderOf(c, visit)
      if (order === undefined) return notFound(c)
      const back = (notice: string) => c.redirect(visit.href(`/orders/${order.id}`, notice), 303)
      if (!isRetryable(order)) return back(order.paid ? 'paid' : '')
      const { declined } = await scenario.retry(order.id, 'retry_customer')
      return back(declined === undefined ? 'paid' : 'declined')
    }),
  )
  // With a new default card, Polar charges all open orders at once.
  portal.post(
    '/settings/payment-methods',
    signedIn(async (c, visit) => {
      const works = (await c.req.formData()).get('card') !== 'declines'
      const { orderIds } = await scenario.changeCard(
        visit.customer.id,
        works ? {} : { decline: INSUFFICIENT_FUNDS },
      )
      const notice = orderIds.length === 0 ? 'card-added' : works ? 'recovered' : 'declined'
      return c.redirect(visit.href('/settings', notice), 303)
    }),
  )

  portal.get('/request', (c) =>
    c.html(<RequestPage organization={world.organization} email={c.req.query('email') ?? ''} />),
  )
  portal.post('/request', async (c) => {
    const email = String((await c.req.formData()).get('email') ?? '').trim()
    sessions.issueCode(email)
    return c.redirect(`${root}/authenticate?${new URLSearchParams({ email })}`, 303)
  })

  const authenticate = (c: Context, email: string, isWrong: boolean) =>
    c.html(
      <AuthenticatePage
        organization={world.organization}
        email={email}
        hint={sessions.currentCode(email)}
        isWrong={isWrong}
      />,
      isWrong ? 422 : 200,
    )
  portal.get('/authenticate', (c) => authenticate(c, c.req.query('email') ?? '', false))
  portal.post('/authenticate', async (c) => {
    const form = await c.req.formData()
    const email = String(form.get('email') ?? '')
    const session = sessions.redeemCode(email, String(form.get('code') ?? ''))
    if (session === undefined) return authenticate(c, email, true)
    const query = new URLSearchParams({ customer_session_token: session.token, email })
    return c.redirect(`${root}/overview?${query}`, 303)
  })

  portal.all('*', notFound)
  return portal
}
