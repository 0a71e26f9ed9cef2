// Samples of reminders, with more or fewer details than usual.

import * as parts from './parts.ts'
import { long, plan, seats, unbroken } from './parts.ts'
import { standard } from './standard.ts'

/** A sample with each of these differences. */
const mapped = <P, V extends Record<string, Partial<P>>>(props: P, variants: V) =>
  Object.fromEntries(
    Object.entries(variants).map(([name, different]) => [name, { ...props, ...different }]),
  ) as { [N in keyof V]: P }

const { longName: customerName } = parts
const unknownCard = { brand: 'unknown', last4: '0005' }

const renewing = standard.subscription_renewal_reminder
export const renewalReminders = {
  standard: renewing,
  'before-tax': { ...renewing, amount: { value: 29000, currency: 'usd', isTotal: false } },
  'no-card': { ...renewing, card: null },
  'card-only': { ...renewing, amount: null, card: unknownCard },
  'nothing-known': { ...renewing, amount: null, card: null, customerName: null },
  free: { ...renewing, amount: { value: 0, currency: 'usd', isTotal: true } },
  'plan-changes': {
    ...renewing,
    nextProductId: 'b0a1d3b0-3c5b-4f0f-8f3e-2a44f7a2c1de',
    nextPlan: seats.name,
    nextQuantity: seats.quantity,
  },
  'quantity-changes': {
    ...renewing,
    plan: seats,
    nextQuantity: { count: 3, of: 'seat' as const },
  },
  'unnamed-change': { ...renewing, nextProductId: 'b0a1d3b0-3c5b-4f0f-8f3e-2a44f7a2c1de' },
  jpy: { ...renewing, amount: { value: 44000, currency: 'jpy', isTotal: true } },
  'long-names': {
    ...renewing,
    plan: plan({ name: long }),
    nextProductId: 'b0a1d3b0-3c5b-4f0f-8f3e-2a44f7a2c1de',
    nextPlan: unbroken,
    customerName,
  },
}

const trial = standard.subscription_trial_conversion_reminder
export const trialReminders = {
  standard: trial,
  'before-tax': { ...trial, amount: { value: 2900, currency: 'usd', isTotal: false } },
  'no-method': { ...trial, card: 'none' as const },
  'nothing-known': { ...trial, amount: null, card: null, customerName: null },
  free: { ...trial, amount: { value: 0, currency: 'usd', isTotal: true }, card: 'none' as const },
  jpy: { ...trial, plan: seats, amount: { value: 4400, currency: 'jpy', isTotal: true } },
  'long-names': { ...trial, plan: plan({ name: unbroken }), customerName },
}

const expiring = standard.payment_method_expiration_reminder
export const cardReminders = {
  standard: expiring,
  several: { ...expiring, plans: ['Studio Plan', 'Team Plan', 'Archive'] },
  'no-plans': { ...expiring, plans: [], customerName: null },
  'unknown-brand': { ...expiring, card: unknownCard },
  'long-names': {
    ...expiring,
    plans: [long, unbroken, ...Array.from({ length: 30 }, (_, at) => `Archive ${at + 1}`)],
    card: { brand: 'cartes_bancaires', last4: '4242' },
    customerName,
  },
}

const open = standard.payment_reminder
const several = [
  { number: 'LARK-9M4C-0001', value: 2900, currency: 'usd' },
  { number: null, value: 1240, currency: 'usd' },
]
const courses = {
  'not-retried': { course: 'not_retried' as const, decline: 'expired_card' as const },
  'no-card': { course: 'no_card' as const, card: null, decline: null },
  authentication: {
    course: 'authentication' as const,
    decline: 'authentication_required' as const,
  },
  'no-date': { nextChargeAt: null, decline: null },
  'no-order': { owed: [], card: null, decline: null, nextChargeAt: null, customerName: null },
  'several-orders': { owed: several },
  jpy: { owed: [{ number: 'LARK-9M4C-0001', value: 4400, currency: 'jpy' }] },
  'long-names': { plan: plan({ name: long }), customerName },
}

/** An invoice of usage: nothing ends where it stays unpaid. */
const usage = { ...open, deadline: null, nextChargeAt: '2026-11-06T11:00:00Z' }

export const paymentReminders = {
  standard: open,
  ...mapped(open, courses),
  usage,
  'usage-no-date': { ...usage, nextChargeAt: null, owed: [], decline: null, card: null },
}

const last = standard.payment_final_notice
export const finalNotices = {
  standard: last,
  ...mapped(last, courses),
}
