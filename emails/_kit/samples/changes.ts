// Samples of changes of subscriptions, with more or fewer details than usual.

import * as parts from './parts.ts'
import { item, long, order, plan, seats, unbroken } from './parts.ts'
import { standard } from './standard.ts'

const { customerName } = { customerName: parts.longName }
const longPlan = plan({ name: long })

const trial = standard.trial_started
export const trials = {
  standard: trial,
  'no-price': { ...trial, price: null, benefits: [] },
  seats: { ...trial, plan: { ...trial.plan, name: seats.name, quantity: seats.quantity } },
  'long-names': { ...trial, plan: { ...trial.plan, name: unbroken }, customerName },
}

const updated = standard.subscription_updated
export const updates = {
  standard: updated,
  quantity: {
    ...updated,
    plan: seats,
    before: { name: null, quantity: { count: 3, of: 'seat' as const } },
    change: 'quantity' as const,
    order: order([item('Team Plan (2 more seats)', 2540, true)]),
    benefits: [],
  },
  'settled-later': {
    ...updated,
    before: { name: null, quantity: null },
    order: null,
    invoice: null,
    benefits: [],
  },
  'credit-left': {
    ...updated,
    plan: plan({ name: 'Solo Plan' }),
    before: { name: 'Studio Plan', quantity: null },
    order: order([item('Unused time on Studio Plan', -2900, true), item('Solo Plan', 900)]),
  },
  'long-names': { ...updated, plan: longPlan, before: { name: unbroken, quantity: null } },
}

const scheduled = standard.subscription_change_scheduled
export const schedules = {
  standard: scheduled,
  unnamed: { ...scheduled, nextPlan: null },
  quantity: {
    ...scheduled,
    plan: seats,
    nextProductId: null,
    nextPlan: null,
    nextQuantity: { count: 3, of: 'seat' as const },
  },
  'long-names': { ...scheduled, plan: longPlan, nextPlan: unbroken, customerName },
}

const cancelled = standard.subscription_cancellation
export const cancellations = {
  standard: cancelled,
  trial: { ...cancelled, isTrial: true },
  'no-date': { ...cancelled, endsAt: null, customerName: null },
  'long-names': { ...cancelled, plan: longPlan, customerName },
}

const uncanceled = standard.subscription_uncanceled
export const uncancellations = {
  standard: uncanceled,
  'no-date': { ...uncanceled, plan: plan({ renewsAt: null, interval: null }) },
  'long-names': { ...uncanceled, plan: longPlan, customerName },
}

const revoked = standard.subscription_revoked
export const revocations = {
  standard: revoked,
  asked: { ...revoked, because: 'asked' as const },
  unpaid: { ...revoked, because: 'unpaid' as const },
  'long-names': { ...revoked, plan: longPlan, customerName },
}

const overdue = standard.subscription_past_due
export const failures = {
  standard: overdue,
  'without-amount': {
    ...overdue,
    amount: null,
    card: null,
    decline: null,
    nextChargeAt: null,
    access: null,
    customerName: null,
  },
  'access-paused': { ...overdue, access: 'paused' as const, decline: 'limit_exceeded' as const },
  'not-retried': {
    ...overdue,
    ...{ decline: 'expired_card' as const, course: 'not_retried' as const },
    nextChargeAt: overdue.deadline,
  },
  'no-card': {
    ...overdue,
    ...{ card: null, decline: 'no_method' as const, course: 'no_card' as const },
    nextChargeAt: null,
  },
  authentication: {
    ...overdue,
    ...{ decline: 'authentication_required' as const, course: 'authentication' as const },
  },
  jpy: { ...overdue, amount: { value: 4400, currency: 'jpy' } },
  'long-names': { ...overdue, plan: longPlan, customerName },
}

const paused = standard.subscription_paused
export const pauses = {
  standard: paused,
  'scheduled-without-dates': { ...paused, pausesAt: null, resumesAt: null },
  now: { ...paused, state: 'paused' as const },
  'now-without-dates': { ...paused, state: 'paused' as const, pausesAt: null, resumesAt: null },
  'long-names': { ...paused, plan: longPlan, customerName },
}

const refunded = standard.order_refunded
export const refunds = {
  standard: refunded,
  full: { ...refunded, isFull: true, refund: { value: 4900, currency: 'usd' }, card: null },
  jpy: {
    ...refunded,
    isFull: true,
    refund: { value: 7800, currency: 'jpy' },
    order: { ...refunded.order, currency: 'jpy', total: 7800 },
  },
  'no-product': { ...refunded, product: '', order: { ...refunded.order, number: null } },
  'long-names': { ...refunded, product: long, customerName },
}
