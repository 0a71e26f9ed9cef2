// English, and by its type what every other language has to say. Whatever comes in is formatted already: names, days and
// amounts are strings, only what is counted is a number.

import { pluralIn } from './plural.ts'

const plural = pluralIn('en')

export const en = {
  common: {
    greeting: (name: string | null) => (name ? `Hi ${name},` : 'Hello,'),
    summary: 'Summary',
    item: 'Item',
    amount: 'Amount',
    free: 'Free',
    invoiceNumber: (number: string) => `Invoice ${number}`,
    billedTo: 'Billed to',
    prorated: (label: string) => `${label} (prorated)`,
    subtotal: 'Subtotal',
    discount: (name: string | null) => (name ? `Discount (${name})` : 'Discount'),
    tax: 'Tax',
    includesTax: 'Includes tax',
    total: 'Total',
    credit: 'Account credit',
    owed: 'Previous balance',
    kept: 'Kept as account credit',
    paid: 'Amount paid',
    invoiceAttached: 'Your invoice is attached to this email.',
    invoiceInPortal: 'You can download your invoice in the billing portal.',
    benefits: 'What you get',
    plan: 'Subscription',
    quantity: {
      seat: (count: number) => plural(count, { one: `${count} seat`, other: `${count} seats` }),
      unit: (count: number) => plural(count, { one: `${count} unit`, other: `${count} units` }),
    },
    billed: 'Billed',
    every: {
      day: (count: number) => plural(count, { one: 'Daily', other: `Every ${count} days` }),
      week: (count: number) => plural(count, { one: 'Weekly', other: `Every ${count} weeks` }),
      month: (count: number) => plural(count, { one: 'Monthly', other: `Every ${count} months` }),
      year: (count: number) => plural(count, { one: 'Yearly', other: `Every ${count} years` }),
    },
    price: 'Price',
    nextRenewal: 'Next renewal',
    trialEnds: 'Trial ends',
    /** An address stands between the two parts. */
    support: ['Questions? Write to ', ''] as [before: string, after: string],
    overview: 'Manage your billing',
    /** Polar is the seller in law, and its own emails say so as well. */
    seller: (name: string) =>
      `Sold by Polar Software, Inc., reseller and merchant of record for ${name}.`,
  },

  order_confirmation: {
    subject: (product: string) => `Your order: ${product}`,
    preheader: {
      paid: (amount: string, date: string) => `${amount} paid on ${date}. Here is your summary.`,
      free: 'It is complete, and there is nothing to pay.',
    },
    title: 'Thank you for your order',
    lead: {
      paid: (amount: string, product: string) =>
        `Your payment of ${amount} for ${product} went through. Here is the summary for your records.`,
      free: (product: string) => `Your order of ${product} is complete. There is nothing to pay.`,
    },
    action: 'View your order',
  },

  subscription_confirmation: {
    subject: (plan: string) => `Your ${plan} subscription has started`,
    preheader: {
      paid: (amount: string) => `${amount} paid.`,
      free: 'There is nothing to pay today.',
      renews: (date: string) => `Renews on ${date}.`,
    },
    title: 'Your subscription has started',
    lead: {
      paid: (amount: string, plan: string) =>
        `You are subscribed to ${plan}, and your payment of ${amount} went through.`,
      free: (plan: string) => `You are subscribed to ${plan}. There is nothing to pay today.`,
    },
    renews: (date: string) => `The subscription renews on ${date}, unless you cancel before then.`,
    action: 'Manage subscription',
  },

  trial_started: {
    subject: (plan: string) => `Your ${plan} trial has started`,
    preheader: (date: string) => `It is free until ${date}.`,
    title: 'Your trial has started',
    lead: (plan: string, date: string) =>
      `You can use ${plan} free of charge until ${date}. There is nothing to pay today.`,
    next: {
      price: (price: string) =>
        `After that your subscription continues at ${price}, unless you cancel before the trial ends.`,
      noPrice:
        'After that your subscription continues at its regular price, unless you cancel before the trial ends.',
    },
    action: 'Manage subscription',
  },

  subscription_cycled: {
    subject: (plan: string) => `Your ${plan} subscription was renewed`,
    preheader: {
      paid: (amount: string) => `${amount} paid.`,
      free: 'There is nothing to pay this time.',
    },
    title: 'Your subscription was renewed',
    lead: {
      paid: (amount: string, plan: string) => `Your payment of ${amount} for ${plan} went through.`,
      free: (plan: string) =>
        `Your ${plan} subscription was renewed. There is nothing to pay this time.`,
    },
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'View receipt',
  },

  subscription_cycled_after_trial: {
    subject: (plan: string) => `Your ${plan} subscription is now active`,
    preheader: {
      paid: (amount: string) => `Your trial is over. ${amount} paid.`,
      free: 'Your trial is over. There is nothing to pay this time.',
    },
    title: 'Your subscription is now active',
    lead: {
      paid: (amount: string, plan: string) =>
        `Your trial of ${plan} is over, and your first payment of ${amount} went through.`,
      free: (plan: string) =>
        `Your trial of ${plan} is over, and the subscription continues. There is nothing to pay this time.`,
    },
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'View receipt',
  },

  subscription_usage_invoice: {
    subject: (plan: string) => `Your usage of ${plan}`,
    preheader: {
      paid: (amount: string) => `${amount} paid for what you used.`,
      free: 'There is nothing to pay for what you used.',
    },
    title: 'Your usage statement',
    lead: {
      paid: (amount: string, plan: string) =>
        `Your payment of ${amount} for your usage of ${plan} went through.`,
      free: (plan: string) =>
        `We have added up your usage of ${plan}. There is nothing to pay this time.`,
    },
    note: 'Usage is billed in addition to your subscription, which stays as it is.',
    action: 'View receipt',
  },

  subscription_final_invoice: {
    subject: (plan: string) => `Your final ${plan} invoice`,
    preheader: {
      paid: (amount: string) => `${amount} paid. You won’t be charged again.`,
      free: 'There is nothing to pay, and you won’t be charged again.',
    },
    title: 'Your final invoice',
    lead: {
      paid: (amount: string, plan: string, date: string) =>
        `Your ${plan} subscription ended on ${date}. Your final payment of ${amount} went through.`,
      free: (plan: string, date: string) =>
        `Your ${plan} subscription ended on ${date}. There is nothing left to pay.`,
    },
    note: 'This is the last invoice for this subscription.',
    action: 'View receipt',
  },

  subscription_updated: {
    subject: {
      plan: (plan: string) => `Your subscription has changed to ${plan}`,
      quantity: (plan: string) => `Your ${plan} subscription has changed`,
    },
    preheader: {
      paid: (amount: string) => `${amount} paid for the change.`,
      settled: 'The change is in effect now.',
    },
    title: 'Your subscription has changed',
    lead: {
      fromTo: (from: string, to: string) =>
        `Your subscription has changed from ${from} to ${to}, with immediate effect.`,
      to: (to: string) => `Your subscription has changed to ${to}, with immediate effect.`,
      quantity: (plan: string, quantity: string) =>
        `Your ${plan} subscription now has ${quantity}.`,
    },
    charge: {
      paid: (amount: string) => `Your payment of ${amount} for the change went through.`,
      later: 'Any difference in price is settled with your next invoice.',
    },
    facts: { before: 'Before', now: 'Now' },
    action: 'View subscription',
  },

  subscription_change_scheduled: {
    subject: (plan: string) => `A change to your ${plan} subscription is scheduled`,
    preheader: (date: string) => `It takes effect on ${date}. Until then nothing changes.`,
    title: 'Your subscription will change',
    lead: {
      fromTo: (from: string, to: string, date: string) =>
        `Your subscription changes from ${from} to ${to} on ${date}.`,
      quantity: (plan: string, quantity: string, date: string) =>
        `Your ${plan} subscription changes to ${quantity} on ${date}.`,
      unnamed: (plan: string, date: string) => `Your ${plan} subscription changes on ${date}.`,
    },
    next: 'Until then everything stays as it is, and there is nothing to pay now.',
    facts: { now: 'Now', from: (date: string) => `From ${date}` },
    action: 'Review the change',
  },

  subscription_cancellation: {
    subject: (plan: string) => `Your ${plan} subscription is cancelled`,
    preheader: {
      until: (date: string) => `You have access until ${date}. It won’t renew.`,
      trial: (date: string) => `You have access until ${date}, and won’t be charged.`,
      noDate: 'It won’t renew.',
    },
    title: 'Your subscription is cancelled',
    lead: {
      until: (plan: string, date: string) =>
        `Your ${plan} subscription is cancelled and won’t renew. You have access until ${date}.`,
      trial: (plan: string, date: string) =>
        `Your ${plan} trial is cancelled. You have access until ${date}, and it won’t turn into a paid subscription.`,
      noDate: (plan: string) => `Your ${plan} subscription is cancelled and won’t renew.`,
    },
    change: 'Changed your mind? Until then you can undo the cancellation.',
    facts: { accessUntil: 'Access until' },
    action: 'Keep my subscription',
  },

  subscription_uncanceled: {
    subject: (plan: string) => `Your ${plan} subscription continues`,
    preheader: {
      renews: (date: string) => `The cancellation has been undone. Next renewal: ${date}.`,
      noDate: 'The cancellation has been undone.',
    },
    title: 'Your subscription continues',
    lead: (plan: string) =>
      `Glad you’re staying: the cancellation of your ${plan} subscription has been undone, and nothing changes.`,
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'Manage subscription',
  },

  subscription_revoked: {
    subject: (plan: string) => `Your ${plan} subscription has ended`,
    preheader: {
      ended: 'Thank you for having been with us.',
      unpaid: 'The last payment couldn’t be collected.',
    },
    title: 'Your subscription has ended',
    lead: {
      ended: (plan: string, date: string) =>
        `Your ${plan} subscription ended on ${date}. Thank you for having been with us.`,
      unpaid: (plan: string, date: string) =>
        `We couldn’t collect the payment for ${plan}, so the subscription ended on ${date}. No further payment will be attempted.`,
    },
    next: 'Your invoices and past orders stay available in your billing portal.',
    facts: { ended: 'Ended on' },
    action: 'View subscription',
  },

  subscription_past_due: {
    subject: (plan: string) => `Payment failed for your ${plan} subscription`,
    preheader: (date: string) =>
      `Please update your payment method by ${date} to keep your subscription.`,
    title: 'Your payment didn’t go through',
    lead: {
      amount: (amount: string, plan: string, date: string) =>
        `The payment of ${amount} for ${plan} failed on ${date}.`,
      noAmount: (plan: string, date: string) => `The payment for ${plan} failed on ${date}.`,
    },
    decline: {
      insufficient_funds: 'The bank said that there isn’t enough money in the account.',
      expired_card: 'The card has expired.',
      incorrect_details:
        'Some of the card’s details are wrong, such as its number or security code.',
      authentication_required: 'The bank wants you to confirm the payment yourself.',
      limit_exceeded: 'The card’s limit is used up.',
      not_supported: 'The card can’t be used for this kind of payment.',
      lost_or_blocked: 'The card can’t be used any more. Please use another one.',
      declined: 'The bank declined the payment without giving a reason.',
      no_method: 'There is no payment method on file.',
    },
    ask: 'To keep your subscription, please check or update your payment method.',
    add: 'To keep your subscription, please add a payment method.',
    action: 'Update payment method',
    next: {
      retry: (date: string, deadline: string) =>
        `We will try the payment again on ${date}, and a few more times after that. If it isn’t paid by ${deadline}, the subscription ends.`,
      retries: (deadline: string) =>
        `We will try the payment again automatically over the coming days. If it isn’t paid by ${deadline}, the subscription ends.`,
      onceAdded: (deadline: string) =>
        `As soon as you add one, we will try the payment again. If it isn’t paid by ${deadline}, the subscription ends.`,
    },
    access: {
      until: (date: string) => `You keep access until ${date}.`,
      paused: 'Your access is paused until the payment goes through.',
    },
    alreadyPaid: 'If you have paid in the meantime, there is nothing left to do.',
    facts: {
      failed: 'Payment failed',
      method: 'Payment method',
      card: (brand: string, last4: string) => `${brand} ending in ${last4}`,
      nextTry: 'Next attempt',
      deadline: 'Pay by',
      amount: 'Amount due',
    },
  },

  payment_recovered: {
    subject: (plan: string) => `Payment received for your ${plan} subscription`,
    preheader: (amount: string) => `${amount} paid. Everything is in order again.`,
    title: 'Your payment went through',
    lead: (amount: string, plan: string) =>
      `Thank you: your payment of ${amount} for ${plan} went through, and your subscription continues. There is nothing left to do.`,
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'View receipt',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan: string) => `Your ${plan} subscription will be paused`,
      paused: (plan: string) => `Your ${plan} subscription is paused`,
    },
    preheader: {
      from: (date: string) => `The pause begins on ${date}.`,
      resumes: (date: string) => `Your subscription resumes on ${date}.`,
      open: 'You won’t be charged during the pause.',
    },
    title: {
      scheduled: 'Your subscription will be paused',
      paused: 'Your subscription is paused',
    },
    lead: {
      from: (plan: string, date: string) =>
        `Your ${plan} subscription will be paused on ${date}. Until then nothing changes.`,
      soon: (plan: string) =>
        `Your ${plan} subscription will be paused at the end of the current period. Until then nothing changes.`,
      paused: (plan: string) => `Your ${plan} subscription is now paused.`,
    },
    next: {
      resumes: (date: string) =>
        `You won’t be charged during the pause. Your subscription resumes automatically on ${date}, and is charged again from then on.`,
      open: 'You won’t be charged during the pause, and you can resume the subscription whenever you like.',
    },
    facts: { pauses: 'Pause begins', resumes: 'Resumes' },
    action: 'Manage subscription',
  },

  subscription_resumed: {
    subject: (plan: string) => `Your ${plan} subscription has resumed`,
    preheader: {
      paid: (amount: string) => `Welcome back. ${amount} paid.`,
      noOrder: 'Welcome back.',
    },
    title: 'Your subscription has resumed',
    lead: (plan: string) => `Welcome back: your ${plan} subscription is active again.`,
    paid: (amount: string) => `Your payment of ${amount} went through.`,
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'Manage subscription',
  },

  order_refunded: {
    subject: (product: string) => `Your refund for ${product}`,
    preheader: (amount: string) => `${amount} is on its way back to you.`,
    title: 'Your refund is on its way',
    lead: {
      full: (amount: string, product: string) =>
        `We have refunded your order of ${product} in full: ${amount}.`,
      partial: (amount: string, product: string) =>
        `We have refunded ${amount} of your order of ${product}.`,
    },
    method: {
      card: (brand: string, last4: string) =>
        `The money goes back to your ${brand} card ending in ${last4}. Banks usually take 5 to 10\u00a0business days.`,
      unknown:
        'The money goes back to the payment method you paid with. Banks usually take 5 to 10\u00a0business days.',
    },
    facts: {
      order: 'Order',
      ordered: 'Ordered on',
      total: 'Order total',
      refunded: 'Refunded on',
      amount: 'Refund',
    },
    action: 'View your order',
  },
}

export type Words = typeof en
