// The story of the sandbox: three customers with a purchase, a renewal and a failed renewal, and so three emails.

import type { SimulatedPolar } from './polar/server.ts'

export const playStory = async ({ scenario }: SimulatedPolar) => {
  const purchase = await scenario.purchase({
    customer: { name: 'Theo Okafor', email: 'theo.okafor@example.com' },
    product: { name: 'Field Recordings Vol. 2' },
    amount: 4900,
    discount: 1000,
    tax: 312,
  })
  const renewal = await scenario.renew({
    customer: { name: 'Mara Lindqvist', email: 'mara.lindqvist@example.com' },
    product: { name: 'Studio Plan' },
    amount: 2900,
  })
  const failure = await scenario.failRenewal({
    customer: { name: 'Aiko Tanabe', email: 'aiko.tanabe@example.com' },
    product: { name: 'Studio Plan' },
    amount: 4800,
    currency: 'jpy',
  })
  return { purchase, renewal, failure }
}
