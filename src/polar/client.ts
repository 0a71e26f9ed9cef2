// The client for Polar's API: the few calls that Postern needs, through Polar's SDK. Nothing else
// calls Polar.

import type { Clock } from '../runtime/clock.ts'
import { createAccount } from './account.ts'
import { createCaller, type PolarOptions, type Purpose } from './call.ts'
import { createCatalogue } from './catalogue.ts'
import { createCustomerEmails } from './customer-emails.ts'
import { createCustomers } from './customers.ts'
import { createLists } from './lists.ts'
import { createOrders } from './orders.ts'
import { createPayments } from './payments.ts'
import { createScopes } from './scopes.ts'
import { createSessions } from './sessions.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createSystemEvents } from './system-events.ts'
import { createWebhooks } from './webhooks.ts'

export const createPolarClient = (
  options: PolarOptions & { slug: string },
  purpose: Purpose,
  clock: Clock,
) => {
  const caller = createCaller(options, purpose, clock)
  return {
    ...createSessions(caller),
    ...createCustomers(caller),
    ...createOrders(caller),
    ...createPayments(caller),
    ...createSubscriptions(caller),
    ...createLists(caller),
    ...createWebhooks(caller),
    ...createSystemEvents(caller),
    ...createAccount(caller),
    ...createScopes(caller),
    ...createCustomerEmails(caller),
    ...createCatalogue(caller, options.slug, clock),
  }
}

export type PolarClient = ReturnType<typeof createPolarClient>
