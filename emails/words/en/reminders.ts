// Reminders of what comes soon, in English.

/** Words for a renewal and for the end of a trial. */
const charge = {
  card: (amount: string, brand: string | null, last4: string) =>
    `We’ll charge ${amount} to your ${brand ?? 'card'} ending in ${last4}.`,
  /** Without a known card. */
  amount: (amount: string) => `You’ll pay ${amount}.`,
  /** `onlyCard` may follow. */
  beforeTax: (amount: string) => `The price is ${amount}, plus tax where it applies.`,
  onlyCard: (brand: string | null, last4: string) =>
    `We’ll use your ${brand ?? 'card'} ending in ${last4} for the payment.`,
  nothing: 'There will be nothing to pay.',
  facts: {
    method: 'Payment method',
    card: (brand: string | null, last4: string) => `${brand ?? 'Card'} ending in ${last4}`,
    beforeTax: 'Price before tax',
  },
}

export const reminders = {
  subscription_renewal_reminder: {
    subject: (plan: string, date: string) => `Your ${plan} subscription renews on ${date}`,
    title: 'Your subscription renews soon',
    lead: (plan: string, date: string) => `Your ${plan} subscription renews on ${date}.`,
    /** A change that takes effect with the renewal. */
    change: {
      plan: (plan: string) => `From then on you’ll be on ${plan}.`,
      planWith: (plan: string, quantity: string) =>
        `From then on you’ll be on ${plan} with ${quantity}.`,
      quantity: (quantity: string) => `From then on you’ll have ${quantity}.`,
      unnamed: 'The change that is scheduled takes effect then.',
    },
    charge,
    keep: 'If that is fine with you, there is nothing to do.',
    stop: (by: string) => `To change or cancel your subscription, please do so ${by}.`,
    facts: { next: 'After the renewal' },
    action: 'Manage subscription',
  },

  subscription_trial_conversion_reminder: {
    subject: (plan: string, date: string) => `Your ${plan} trial ends on ${date}`,
    /** For customers without a payment method. */
    preheader: { add: 'There is no payment method on file yet.' },
    title: 'Your trial ends soon',
    lead: (plan: string, date: string) => `Your trial of ${plan} ends on ${date}.`,
    continues: 'After that your subscription continues automatically.',
    charge,
    /** For customers without a payment method. */
    add: (by: string) =>
      `There is no payment method on file yet. To continue after the trial, please add one ${by}.`,
    stop: (by: string) => `If you don’t want to continue, cancel ${by}, and you won’t be charged.`,
    facts: { amount: 'First payment' },
    action: 'Manage subscription',
  },

  payment_method_expiration_reminder: {
    subject: (brand: string | null, last4: string) =>
      `Your ${brand ?? 'card'} ending in ${last4} expires soon`,
    preheader: {
      expires: (month: string) => `It expires at the end of ${month}.`,
      ask: 'Please update your payment method.',
    },
    title: 'Your card expires soon',
    lead: (brand: string | null, last4: string, month: string) =>
      `Your ${brand ?? 'card'} ending in ${last4} expires at the end of ${month}.`,
    pays: {
      one: (plan: string) => `It pays for your ${plan} subscription.`,
      /** A list follows. */
      several: 'The card pays for these subscriptions:',
      /** The subscriptions that are too many to list. */
      more: (_count: number, shown: string) => `And ${shown} more`,
    },
    ask: 'So that the next payments go through, please update your payment method before then.',
    alreadyDone: 'If you have updated it in the meantime, there is nothing left to do.',
    facts: {
      method: charge.facts.method,
      card: charge.facts.card,
      expires: 'Valid through',
    },
    action: 'Update payment method',
  },
}

export type Reminders = typeof reminders
