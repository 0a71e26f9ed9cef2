// Steps of a history: those of the customer, the bank, the merchant and Polar.

import { DAY } from '../../src/runtime/clock.ts'
import { INSUFFICIENT_FUNDS } from '../../src/sandbox/polar/cards.ts'
import type { Life, Step } from './histories.ts'

const world = ({ system }: Life) => system.polarWorld.world
const scenario = ({ system }: Life) => system.polarWorld.scenario

/** The first renewal comes at once, and the card is declined. */
export const fails =
  (reason = 'insufficient_funds'): Step =>
  (life) =>
    scenario(life).failRenewal({
      ...{ subscriptionId: life.subscriptionId, decline: { ...INSUFFICIENT_FUNDS, reason } },
    })

export const failsWithoutCard: Step = (life) =>
  scenario(life).failRenewal({ subscriptionId: life.subscriptionId, noCard: true })

/** From now on the bank accepts the card. */
export const cardWorks: Step = (life) => {
  for (const { id } of world(life).cardsOf(life.customerId)) world(life).declines.delete(id)
}

export const changesCard: Step = (life) => scenario(life).changeCard(life.customerId)

export const addsDecliningCard: Step = (life) =>
  scenario(life).changeCard(life.customerId, { decline: INSUFFICIENT_FUNDS })

export const cancels: Step = (life) => scenario(life).cancel(life.subscriptionId)
export const cancelsAtOnce: Step = (life) => scenario(life).cancelPastDue(life.subscriptionId)
export const uncancels: Step = (life) => scenario(life).uncancel(life.subscriptionId)

/** The merchant moves the end of the period to so many days from now. */
export const periodMoves =
  (days: number): Step =>
  async (life) => {
    const { system, subscriptionId } = life
    const before = world(life).subscriptions.get(subscriptionId)
    if (!before) throw new Error('no subscription')
    const now = system.clock.now()
    const current_period_end = new Date(now + days * DAY).toISOString()
    const modified_at = new Date(now).toISOString()
    world(life).subscriptions.set(subscriptionId, { ...before, current_period_end, modified_at })
    const view = world(life).subscriptionView(subscriptionId) ?? {}
    await system.polarWorld.deliver(system.polarWorld.events.raw('subscription.updated', view))
  }

/** Polar suspends the merchant's renewals, or lets them go on. */
export const renewals =
  (subscription_renewals: boolean): Step =>
  (life) => {
    const { capabilities } = world(life).organization
    world(life).changeOrganization({ capabilities: { ...capabilities, subscription_renewals } })
  }

/** The customer pays one of the open orders in the portal. */
export const pays =
  (which: 'oldest' | 'newest'): Step =>
  (life) => {
    const open = world(life)
      .ordersOf(life.customerId)
      .filter(({ status }) => status === 'pending')
    const order = open.at(which === 'newest' ? 0 : -1)
    if (!order) throw new Error('no open order')
    return scenario(life).recover(order.id, 'retry_customer')
  }
