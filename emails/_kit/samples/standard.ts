// One ordinary sample of each kind, without a brand, so that a brand's own templates can import it.

import type { Kind, PropsOf } from '../props.ts'
import { benefits, common, item, order, plan, seats, yearly } from './parts.ts'

const renewal = { ...common, plan: plan(), order: order([item('Studio Plan', 2900)]) }

const overdue: PropsOf['payment_final_notice'] = {
  ...common,
  plan: plan(),
  pastDueAt: '2026-11-04T10:13:01.900000Z',
  deadline: '2026-11-25T10:14:01.900000Z',
  step: 1,
  owed: [{ number: 'LARK-9M4C-0001', value: 2900, currency: 'usd' }],
  card: { brand: 'visa', last4: '4242' },
  decline: 'insufficient_funds',
  course: 'retried',
  nextChargeAt: '2026-11-11T11:00:00Z',
}

export const standard: { [K in Kind]: PropsOf[K] } = {
  order_confirmation: {
    ...common,
    product: 'Field Recordings Vol. 2',
    order: order([item('Field Recordings Vol. 2', 4900)]),
    invoice: 'attached',
    benefits,
  },
  subscription_confirmation: { ...renewal, invoice: 'attached', benefits },
  trial_started: {
    ...common,
    plan: plan({ renewsAt: '2026-11-24T08:00:00Z' }),
    trialEndsAt: '2026-11-24T08:00:00Z',
    price: { value: 2900, currency: 'usd' },
    benefits,
  },
  subscription_cycled: { ...renewal, invoice: 'attached' },
  subscription_cycled_after_trial: { ...renewal, invoice: 'attached' },
  subscription_usage_invoice: {
    ...common,
    plan: plan(),
    order: order([item('Render minutes (1,240)', 1240), item('Storage (12 GB)', 360)]),
    invoice: 'attached',
  },
  subscription_final_invoice: {
    ...common,
    plan: plan({ renewsAt: null }),
    order: order([item('Render minutes (310)', 310)]),
    endedAt: '2026-11-04T10:12:45Z',
    invoice: 'attached',
  },
  subscription_updated: {
    ...common,
    plan: plan(),
    before: { name: 'Solo Plan', quantity: null },
    change: 'plan',
    order: order([item('Unused time on Solo Plan', -450, true), item('Studio Plan', 2900)]),
    invoice: 'attached',
    benefits,
  },
  subscription_change_scheduled: {
    ...common,
    plan: plan(),
    appliesAt: '2026-12-04T10:12:45Z',
    nextProductId: 'b0a1d3b0-3c5b-4f0f-8f3e-2a44f7a2c1de',
    nextQuantity: null,
    nextPlan: 'Solo Plan',
  },
  subscription_cancellation: {
    ...common,
    plan: plan({ renewsAt: null }),
    endsAt: '2026-12-04T10:12:45Z',
    isTrial: false,
  },
  subscription_uncanceled: { ...common, plan: plan() },
  subscription_revoked: {
    ...common,
    plan: plan({ renewsAt: null }),
    endedAt: '2026-12-04T10:12:45Z',
    because: 'ended',
  },
  subscription_past_due: {
    ...common,
    plan: plan(),
    pastDueAt: '2026-11-04T10:13:01.900000Z',
    deadline: '2026-11-25T10:14:01.900000Z',
    amount: { value: 2900, currency: 'usd' },
    card: { brand: 'visa', last4: '4242' },
    decline: 'insufficient_funds',
    course: 'retried',
    nextChargeAt: '2026-11-06T10:13:01Z',
    access: { until: '2026-11-11T10:13:01Z' },
  },
  payment_reminder: overdue,
  payment_final_notice: { ...overdue, step: 4, nextChargeAt: null },
  payment_recovered: { ...renewal, invoice: 'attached' },
  subscription_paused: {
    ...common,
    plan: seats,
    state: 'scheduled',
    pausesAt: '2026-12-04T10:12:45Z',
    resumesAt: '2027-03-04T10:12:45Z',
  },
  subscription_resumed: { ...renewal, invoice: 'attached' },
  subscription_renewal_reminder: {
    ...common,
    plan: plan({ ...yearly, renewsAt: '2026-12-04T10:12:45Z' }),
    renewsAt: '2026-12-04T10:12:45Z',
    nextQuantity: null,
    nextProductId: null,
    nextPlan: null,
    amount: { value: 31320, currency: 'usd', isTotal: true },
    card: { brand: 'visa', last4: '4242' },
  },
  subscription_trial_conversion_reminder: {
    ...common,
    plan: plan({ renewsAt: '2026-11-24T08:00:00Z' }),
    trialEndsAt: '2026-11-24T08:00:00Z',
    amount: { value: 2900, currency: 'usd', isTotal: true },
    card: { brand: 'visa', last4: '4242' },
  },
  payment_method_expiration_reminder: {
    ...common,
    plans: ['Studio Plan'],
    card: { brand: 'visa', last4: '4242' },
    expires: { month: 12, year: 2026 },
  },
  order_refunded: {
    ...common,
    product: 'Field Recordings Vol. 2',
    refund: { value: 1500, currency: 'usd' },
    refundedAt: '2026-11-09T09:30:00Z',
    isFull: false,
    order: { number: 'LARK-9M4C-0001', date: '2026-11-04T16:59:40Z', currency: 'usd', total: 4900 },
    card: { brand: 'mastercard', last4: '5454' },
  },
}

/** The props that the preview server passes to a template. */
export const previewProps = <K extends Kind>(kind: K): PropsOf[K] => ({
  ...standard[kind],
  preview: { note: `${kind} · In no brand: yours is in the folder “previews”`, scheme: 'light' },
})
